package org.proxyless.search.supernet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.proxyless.network.BlockGraph;
import org.proxyless.network.Network;
import org.proxyless.network.NetworkWeights;
import org.proxyless.network.NetworkWeights.Part;
import org.proxyless.network.Operator;
import org.proxyless.network.Shape;
import org.proxyless.network.operators.Classifier;
import org.proxyless.network.operators.PooledConv;
import org.proxyless.network.operators.SqueezeMBConv;
import org.proxyless.network.operators.SwishConv;
import org.proxyless.network.operators.SwishMBConv;
import org.proxyless.network.operators.SwishPooledConv;
import org.proxyless.network.operators.SwishSqueezeMBConv;
import org.proxyless.network.operators.Zero;
import org.proxyless.search.fixtures.ReferenceNetwork;

/** The operators of MobileNetV3: h-swish, squeeze and excitation, a convolution behind the pool. */
class MobileSupernetTest {
  private static final Supernet.Settings EXACT = new Supernet.Settings(Toy.BATCH, 1, 0, 0);
  private static final Shape FIRST = new Shape(7, 7, 4);
  private static final Shape SECOND = new Shape(4, 4, 6);
  private static final List<List<Operator>> BLOCKS =
      List.of(
          List.of(new Operator(new SwishConv(3), Toy.INPUT, 4, 1, false)),
          List.of(
              new Operator(new SqueezeMBConv(3, 2), FIRST, 6, 2, false),
              new Operator(new SqueezeMBConv(5, 9), FIRST, 6, 2, false)),
          List.of(
              new Operator(new SwishSqueezeMBConv(3, 2), SECOND, 6, 1, true),
              new Operator(new SwishSqueezeMBConv(5, 3), SECOND, 6, 1, true),
              new Operator(new Zero(), SECOND, 6, 1, true)),
          List.of(
              new Operator(new SwishMBConv(3, 1), SECOND, 6, 1, true),
              new Operator(new SwishMBConv(5, 2), SECOND, 6, 1, true)),
          List.of(new Operator(new SwishPooledConv(), SECOND, 5, 1, false)),
          List.of(new Operator(new Classifier(), new Shape(1, 1, 5), Toy.CLASSES, 1, false)));
  private static final BlockGraph GRAPH = BlockGraph.chain(BLOCKS);

  /** None of whose scales is 0, as fresh ones beside shortcuts are, and no bias. */
  private static <S extends Supernet> S shaken(S supernet) {
    SplittableRandom random = new SplittableRandom(2);
    for (int[] path : new int[][] {{0, 0, 0}, {1, 1, 1}}) {
      NetworkWeights weights = supernet.weights(path);
      weights
          .all()
          .forEach(
              (key, values) -> {
                for (int i = 0; i < values.length; i++) {
                  values[i] =
                      switch (key.part()) {
                        case SCALE -> (float) random.nextDouble(0.5, 1.5);
                        case SQUEEZE_BIAS, EXCITATION_BIAS -> (float) random.nextDouble(-1, 1);
                        default -> values[i];
                      };
                }
              });
      supernet.assign(path, weights);
    }
    return supernet;
  }

  private static Supernet supernet() {
    return shaken(new Supernet(BLOCKS, EXACT, new SplittableRandom(1)));
  }

  private static Supernet nested() {
    return shaken(Supernet.nested(BLOCKS, EXACT, new SplittableRandom(1)));
  }

  @Test
  void theLossOfAPathIsTheReferences() {
    try (Supernet supernet = supernet();
        Supernet mixture = shaken(new MixtureSupernet(BLOCKS, EXACT, new SplittableRandom(1)))) {
      for (Supernet each : List.of(supernet, mixture)) {
        ReferenceNetwork reference = ReferenceNetwork.of(GRAPH, each.state());
        for (int[] path : new int[][] {{0, 0, 0}, {1, 1, 1}, {1, 2, 0}}) {
          assertThat(each.score(path, Toy.batch(2)).loss())
              .isCloseTo(
                  reference.loss(reference.gates(path), Toy.images(2), Toy.labels()), within(1e-5));
        }
      }
    }
  }

