package org.proxyless.search.supernet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.proxyless.network.BlockGraph;
import org.proxyless.network.NetworkWeights;
import org.proxyless.network.Operator;
import org.proxyless.network.OperatorType;
import org.proxyless.network.Shape;
import org.proxyless.network.operators.AveragePool;
import org.proxyless.network.operators.Classifier;
import org.proxyless.network.operators.ConvPair;
import org.proxyless.network.operators.DilConv;
import org.proxyless.network.operators.FactorizedReduction;
import org.proxyless.network.operators.MaxPool;
import org.proxyless.network.operators.NarrowingSepConv;
import org.proxyless.network.operators.NormClassifier;
import org.proxyless.network.operators.PlainConv;
import org.proxyless.network.operators.PlainReduction;
import org.proxyless.network.operators.Pointwise;
import org.proxyless.network.operators.PreConv;
import org.proxyless.network.operators.Projection;
import org.proxyless.network.operators.ReluConv;
import org.proxyless.network.operators.ReluMBConv;
import org.proxyless.network.operators.SepConv;
import org.proxyless.network.operators.UnbiasedClassifier;
import org.proxyless.network.operators.ValidConv;
import org.proxyless.search.fixtures.ReferenceNetwork;

class SupernetTest {
  private static final Supernet.Settings EXACT = new Supernet.Settings(Toy.BATCH, 1, 0, 0);

  private static Supernet supernet() {
    return Toy.supernet(EXACT);
  }

  private static ReferenceNetwork reference(
      List<List<Operator>> blocks, Map<String, float[]> state) {
    return ReferenceNetwork.of(BlockGraph.chain(blocks), state);
  }

  @Test
  void theLossOfAPathIsTheReferences() {
    try (Supernet supernet = supernet()) {
      ReferenceNetwork reference = reference(Toy.blocks(), supernet.state());
      for (int[] path : new int[][] {{0, 0, 0}, {1, 2, 1}, {2, 1, 2}, {0, 2, 2}}) {
        assertThat(supernet.score(path, Toy.batch(2)).loss())
            .isCloseTo(
                reference.loss(reference.gates(path), Toy.images(2), Toy.labels()), within(1e-5));
      }
    }
  }

  /** Of the first edge, candidate 1 has no expanding layer; of the others, candidate 2 is Zero. */
  @Test
  void candidatesWithTheSameKindsOfLayersStartAlikeAndThenGoTheirOwnWays() {
    try (Supernet supernet = new Supernet(Toy.blocks(), EXACT, new SplittableRandom(1))) {
      for (int c = 0; c < 3; c++) {
        supernet.assign(new int[] {c, c, c}, allScalesOne(supernet.weights(new int[] {c, c, c})));
      }
      double loss = supernet.score(new int[] {0, 0, 0}, Toy.batch(2)).loss();
      for (int[] alike : new int[][] {{2, 0, 0}, {0, 1, 0}, {0, 0, 1}, {2, 1, 1}}) {
        assertThat(supernet.score(alike, Toy.batch(2)).loss()).isCloseTo(loss, within(1e-5));
      }
      for (int[] other : new int[][] {{1, 0, 0}, {0, 2, 0}, {0, 0, 2}}) {
        assertThat(supernet.score(other, Toy.batch(2)).loss()).isNotCloseTo(loss, within(1e-4));
      }
      for (int step = 0; step < 20; step++) {
        supernet.trainWeights(new int[] {2, 1, 1}, Toy.batch(2), 0.1);
      }
      assertThat(supernet.score(new int[] {0, 0, 0}, Toy.batch(2)).loss())
          .isNotCloseTo(supernet.score(new int[] {2, 1, 1}, Toy.batch(2)).loss(), within(1e-2));
    }
  }

  private static NetworkWeights allScalesOne(NetworkWeights weights) {
    weights
        .all()
        .forEach(
            (key, values) -> {
              if (key.part() == NetworkWeights.Part.SCALE) {
                Arrays.fill(values, 1);
              }
            });
    return weights;
  }

