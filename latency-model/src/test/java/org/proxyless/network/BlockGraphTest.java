package org.proxyless.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.proxyless.latency.LatencyEntry;
import org.proxyless.latency.LatencyTable;
import org.proxyless.latency.NetworkLatency;
import org.proxyless.latency.SpaceLatency;
import org.proxyless.latency.choice.OperatorChoice;
import org.proxyless.latency.choice.OperatorChoice.Limit;
import org.proxyless.latency.choice.PathSampler;
import org.proxyless.network.BlockGraph.Block;
import org.proxyless.network.operators.Add;
import org.proxyless.network.operators.Classifier;
import org.proxyless.network.operators.MaxPool;
import org.proxyless.network.operators.None;
import org.proxyless.network.operators.PlainConv;
import org.proxyless.network.operators.PreConv;
import org.proxyless.network.operators.Zero;

/** A node with three edges of which two are kept, twice in a row: two instances of a cell. */
class BlockGraphTest {
  private static final Shape SHAPE = new Shape(6, 6, 4);
  private static final int NONE = 0;
  private static final List<Operator> CANDIDATES =
      List.of(
          new Operator(new None(), SHAPE, 4, 1, false),
          new Operator(new Zero(), SHAPE, 4, 1, true),
          new Operator(new MaxPool(3), SHAPE, 4, 1, false),
          new Operator(new PreConv(3), SHAPE, 4, 1, false));
  private static final BlockGraph GRAPH = graph(List.of(Coupling.keeping(0, sizes(), 2)));

  private static int[] sizes() {
    return new int[] {4, 4, 4};
  }

  /** 0 stem; 1 and 2 what a cell begins with; 3–5 edges, 6 their sum; 7–9 edges, 10 their sum. */
  private static BlockGraph graph(List<Coupling> couplings) {
    Operator pre = new Operator(new PreConv(1), SHAPE, 4, 1, false);
    Operator sum = new Operator(new Add(2), SHAPE, 4, 1, false);
    List<Block> blocks = new ArrayList<>();
    blocks.add(fixed(new Operator(new PlainConv(3), new Shape(6, 6, 1), 4, 1, false), -1));
    blocks.add(fixed(pre, 0));
    blocks.add(fixed(pre, 0));
    for (int edge = 0; edge < 3; edge++) {
      blocks.add(new Block(CANDIDATES, List.of(edge), edge));
    }
    blocks.add(new Block(List.of(sum), List.of(3, 4, 5), BlockGraph.FIXED));
    for (int edge = 0; edge < 3; edge++) {
      blocks.add(new Block(CANDIDATES, List.of(edge == 0 ? 6 : edge), edge));
    }
    blocks.add(new Block(List.of(sum), List.of(7, 8, 9), BlockGraph.FIXED));
    blocks.add(fixed(new Operator(new Classifier(), SHAPE, 10, 1, false), 10));
    return new BlockGraph(blocks, couplings);
  }

  private static Block fixed(Operator operator, int input) {
    return new Block(List.of(operator), List.of(input), BlockGraph.FIXED);
  }