  @Test
  void aWeightStepDescendsTheFiniteDifferenceGradient() {
    try (Supernet supernet = supernet()) {
      int[] path = {0, 1, 0};
      SupernetTest.assertDescends(
          supernet, BLOCKS, path, "(b0/c0|b1/c0|b2/c1|b3/c0|b4/c0|b5/c0)/.*");
    }
  }

  @Test
  void soDoesOneOfReluBehindThePool() {
    List<List<Operator>> blocks =
        List.of(
            List.of(new Operator(new SwishConv(3), Toy.INPUT, 4, 1, false)),
            List.of(new Operator(new PooledConv(), FIRST, 8, 1, false)),
            List.of(new Operator(new Classifier(), new Shape(1, 1, 8), Toy.CLASSES, 1, false)));
    try (Supernet supernet = new Supernet(blocks, EXACT, new SplittableRandom(1))) {
      SupernetTest.assertDescends(supernet, blocks, new int[0], ".*");
    }
  }

  @Test
  void gateGradientsEqualFiniteDifferences() {
    int[] path = {1, 0, 1};
    boolean[][] sampled = {{true, true}, {true, true, true}, {true, true}};
    try (Supernet supernet = supernet()) {
      double[][] gradient = supernet.gateGradients(path, sampled, Toy.batch(2)).values();
      ReferenceNetwork reference = ReferenceNetwork.of(GRAPH, supernet.state());
      for (int e = 0; e < path.length; e++) {
        for (int c = 0; c < sampled[e].length; c++) {
          double expected = reference.gateSlope(path, e, c, Toy.images(2), Toy.labels());
          assertThat(gradient[e][c])
              .as("edge %d candidate %d", e, c)
              .isCloseTo(expected, within(1e-3 * Math.abs(expected) + 1e-6));
        }
      }
    }
  }

  /** Of 8 and 36 channels, squeezed into 8 units and 16. */
  @Test
  void aSmallCandidateHasTheFirstChannelsOfTheLargestsMatrices() {
    try (Supernet supernet = nested()) {
      float[] small =
          supernet.weights(new int[] {0, 0, 0}).get(new NetworkWeights.Key(1, 2, Part.EXCITATION));
      float[] large =
          supernet.weights(new int[] {1, 0, 0}).get(new NetworkWeights.Key(1, 2, Part.EXCITATION));
      assertThat(small).hasSize(8 * 8);
      assertThat(large).hasSize(16 * 36);
      for (int i = 0; i < small.length; i++) {
        assertThat(small[i]).isEqualTo(large[i / 8 * 36 + i % 8]);
      }
    }
  }

  @Test
  void aPathTrainsAsItsNetworkAlone() {
    int[] path = {0, 1, 0};
    Network network = GRAPH.derive("alone", path).network();
    for (Supernet supernet : List.of(supernet(), nested())) {
      try (supernet;
          Supernet alone = Supernet.of(network, EXACT, new SplittableRandom(9))) {
        alone.assign(new int[0], supernet.weights(path));
        for (int step = 0; step < 3; step++) {
          double expected = alone.trainWeights(new int[0], Toy.batch(step), 0.05).loss();
          assertThat(supernet.trainWeights(path, Toy.batch(step), 0.05).loss())
              .isCloseTo(expected, within(1e-5));
        }
      }
    }
  }

  @Test
  void candidatesWithTheSameKindsOfLayersStartAlike() {
    try (Supernet supernet = new Supernet(BLOCKS, EXACT, new SplittableRandom(1))) {
      double loss = supernet.score(new int[] {0, 0, 0}, Toy.batch(2)).loss();
      assertThat(supernet.score(new int[] {1, 0, 0}, Toy.batch(2)).loss())
          .isCloseTo(loss, within(1e-5));
    }
  }
}
