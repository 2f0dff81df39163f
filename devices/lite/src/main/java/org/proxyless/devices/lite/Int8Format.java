package org.proxyless.devices.lite;

import java.util.List;

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
  Encoding encoding(InferenceGraph graph, List<byte[]> calibration) {
    return new Int8Encoding(graph, ActivationRanges.of(graph, calibration));
  }

  @Override
  Encoding blankEncoding(InferenceGraph graph) {
    return new Int8Encoding(graph, ActivationRanges.none(graph));
  }
}