  private static List<int[]> all() {
    List<int[]> all = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      int[] choice = {i / 16, i / 4 % 4, i % 4};
      if (Arrays.stream(choice).filter(option -> option != NONE).count() == 2) {
        all.add(choice);
      }
    }
    return all;
  }

  @Test
  void anEdgeThatIsLeftOutAndWhatNothingTakesDropOut() {
    BlockGraph.Derived derived = GRAPH.derive("cell", new int[] {3, 2, NONE});
    assertThat(derived.network().operators().stream().map(o -> o.type().label()))
        .containsExactly(
            "Conv 3×3 (linear)",
            "ReLU Conv 1×1", // the second of these is taken by the edge that is left out alone
            "ReLU Conv 3×3",
            "MaxPool 3×3",
            "Add of 2",
            "ReLU Conv 3×3",
            "MaxPool 3×3",
            "Add of 2",
            "Classifier");
    assertThat(derived.origins()).containsExactly(0, 1, 3, 4, 6, 7, 8, 10, 11);
    assertThat(derived.network().inputs())
        .containsExactly(
            List.of(-1),
            List.of(0),
            List.of(0),
            List.of(1),
            List.of(2, 3),
            List.of(4),
            List.of(1),
            List.of(5, 6),
            List.of(7));
  }

  @Test
  void aSumOfOneIsNoneAndOfThreeTakesThree() {
    BlockGraph free = graph(List.of());
    assertThat(free.derive("one", new int[] {NONE, 2, NONE}).network().operators())
        .noneMatch(operator -> operator.type() instanceof Add);
    assertThat(free.derive("three", new int[] {3, 2, 1}).network().operators())
        .anyMatch(operator -> operator.type().equals(new Add(3)));
    assertThatThrownBy(() -> free.derive("nothing", new int[] {NONE, NONE, NONE}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("takes nothing");
  }

  @Test
  void aChainIsWhatItWas() {
    List<List<Operator>> blocks =
        List.of(
            List.of(new Operator(new PlainConv(3), new Shape(6, 6, 1), 4, 1, false)),
            CANDIDATES.subList(1, 4),
            List.of(new Operator(new Classifier(), SHAPE, 10, 1, false)));
    BlockGraph chain = BlockGraph.chain(blocks);
    assertThat(chain.isChain()).isTrue();
    assertThat(GRAPH.isChain()).isFalse();
    BlockGraph.Derived derived = chain.derive("chain", new int[] {1});
    assertThat(derived.network())
        .isEqualTo(
            new Network(
                "chain", List.of(blocks.get(0).get(0), CANDIDATES.get(2), blocks.get(2).get(0))));
    assertThat(derived.origins()).containsExactly(0, 1, 2);
  }

  private static LatencyTable table() {
    LatencyTable.Builder table = LatencyTable.builder("test", "cells");
    table.call(LatencyEntry.ofMillis(0.1));
    double millis = 0.2;
    for (Operator operator : GRAPH.distinctOperators()) {
      if (!operator.isZero()) {
        table.put(operator, LatencyEntry.ofMillis(millis));
        millis *= 1.3;
      }
    }
    return table.build();
  }

  /** Without the first edge nothing takes the first cell; without another, what it would take. */
  @Test
  void aChoiceCostsWhatItsNetworkDoes() {
    SpaceLatency latency = SpaceLatency.of(table(), GRAPH);
    double dead = table().operatorMillis(1, GRAPH.blocks().get(1).candidates().get(0));
    for (int[] choice : all()) {
      Network network = GRAPH.derive("n", choice).network();
      double whole = NetworkLatency.of(network, table()).latencyMillis();
      if (choice[0] == NONE) {
        assertThat(latency.latencyMillis(choice)).isGreaterThan(whole);
      } else {
        assertThat(latency.latencyMillis(choice)).isCloseTo(whole + dead, within(1e-12));
      }
    }
    assertThat(all().stream().mapToDouble(latency::latencyMillis).min().orElseThrow())
        .isCloseTo(latency.minMillis(), within(1e-12));
    assertThat(all().stream().mapToDouble(latency::latencyMillis).max().orElseThrow())
        .isCloseTo(latency.maxMillis(), within(1e-12));
  }

  @Test
  void theBestOfCoupledChoicesIsThatOfEnumeration() {
    SplittableRandom random = new SplittableRandom(1);
    SpaceLatency latency = SpaceLatency.of(table(), GRAPH);
    int found = 0;
    for (int round = 0; round < 200; round++) {
      double[][] scores = new double[3][];
      Arrays.setAll(scores, e -> random.doubles(4, -3, 0).toArray());
      double most =
          latency.minMillis()
              + random.nextDouble(-0.05, 1) * (latency.maxMillis() - latency.minMillis());
      Optional<int[]> best =
          OperatorChoice.find(scores, List.of(Limit.latency(latency, most)), latency.couplings());
      double expected =
          all().stream()
              .filter(choice -> latency.latencyMillis(choice) <= most)
              .mapToDouble(choice -> score(scores, choice))
              .max()
              .orElse(Double.NaN);
      assertThat(best.isPresent()).isEqualTo(!Double.isNaN(expected));
      if (best.isPresent()) {
        found++;
        assertThat(score(scores, best.get())).isCloseTo(expected, within(1e-9));
        assertThat(latency.contains(best.get())).isTrue();
        assertThat(latency.latencyMillis(best.get())).isLessThanOrEqualTo(most);
      }
    }
    assertThat(found).isBetween(150, 199);
  }

  private static double score(double[][] scores, int[] choice) {
    double sum = 0;
    for (int e = 0; e < choice.length; e++) {
      sum += scores[e][choice[e]];
    }
    return sum;
  }

  /** χ² of 27 networks at 200 draws each: 26 degrees of freedom, 0.999 quantile 54.05. */
  @Test
  void drawsAreEvenOverTheNetworks() {
    SpaceLatency latency = SpaceLatency.of(table(), GRAPH);
    assertThat(GRAPH.networks()).isEqualTo(27);
    SplittableRandom random = new SplittableRandom(2);
    PathSampler sampler = PathSampler.upTo(latency, latency.maxMillis());
    assertThat(chiSquare(i -> GRAPH.draw(random))).isLessThan(54.05);
    assertThat(chiSquare(i -> sampler.draw(random))).isLessThan(54.05);
  }

  private static double chiSquare(java.util.function.IntFunction<int[]> draws) {
    Map<List<Integer>, Integer> counts = new HashMap<>();
    for (int i = 0; i < 27 * 200; i++) {
      counts.merge(Arrays.stream(draws.apply(i)).boxed().toList(), 1, Integer::sum);
    }
    double square = 0;
    for (int[] choice : all()) {
      double count = counts.getOrDefault(Arrays.stream(choice).boxed().toList(), 0);
      square += (count - 200) * (count - 200) / 200;
    }
    assertThat(counts).hasSize(27);
    return square;
  }

  /** Of the nodes of a DARTS cell, the last of which has five edges. */
  @Test
  void theCouplingsOfCellsHaveAsManyCombinationsAsCounted() {
    for (int edges = 2; edges <= 5; edges++) {
      int[] sizes = new int[edges];
      Arrays.fill(sizes, 8);
      assertThat(Coupling.keeping(0, sizes, 2).combinations())
          .hasSize(edges * (edges - 1) / 2 * 49);
    }
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertThatThrownBy(() -> graph(List.of(Coupling.keeping(1, sizes(), 2))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("does not fit 3 decisions");
    assertThatThrownBy(() -> Coupling.keeping(0, sizes(), 4))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> new BlockGraph(List.of(new Block(CANDIDATES, List.of(-1), 1)), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("decision 1");
  }
}
