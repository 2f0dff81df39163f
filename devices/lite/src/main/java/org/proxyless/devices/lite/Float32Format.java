package org.proxyless.devices.lite;

import java.util.List;
import java.util.OptionalDouble;
import org.proxyless.devices.lite.file.Encoding;
import org.proxyless.devices.lite.file.FloatEncoding;
import org.proxyless.devices.lite.graph.InferenceGraph;

/** TensorFlow Lite, float32. */
public final class Float32Format extends LiteFormat {
  /** Sums in another order, and no more. */
  private static final double TOLERANCE = 1e-4;

  @Override
  public String name() {
    return "tflite";
  }

  @Override
  public String description() {
    return "TensorFlow Lite, float32";
  }

  @Override
  public String suffix() {
    return ".tflite";
  }

  @Override
  public OptionalDouble tolerance() {
    return OptionalDouble.of(TOLERANCE);
  }

  @Override
  Encoding encoding(InferenceGraph graph, List<byte[]> calibration) {
    return new FloatEncoding();
  }
}
