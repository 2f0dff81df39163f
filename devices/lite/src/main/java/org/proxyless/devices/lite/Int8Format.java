package org.proxyless.devices.lite;

import java.util.List;
import java.util.Optional;
import org.proxyless.devices.lite.file.ActivationRanges;
import org.proxyless.devices.lite.file.Encoding;
import org.proxyless.devices.lite.file.Int8Encoding;
import org.proxyless.devices.lite.graph.InferenceGraph;
import org.proxyless.network.Activation;
import org.proxyless.network.Network;

/** TensorFlow Lite, weights and feature maps as int8. */
public final class Int8Format extends LiteFormat {
  @Override
  public String name() {
    return "int8";
  }

  @Override
  public String description() {
    return "TensorFlow Lite, weights and feature maps as int8";
  }

  @Override
  public String suffix() {
    return "-int8.tflite";
  }

  @Override
  public boolean needsCalibration() {
    return true;
  }

  @Override
  public Optional<String> caution(Network network) {
    long swishes =
        network.operators().stream()
            .mapToLong(operator -> operator.layersWith(Activation.HARD_SWISH))
            .sum();
    return swishes == 0
        ? Optional.empty()
        : Optional.of(
            swishes
                + " layers with h-swish, which XNNPACK has no kernel for in int8: they run in"
                + " TensorFlow Lite's own, slowly. The space mobilenet-v3-relu has none");
  }

  @Override
  Encoding encoding(InferenceGraph graph, List<byte[]> calibration) {
    return new Int8Encoding(graph, ActivationRanges.of(graph, calibration));
  }

  @Override
  Encoding blankEncoding(InferenceGraph graph) {
    return new Int8Encoding(graph, ActivationRanges.none(graph));
  }
}
