package org.proxyless.devices.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.proxyless.network.Network;
import org.proxyless.network.NetworkWeights;
import org.proxyless.network.Operator;
import org.proxyless.network.Shape;
import org.proxyless.network.operators.Add;
import org.proxyless.network.operators.Classifier;
import org.proxyless.network.operators.Concat;
import org.proxyless.network.operators.Conv;
import org.proxyless.network.operators.MBConv;
import org.tensorflow.Result;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;

class DeployedGraphTest {
  /** Of the graph definition, for weights that are the same on every machine. */
  private static final String HASH_OF_A_CHAIN =
      "32776e4c6ccf8546259dc4dcc0b1102f079dfa608afef8d82e462065ae7f5be0";

  @Example
  void theGraphOfAChainStaysWhatItIs() throws Exception {
    NetworkWeights weights = NetworkWeights.initial(Samples.network(), new SplittableRandom(1));
    weights
        .all()
        .values()
        .forEach(
            values -> {
              for (int i = 0; i < values.length; i++) {
                values[i] = 0.25f + i % 7 * 0.125f;
              }
            });
    byte[] bytes =
        DeployedGraph.of(Samples.network(), weights, Samples.NORMALIZATION).toByteArray();
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
    assertThat(HexFormat.of().formatHex(hash)).isEqualTo(HASH_OF_A_CHAIN);
  }

  /** Two branches, whose sum, first branch and stem are joined, and the sum once more. */
  @Property(tries = 20)
  void aGraphComputesWhatTheDefinitionsSay(
      @ForAll @IntRange(min = 1, max = 6) int height,
      @ForAll @IntRange(min = 1, max = 6) int width,
      @ForAll Random random) {
    Shape map = new Shape(height, width, 4);
    Network network =
        new Network(
            "graph",
            List.of(
                new Operator(new Conv(3), new Shape(height, width, 3), 4, 1, false),
                new Operator(new MBConv(3, 2), map, 4, 1, true),
                new Operator(new MBConv(5, 1), map, 4, 1, false),
                new Operator(new Add(3), map, 4, 1, false),
                new Operator(new Concat(4), map, 16, 1, false),
                new Operator(new Classifier(), new Shape(height, width, 16), 3, 1, false)),
            List.of(
                List.of(Network.IMAGE),
                List.of(0),
                List.of(0),
                List.of(1, 2, 1),
                List.of(3, 1, 0, 3),
                List.of(4)));
    NetworkWeights weights = Samples.shaken(NetworkWeights.initial(network, random), random);
    byte[] pixels = new byte[(int) network.input().elements()];
    random.nextBytes(pixels);

    double[] expected =
        new PlainNetwork(network, weights).logits(Samples.normalized(pixels, network.input()));
    float[] found = logits(network, weights, pixels);
    for (int c = 0; c < expected.length; c++) {
      assertThat((double) found[c])
          .isCloseTo(expected[c], within(1e-4 * Math.max(1, Math.abs(expected[c]))));
    }
  }

  private static float[] logits(Network network, NetworkWeights weights, byte[] pixels) {
    Shape image = network.input();
    try (TensorFlowRuntime runtime =
            TensorFlowRuntime.load(
                DeployedGraph.of(network, weights, Samples.NORMALIZATION), Samples.CPU);
        TUint8 tensor =
            TUint8.tensorOf(
                org.tensorflow.ndarray.Shape.of(1, image.height(), image.width(), image.channels()),
                DataBuffers.of(pixels, true, false));
        Result result = runtime.run(DeployedGraph.IMAGES, tensor, DeployedGraph.LOGITS)) {
      float[] logits = new float[network.classes()];
      ((TFloat32) result.get(0)).copyTo(DataBuffers.of(logits, false, false));
      return logits;
    }
  }
}
