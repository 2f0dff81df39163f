package org.proxyless.search.supernet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.proxyless.network.BlockGraph;
import org.proxyless.network.BlockGraph.Block;
import org.proxyless.network.Coupling;
import org.proxyless.network.Operator;
import org.proxyless.network.Shape;
import org.proxyless.network.operators.Add;
import org.proxyless.network.operators.Classifier;
import org.proxyless.network.operators.Concat;
import org.proxyless.network.operators.DilConv;
import org.proxyless.network.operators.FactorizedReduction;
import org.proxyless.network.operators.MaxPool;
import org.proxyless.network.operators.None;
import org.proxyless.network.operators.PlainConv;
import org.proxyless.network.operators.PreConv;
import org.proxyless.network.operators.SepConv;
import org.proxyless.network.operators.Zero;
import org.proxyless.search.fixtures.ReferenceNetwork;
import org.proxyless.search.supernet.graph.Kernels;
import org.proxyless.search.supernet.graph.TrainingGraph;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/**
 * A graph with what cells have: two instances of one cell that share decisions, sums of edges that
 * may be left out, all nodes' channels together, a node that several take, and a reduction.
 */
class GraphSupernetTest {
  private static final Supernet.Settings EXACT = new Supernet.Settings(Toy.BATCH, 1, 0, 0);
  private static final int OPTIONS = 5;

  /** Two normal cells of one node with two edges, then a reduction cell of one. */
  private static BlockGraph graph() {
    Shape shape = new Shape(7, 7, 4);
    Shape wide = new Shape(7, 7, 8);
    Shape half = new Shape(4, 4, 4);
    List<Block> blocks = new ArrayList<>();
    blocks.add(fixed(new Operator(new PlainConv(3), Toy.INPUT, 4, 1, false), -1));
    int older = 0;
    int newer = 0;
    Shape given = shape;
    for (int cell = 0; cell < 2; cell++) {
      int first = blocks.size();
      blocks.add(fixed(new Operator(new PreConv(1), shape, 4, 1, false), older));
      blocks.add(fixed(new Operator(new PreConv(1), given, 4, 1, false), newer));
      blocks.add(new Block(normal(shape), List.of(first), 0));
      blocks.add(new Block(normal(shape), List.of(first + 1), 1));
      blocks.add(join(new Operator(new Add(2), shape, 4, 1, false), first + 2, first + 3));
      blocks.add(join(new Operator(new Concat(2), shape, 8, 1, false), first + 4, first));
      older = newer;
      newer = first + 5;
      given = wide;
    }
    int first = blocks.size();
    blocks.add(fixed(new Operator(new PreConv(1), wide, 4, 1, false), newer));
    blocks.add(new Block(reducing(shape), List.of(first), 2));
    blocks.add(new Block(reducing(shape), List.of(first), 3));
    blocks.add(join(new Operator(new Add(2), half, 4, 1, false), first + 1, first + 2));
    blocks.add(fixed(new Operator(new Classifier(), half, Toy.CLASSES, 1, false), first + 3));
    int[] two = {OPTIONS, OPTIONS};
    return new BlockGraph(
        blocks, List.of(Coupling.keeping(0, two, 1), Coupling.keeping(2, two, 2)));
  }

  private static List<Operator> normal(Shape shape) {
    return List.of(
        new Operator(new None(), shape, 4, 1, false),
        new Operator(new Zero(), shape, 4, 1, true),
        new Operator(new MaxPool(3), shape, 4, 1, false),
        new Operator(new SepConv(3), shape, 4, 1, false),
        new Operator(new DilConv(3), shape, 4, 1, false));
  }

  private static List<Operator> reducing(Shape shape) {
    return List.of(
        new Operator(new None(), shape, 4, 2, false),
        new Operator(new FactorizedReduction(), shape, 4, 2, false),
        new Operator(new MaxPool(3), shape, 4, 2, false),
        new Operator(new SepConv(3), shape, 4, 2, false),
        new Operator(new DilConv(3), shape, 4, 2, false));
  }

  private static Block fixed(Operator operator, int input) {
    return new Block(List.of(operator), List.of(input), BlockGraph.FIXED);
  }

