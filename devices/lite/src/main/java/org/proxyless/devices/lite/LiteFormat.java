package org.proxyless.devices.lite;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.proxyless.devices.format.DeployableNetwork;
import org.proxyless.devices.format.FootprintModel;
import org.proxyless.devices.format.ImageModel;
import org.proxyless.devices.format.NetworkFormat;
import org.proxyless.devices.lite.file.Encoding;
import org.proxyless.devices.lite.file.ImageMetadata;
import org.proxyless.devices.lite.file.LiteWriter;
import org.proxyless.devices.lite.graph.InferenceGraph;
import org.proxyless.devices.lite.graph.Lowering;
import org.proxyless.devices.tensorflow.DeployedGraph;

/**
 * TensorFlow Lite's file format, in one of its precisions. All take unsigned bytes of one image,
 * give float32 probabilities, and carry labels.
 */
abstract class LiteFormat implements NetworkFormat {
  /** How the numbers of a network are written. */
  abstract Encoding encoding(InferenceGraph graph, List<byte[]> calibration);

  @Override
  public boolean needsCalibration() {
    return false;
  }

  @Override
  public OptionalDouble tolerance() {
    return OptionalDouble.empty();
  }

  @Override
  public byte[] write(DeployableNetwork network, List<byte[]> calibration) {
    InferenceGraph graph =
        Lowering.of(network.network(), network.weights(), network.normalization());
    return file(network, graph, new LiteWriter(graph, encoding(graph, calibration)));
  }

  /** The file with what describes it. */
  byte[] file(DeployableNetwork network, InferenceGraph graph, LiteWriter writer) {
    writer.describe(
        ImageMetadata.of(
            network.network().name(),
            network.network().input(),
            DeployedGraph.IMAGES,
            DeployedGraph.PROBABILITIES));
    return ImageMetadata.labels(network.classNames()).behind(writer.bytes(graph.output()));
  }

  @Override
  public Optional<FootprintModel> footprints() {
    return Optional.of(new LiteFootprints(this, this::blankEncoding));
  }

  /** The same of a network whose numbers do not matter. */
  Encoding blankEncoding(InferenceGraph graph) {
    return encoding(graph, List.of());
  }

  @Override
  public Optional<ImageModel> open(Path file) {
    return Optional.of(LiteModel.open(file, 1));
  }
}
