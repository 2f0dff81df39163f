package org.proxyless.devices.lite;

import java.util.List;
import org.proxyless.devices.lite.file.Encoding;
import org.proxyless.devices.lite.file.HalfEncoding;
import org.proxyless.devices.lite.graph.InferenceGraph;

/** TensorFlow Lite, weights as float16. */
public final class Float16Format extends LiteFormat {
  @Override
  public String name() {
    return "fp16";
  }

  @Override
  public String description() {
    return "TensorFlow Lite, weights as float16";
  }

  @Override
  public String suffix() {
    return "-fp16.tflite";
  }

  @Override
  Encoding encoding(InferenceGraph graph, List<byte[]> calibration) {
    return new HalfEncoding();
  }
}
