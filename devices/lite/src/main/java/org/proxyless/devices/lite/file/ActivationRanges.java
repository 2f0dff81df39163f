package org.proxyless.devices.lite.file;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.proxyless.devices.lite.graph.InferenceGraph;
import org.proxyless.devices.lite.graph.Operation;
import org.proxyless.devices.lite.graph.Quantization;
import org.proxyless.devices.lite.interpreter.LiteInterpreter;

/**
 * The range of each feature map over some images, as the network computes them in float32.
 *
 * <p>Each image has a least and a greatest value of each feature map. The range goes from the 1st
 * percentile of the former to the 99th of the latter, so that single images do not make the steps
 * of all others coarse.
 */
public final class ActivationRanges {
  private static final double KEPT = 0.99;

  private final float[] least;
  private final float[] greatest;

  private ActivationRanges(int featureMaps) {
    least = new float[featureMaps];
    greatest = new float[featureMaps];
  }

  /** Of a network whose numbers do not matter. */
  public static ActivationRanges none(InferenceGraph graph) {
    return new ActivationRanges(graph.featureMaps().size());
  }

  /**
   * Runs a network on images.
   *
   * @param images [height, width, channels] as unsigned bytes, at least one
   */
  public static ActivationRanges of(InferenceGraph graph, List<byte[]> images) {
    return of(graph, images.size(), (interpreter, i) -> interpreter.run(images.get(i)));
  }

  /** Runs operators on random inputs. */
  public static ActivationRanges ofRandom(InferenceGraph graph, int runs, RandomGenerator random) {
    return of(
        graph,
        runs,
        (interpreter, i) -> {
          interpreter.fill(random);
          interpreter.run();
        });
  }

  /** What is run, given the interpreter and how many runs there were before. */
  private interface Runs {
    void run(LiteInterpreter interpreter, int index);
  }

  private static ActivationRanges of(InferenceGraph graph, int count, Runs runs) {
    if (count < 1) {
      throw new IllegalArgumentException("ranges need at least one image");
    }
    int[] computed = graph.operations().stream().mapToInt(Operation::output).toArray();
    float[][] lows = new float[computed.length][count];
    float[][] highs = new float[computed.length][count];
    byte[] file = new LiteWriter(graph, new FloatEncoding()).bytes(computed);
    try (LiteInterpreter interpreter = LiteInterpreter.open("calibration", file, 1)) {
      for (int i = 0; i < count; i++) {
        runs.run(interpreter, i);
        for (int o = 0; o < computed.length; o++) {
          float[] values = interpreter.output(o);
          lows[o][i] = values[0];
          highs[o][i] = values[0];
          for (float value : values) {
            lows[o][i] = Math.min(lows[o][i], value);
            highs[o][i] = Math.max(highs[o][i], value);
          }
        }
      }
    }
    ActivationRanges ranges = new ActivationRanges(graph.featureMaps().size());
    for (int o = 0; o < computed.length; o++) {
      Arrays.sort(lows[o]);
      Arrays.sort(highs[o]);
      int last = count - 1;
      int kept = (int) Math.ceil(KEPT * last);
      ranges.least[computed[o]] = lows[o][last - kept];
      ranges.greatest[computed[o]] = highs[o][kept];
    }
    return ranges;
  }

  /** How the values of some feature maps are rounded to bytes, all in the same way. */
  Quantization quantization(Set<Integer> featureMaps) {
    float low = Float.POSITIVE_INFINITY;
    float high = Float.NEGATIVE_INFINITY;
    for (int featureMap : featureMaps) {
      low = Math.min(low, least[featureMap]);
      high = Math.max(high, greatest[featureMap]);
    }
    return Quantization.ofRange(low, high);
  }
}