  /** Central differences of the reference with respect to each sampled gate. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void gateGradientsEqualFiniteDifferences(boolean full) {
    int[] path = {1, 0, 2};
    boolean[][] sampled = {{true, full, full}, {full, full, true}, {full, true, full}};
    try (Supernet supernet = supernet()) {
      var gradient = supernet.gateGradients(path, sampled, Toy.batch(2)).values();
      ReferenceNetwork reference = reference(Toy.blocks(), supernet.state());
      for (int e = 0; e < path.length; e++) {
        for (int c = 0; c < 3; c++) {
          double expected = 0;
          if (sampled[e][c] || path[e] == c) {
            expected = reference.gateSlope(path, e, c, Toy.images(2), Toy.labels());
          }
          assertThat(gradient[e][c])
              .as("edge %d candidate %d", e, c)
              .isCloseTo(expected, within(1e-3 * Math.abs(expected) + 1e-6));
        }
      }
    }
  }

  /**
   * With the first momentum 0, Nesterov's step is 1.9 times the gradient. Differences are short,
   * off kinks.
   */
  @Test
  void aWeightStepDescendsTheFiniteDifferenceGradientOfTheActivePathAlone() {
    try (Supernet supernet = supernet()) {
      int[] path = {2, 1, 2};
      assertDescends(supernet, Toy.blocks(), path, "(b0/c0|b1/c2|b2/c1|b4/c0)/.*");
    }
  }

  @Test
  void aWeightStepDescendsTheFiniteDifferenceGradientOfReluAndProjection() {
    Shape first = new Shape(7, 7, 4);
    Shape second = new Shape(4, 4, 6);
    List<List<Operator>> blocks =
        List.of(
            List.of(new Operator(new ReluConv(3), Toy.INPUT, 4, 1, false)),
            List.of(new Operator(new Projection(), first, 6, 2, false)),
            List.of(new Operator(new ReluMBConv(5, 2), second, 6, 1, false)),
            List.of(new Operator(new Classifier(), second, Toy.CLASSES, 1, false)));
    try (Supernet supernet = new Supernet(blocks, EXACT, new SplittableRandom(1))) {
      assertDescends(supernet, blocks, new int[0], ".*");
    }
  }

  /** On odd and even sides; a pool and a reduction stand before what has weights. */
  @Test
  void aWeightStepDescendsTheFiniteDifferenceGradientOfTheOperatorsOfCells() {
    Shape first = new Shape(7, 7, 4);
    Shape second = new Shape(4, 4, 4);
    Shape third = new Shape(2, 2, 6);
    List<List<Operator>> blocks =
        List.of(
            List.of(new Operator(new PlainConv(3), Toy.INPUT, 4, 1, false)),
            List.of(new Operator(new DilConv(3), first, 4, 1, false)),
            List.of(new Operator(new AveragePool(3), first, 4, 1, false)),
            List.of(new Operator(new SepConv(3), first, 4, 1, false)),
            List.of(new Operator(new DilConv(5), first, 4, 2, false)),
            List.of(new Operator(new MaxPool(3), second, 4, 1, false)),
            List.of(new Operator(new FactorizedReduction(), second, 6, 2, false)),
            List.of(new Operator(new PreConv(1), third, 6, 1, false)),
            List.of(new Operator(new Classifier(), third, Toy.CLASSES, 1, false)));
    try (Supernet supernet = new Supernet(blocks, EXACT, new SplittableRandom(1))) {
      assertDescends(supernet, blocks, new int[0], ".*");
    }
  }

  /** Of an odd side: what is moved beyond the border is 0. */
  @Test
  void aReductionOfAnOddSideDescendsTheFiniteDifferenceGradientToo() {
    Shape first = new Shape(7, 7, 4);
    Shape second = new Shape(4, 4, 6);
    List<List<Operator>> blocks =
        List.of(
            List.of(new Operator(new PlainConv(3), Toy.INPUT, 4, 1, false)),
            List.of(new Operator(new FactorizedReduction(), first, 6, 2, false)),
            List.of(new Operator(new MaxPool(3), second, 6, 2, false)),
            List.of(new Operator(new Classifier(), new Shape(2, 2, 6), Toy.CLASSES, 1, false)));
    try (Supernet supernet = new Supernet(blocks, EXACT, new SplittableRandom(1))) {
      assertDescends(supernet, blocks, new int[0], ".*");
    }
  }

  /** Oblong and valid windows, a normalisation alone, a classifier without bias. */
  @Test
  void aWeightStepDescendsTheFiniteDifferenceGradientOfTheOperatorsOfPublishedCells() {
    Shape first = new Shape(5, 5, 4);
    Shape second = new Shape(3, 3, 6);
    Shape third = new Shape(2, 2, 6);
    for (OperatorType last : List.of(new NormClassifier(), new UnbiasedClassifier())) {
      List<List<Operator>> blocks =
          List.of(
              List.of(new Operator(new ValidConv(3), Toy.INPUT, 4, 1, false)),
              List.of(new Operator(new ConvPair(7), first, 4, 1, false)),
              List.of(new Operator(new NarrowingSepConv(3), first, 6, 1, false)),
              List.of(new Operator(new ConvPair(3), new Shape(5, 5, 6), 6, 2, false)),
              List.of(new Operator(new Pointwise(), second, 6, 1, false)),
              List.of(new Operator(new PlainReduction(), second, 6, 2, false)),
              List.of(new Operator(last, third, Toy.CLASSES, 1, false)));
      try (Supernet supernet = new Supernet(blocks, EXACT, new SplittableRandom(1))) {
        assertDescends(supernet, blocks, new int[0], ".*");
      }
    }
  }

