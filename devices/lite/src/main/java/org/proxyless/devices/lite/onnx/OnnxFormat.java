package org.proxyless.devices.lite.onnx;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.proxyless.devices.format.DeployableNetwork;
import org.proxyless.devices.format.ImageModel;
import org.proxyless.devices.format.NetworkFormat;
import org.proxyless.devices.lite.graph.InferenceGraph;
import org.proxyless.devices.lite.graph.Lowering;

/** ONNX, float32. Its runtime is no part of this program, so that files are not read back here. */
public final class OnnxFormat implements NetworkFormat {
  private static final double TOLERANCE = 1e-4;

  @Override
  public String name() {
    return "onnx";
  }

  @Override
  public String description() {
    return "ONNX, float32";
  }

  @Override
  public String suffix() {
    return ".onnx";
  }

  @Override
  public boolean needsCalibration() {
    return false;
  }

  @Override
  public OptionalDouble tolerance() {
    return OptionalDouble.of(TOLERANCE);
  }

  @Override
  public byte[] write(DeployableNetwork network, List<byte[]> calibration) {
    InferenceGraph graph =
        Lowering.of(network.network(), network.weights(), network.normalization());
    return OnnxWriter.write(network.network().name(), graph, network.classNames());
  }

  @Override
  public Optional<ImageModel> open(Path file) {
    return Optional.empty();
  }
}