  private static Block join(Operator operator, Integer... inputs) {
    return new Block(List.of(operator), List.of(inputs), BlockGraph.FIXED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GATED", "NESTED", "MIXED"})
  void theLossOfAPathIsTheReferences(TrainingGraph.Choice choice) {
    try (Supernet supernet = supernet(choice)) {
      for (int[] path :
          new int[][] {{0, 3, 1, 3}, {1, 0, 2, 4}, {3, 4, 0, 3}, {2, 1, 3, 1}, {0, 0, 4, 0}}) {
        ReferenceNetwork reference = ReferenceNetwork.of(graph(), ownWeights(supernet));
        assertThat(supernet.score(path, Toy.batch(2)).loss())
            .as(Arrays.toString(path))
            .isCloseTo(
                reference.loss(reference.gates(path), Toy.images(2), Toy.labels()), within(2e-5));
      }
    }
  }

  /** By the names that the weights would have, were each candidate's its own. */
  private static Map<String, float[]> ownWeights(Supernet supernet) {
    Map<String, float[]> weights = new HashMap<>();
    supernet
        .sharedWeights()
        .all()
        .forEach(
            (key, values) ->
                weights.put(
                    "b"
                        + key.place().operator()
                        + "/c"
                        + key.candidate()
                        + "/l"
                        + key.place().layer()
                        + "/"
                        + key.place().part().name().toLowerCase(),
                    values));
    return weights;
  }

  private static Supernet supernet(TrainingGraph.Choice choice) {
    SplittableRandom random = new SplittableRandom(1);
    return switch (choice) {
      case GATED -> new Supernet(graph(), EXACT, random);
      case NESTED -> Supernet.nested(graph(), EXACT, random);
      case MIXED -> new MixtureSupernet(graph(), EXACT, random);
    };
  }

  /** A decision's gates are those of all blocks that follow it. */
  @ParameterizedTest
  @ValueSource(strings = {"GATED", "MIXED"})
  void gateGradientsEqualFiniteDifferences(TrainingGraph.Choice choice) {
    int[] path = {3, 1, 2, 0};
    boolean[][] sampled = new boolean[4][OPTIONS];
    for (boolean[] edge : sampled) {
      Arrays.fill(edge, true);
    }
    try (Supernet supernet = supernet(choice)) {
      double[][] gradient = supernet.gateGradients(path, sampled, Toy.batch(2)).values();
      ReferenceNetwork reference = ReferenceNetwork.of(graph(), supernet.state());
      for (int e = 0; e < path.length; e++) {
        for (int c = 0; c < OPTIONS; c++) {
          double expected = reference.gateSlope(path, e, c, Toy.images(2), Toy.labels());
          assertThat(gradient[e][c])
              .as("edge %d candidate %d", e, c)
              .isCloseTo(expected, within(2e-3 * Math.abs(expected) + 1e-5));
        }
      }
    }
  }

  /** Else more than one of them would be there at once: a pool has no check of its own. */
  @Test
  void theChecksOfABlockAreThoseOfItsCandidates() {
    GraphDef graph =
        new TrainingGraph(
                graph(), 4, 0, TrainingGraph.Choice.GATED, Kernels.of("1", "amd64", Set::of))
            .build();
    List<NodeDef> merges =
        graph.getNodeList().stream()
            .filter(node -> node.getOp().equals("Merge") && node.getName().endsWith("/check"))
            .toList();
    assertThat(merges).hasSize(6);
    for (NodeDef merge : merges) {
      String block = merge.getName().substring(0, merge.getName().indexOf('/'));
      for (int c = 0; c < OPTIONS; c++) {
        assertThat(merge.getInput(c)).startsWith(block + "/c" + c + "/");
      }
    }
  }

  @Test
  void aWeightStepDescendsTheFiniteDifferenceGradientOfTheActivePathAlone() {
    try (Supernet supernet = supernet(TrainingGraph.Choice.GATED)) {
      int[] path = {3, 4, 1, 3};
      Map<String, float[]> before = supernet.state();
      supernet.trainWeights(path, Toy.batch(2), 1);
      Map<String, float[]> after = supernet.state();
      ReferenceNetwork reference = ReferenceNetwork.of(graph(), before);
      SplittableRandom random = new SplittableRandom(3);
      String active =
          "(b0/c0|b1/c0|b2/c0|b3/c3|b4/c4|b7/c0|b8/c0|b9/c3|b10/c4|b13/c0|b14/c1|b15/c3|b17/c0)/.*";
      int checked = 0;
      for (String name : before.keySet()) {
        if (!name.matches(active)) {
          assertThat(after.get(name)).as(name).containsExactly(before.get(name));
        } else if (!name.endsWith("/momentum")) {
          float[] weights = before.get(name);
          int i = random.nextInt(weights.length);
          double expected = reference.weightSlope(weights, i, path, Toy.images(2), Toy.labels());
          assertThat((before.get(name)[i] - after.get(name)[i]) / 1.9)
              .as("%s[%d]", name, i)
              .isCloseTo(expected, within(2e-3 * Math.abs(expected) + 2e-5));
          checked++;
        }
      }
      assertThat(checked).isGreaterThan(50);
    }
  }

  /** The network that is derived has other places than the supernet's blocks. */
  @ParameterizedTest
  @ValueSource(strings = {"GATED", "NESTED"})
  void aPathTrainsAsItsNetworkAlone(TrainingGraph.Choice choice) {
    int[] path = {0, 3, 1, 3};
    BlockGraph.Derived derived = graph().derive("alone", path);
    try (Supernet supernet = supernet(choice);
        Supernet alone = Supernet.of(derived.network(), EXACT, new SplittableRandom(9))) {
      alone.assign(new int[0], supernet.weights(path));
      assertThat(supernet.sharedWeights().of(graph(), path).all().keySet())
          .isEqualTo(supernet.weights(path).all().keySet());
      for (int step = 0; step < 3; step++) {
        double expected = alone.trainWeights(new int[0], Toy.batch(step), 0.05).loss();
        assertThat(supernet.trainWeights(path, Toy.batch(step), 0.05).loss())
            .isCloseTo(expected, within(2e-5));
      }
    }
  }
}