  static void assertDescends(
      Supernet supernet, List<List<Operator>> blocks, int[] path, String active) {
    Map<String, float[]> before = supernet.state();
    supernet.trainWeights(path, Toy.batch(2), 1);
    Map<String, float[]> after = supernet.state();
    ReferenceNetwork reference = reference(blocks, before);
    SplittableRandom random = new SplittableRandom(3);
    for (String name : before.keySet()) {
      if (!name.matches(active)) {
        assertThat(after.get(name)).as(name).containsExactly(before.get(name));
      } else if (!name.endsWith("/momentum")) {
        float[] weights = before.get(name);
        for (int check = 0; check < 4; check++) {
          int i = random.nextInt(weights.length);
          double expected = reference.weightSlope(weights, i, path, Toy.images(2), Toy.labels());
          assertThat((before.get(name)[i] - after.get(name)[i]) / 1.9)
              .as("%s[%d]", name, i)
              .isCloseTo(expected, within(1e-3 * Math.abs(expected) + 1e-5));
        }
      }
    }
  }

  @Test
  void aPathTrainsAsTheSameNetworkBuiltAlone() {
    int[] path = {0, 2, 1};
    Supernet.Settings settings = new Supernet.Settings(Toy.BATCH, 1);
    try (Supernet supernet = Toy.supernet(settings);
        Supernet alone = new Supernet(Toy.alone(path), settings, new SplittableRandom(9))) {
      alone.assign(new int[0], supernet.weights(path));
      for (int step = 0; step < 3; step++) {
        double expected = alone.trainWeights(new int[0], Toy.batch(step), 0.05).loss();
        assertThat(supernet.trainWeights(path, Toy.batch(step), 0.05).loss())
            .isCloseTo(expected, within(1e-5));
      }
      var expected = alone.weights(new int[0]).all();
      var trained = supernet.weights(path).all();
      assertThat(trained.keySet()).isEqualTo(expected.keySet());
      trained.forEach((key, values) -> assertClose(key.toString(), values, expected.get(key)));
    }
  }

  @Test
  void aFreshBlockWithAShortcutIsTheIdentity() {
    try (Supernet supernet = new Supernet(Toy.blocks(), EXACT, new SplittableRandom(1))) {
      double skipped = supernet.score(new int[] {0, 2, 2}, Toy.batch(1)).loss();
      assertThat(supernet.score(new int[] {0, 0, 1}, Toy.batch(1)).loss())
          .isCloseTo(skipped, within(1e-6));
    }
  }

  @Test
  void onlyTheSampledCandidatesRun() {
    int[] path = {2, 1, 2};
    try (Supernet supernet = supernet()) {
      Set<String> ran = supernet.traceWeightStep(path, Toy.batch(2), 0.1).keySet();
      Set<String> kernels =
          ran.stream()
              .filter(node -> node.matches("b[123]/c[0-9]/(active|sampled)/.*"))
              .map(node -> node.substring(0, "b1/c2".length()))
              .collect(Collectors.toSet());
      assertThat(kernels).containsExactlyInAnyOrder("b1/c2", "b2/c1");
      assertThat(ran)
          .contains("b1/c2/active/l1/filter-grad", "b2/c1/active/l0/conv", "b0/fixed/l0/conv")
          .noneMatch(node -> node.contains("/sampled/") || node.contains("/gate/"));
    }
  }

  /** What differs from one process to the next: addresses, hash seeds, the timing of threads. */
  @Test
  void fiftyStepsInTwoFreshProcessesEndBitIdentical() throws Exception {
    String first = FiftySteps.inFreshProcess();
    assertThat(first).matches("[0-9a-f]{64}");
    assertThat(FiftySteps.inFreshProcess()).isEqualTo(first);
  }

  private static void assertClose(String name, float[] values, float[] expected) {
    for (int i = 0; i < values.length; i++) {
      assertThat(values[i]).as("%s[%d]", name, i).isCloseTo(expected[i], within(1e-5f));
    }
  }
}
