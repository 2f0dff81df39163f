package org.proxyless.devices.lite.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.proxyless.devices.lite.Samples;
import org.proxyless.devices.lite.graph.InferenceGraph;
import org.proxyless.devices.lite.graph.Lowering;
import org.proxyless.devices.lite.graph.Operation;
import org.proxyless.devices.lite.interpreter.LiteInterpreter;
import org.proxyless.network.Network;
import org.proxyless.network.NetworkWeights;

class Int8EncodingTest {
  private static final int IMAGES = 20;

  @Test
  void everyFeatureMapKeepsItsSignal() {
    double[] decibels = signalToNoiseDecibels(Samples.network());
    assertThat(Arrays.stream(decibels).min().orElseThrow()).isGreaterThan(18);
  }

  @Test
  void anOperatorThatLetsNothingThroughGivesZeros() {
    Network network = Samples.severed();
    InferenceGraph graph = graph(network);
    int zeros =
        graph.operations().stream()
            .filter(Operation.Zeros.class::isInstance)
            .mapToInt(Operation::output)
            .findFirst()
            .orElseThrow();
    byte[] file = new LiteWriter(graph, encoding(graph, network)).bytes(zeros, graph.output());
    try (LiteInterpreter int8 = LiteInterpreter.open("int8", file, 1)) {
      int8.run(Samples.images(new SplittableRandom(4), network.input(), 1));
      assertThat(int8.output(0)).containsOnly(0);
      assertThat(int8.output(1)).doesNotContain(Float.NaN);
    }
  }

  /**
   * Pools and concatenations share a range with what they take, which costs the finer ones some.
   */
  @Test
  void cellsKeepTheirSignalToo() {
    double[] decibels = signalToNoiseDecibels(Samples.cells());
    assertThat(Arrays.stream(decibels).min().orElseThrow()).isGreaterThan(12);
  }

  /** Of every feature map but the probabilities. */
  private static double[] signalToNoiseDecibels(Network network) {
    InferenceGraph graph = graph(network);
    int[] maps =
        graph.operations().stream()
            .mapToInt(Operation::output)
            .filter(output -> output != graph.output())
            .toArray();
    double[] signal = new double[maps.length];
    double[] noise = new double[maps.length];
    byte[] floats = new LiteWriter(graph, new FloatEncoding()).bytes(maps);
    byte[] bytes = new LiteWriter(graph, encoding(graph, network)).bytes(maps);
    RandomGenerator random = new SplittableRandom(4);
    try (LiteInterpreter float32 = LiteInterpreter.open("float32", floats, 1);
        LiteInterpreter int8 = LiteInterpreter.open("int8", bytes, 1)) {
      for (int i = 0; i < IMAGES; i++) {
        byte[] image = Samples.images(random, network.input(), 1);
        float32.run(image);
        int8.run(image);
        for (int m = 0; m < maps.length; m++) {
          float[] exact = float32.output(m);
          float[] rounded = int8.output(m);
          for (int v = 0; v < exact.length; v++) {
            signal[m] += exact[v] * exact[v];
            noise[m] += (rounded[v] - exact[v]) * (rounded[v] - exact[v]);
          }
        }
      }
    }
    double[] decibels = new double[maps.length];
    for (int m = 0; m < maps.length; m++) {
      decibels[m] = 10 * Math.log10(signal[m] / noise[m]);
    }
    return decibels;
  }

  private static InferenceGraph graph(Network network) {
    NetworkWeights weights = NetworkWeights.initial(network, new SplittableRandom(1));
    return Lowering.of(network, weights, Samples.NORMALIZATION);
  }

  private static Encoding encoding(InferenceGraph graph, Network network) {
    RandomGenerator random = new SplittableRandom(3);
    List<byte[]> images =
        Stream.generate(() -> Samples.images(random, network.input(), 1)).limit(32).toList();
    return new Int8Encoding(graph, ActivationRanges.of(graph, images));
  }
}
