package org.proxyless.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.proxyless.latency.choice.OperatorChoice;
import org.proxyless.latency.choice.OperatorChoice.Limit;
import org.proxyless.network.Network;
import org.proxyless.network.Operator;
import org.proxyless.network.Shape;
import org.proxyless.network.operators.Conv;
import org.proxyless.network.operators.MBConv;
import org.proxyless.network.operators.Zero;

class ChoiceUncertaintyTest {
  private static final Shape SHAPE = new Shape(8, 8, 8);
  private static final List<List<Operator>> BLOCKS = blocks();

  /** Edges of which two have the same candidates, as the blocks of a stage do. */
  private static List<List<Operator>> blocks() {
    Operator fixed = new Operator(new Conv(3), SHAPE, 8, 1, false);
    List<Operator> candidates =
        List.of(
            new Operator(new MBConv(3, 3), SHAPE, 8, 1, true),
            new Operator(new MBConv(5, 3), SHAPE, 8, 1, true),
            new Operator(new MBConv(3, 6), SHAPE, 8, 1, true),
            new Operator(new Zero(), SHAPE, 8, 1, true));
    List<Operator> others =
        List.of(
            new Operator(new MBConv(3, 3), SHAPE, 16, 2, false),
            new Operator(new MBConv(5, 6), SHAPE, 16, 2, false));
    return List.of(List.of(fixed), candidates, candidates, others);
  }

  private static LatencyTable table(Random random, double discrepancy) {
    LatencyTable.Builder table = LatencyTable.builder("d", "s").call(LatencyEntry.ofMillis(0.1));
    BLOCKS.stream()
        .flatMap(List::stream)
        .filter(operator -> !operator.isZero())
        .distinct()
        .forEach(operator -> table.put(operator, LatencyEntry.ofMillis(0.5 + random.nextDouble())));
    LatencyTable plain = table.build();
    int terms = plain.entries().size();
    // Something times its transpose is a covariance.
    double[][] root = new double[terms][terms];
    for (double[] row : root) {
      for (int i = 0; i < terms; i++) {
        row[i] = 0.05 * random.nextGaussian();
      }
    }
    double[][] covariance = new double[terms][terms];
    for (int i = 0; i < terms; i++) {
      for (int j = 0; j < terms; j++) {
        for (int k = 0; k < terms; k++) {
          covariance[i][j] += root[i][k] * root[j][k];
        }
      }
    }
    TreeMap<String, Double> millis = new TreeMap<>();
    plain.entries().forEach((key, entry) -> millis.put(key, entry.medianMillis()));
    return plain.withEstimate(new TableEstimate(millis, covariance, discrepancy));
  }

  private static Network network(int[] choice) {
    List<Operator> operators = new ArrayList<>();
    int edge = 0;
    for (List<Operator> block : BLOCKS) {
      operators.add(block.size() == 1 ? block.get(0) : block.get(choice[edge++]));
    }
    return new Network("n", operators);
  }

  @Property(tries = 50)
  void aChoiceIsAsUncertainAsItsNetwork(
      @ForAll long seed, @ForAll @DoubleRange(min = 0, max = 0.05) double discrepancy) {
    LatencyTable table = table(new Random(seed), discrepancy);
    SpaceLatency latency = SpaceLatency.of(table, BLOCKS);
    for (int[] choice : Paths.all(latency.operatorMillis())) {
      double sigma = table.estimate().orElseThrow().standardDeviationMillis(network(choice));
      assertThat(latency.standardDeviationMillis(choice)).isCloseTo(sigma, within(1e-9));
    }
  }

  /** T' + excess: with 1.645 σ of its own a network stays within T, and no bound is too high. */
  @Property(tries = 100)
  void whatIsKeptFreeIsTheNetworksOwnUncertainty(
      @ForAll long seed, @ForAll @DoubleRange(min = 0, max = 0.05) double discrepancy) {
    LatencyTable table = table(new Random(seed), discrepancy);
    SpaceLatency latency = SpaceLatency.of(table, BLOCKS);
    double margin = table.margin(1);
    for (int[] choice : Paths.all(latency.operatorMillis())) {
      double target = (1 + margin) * latency.cautiousMillis(choice);
      double millis = latency.latencyMillis(choice);
      double sigma = latency.standardDeviationMillis(choice);
      assertThat(target)
          .isCloseTo(Math.max(millis + 1.645 * sigma, millis * (1 + margin)), within(1e-9));
      assertThat(millis / target).isLessThanOrEqualTo(0.975 + 1e-9);
      assertThat(latency.leastExcessMillis()).isLessThanOrEqualTo(latency.excessMillis(choice));
    }
  }

  @Property(tries = 300)
  void theChoiceUnderUncertaintyIsTheBestOfAll(
      @ForAll long seed, @ForAll @DoubleRange(min = 0.01, max = 1) double share) {
    Random random = new Random(seed);
    SpaceLatency latency = SpaceLatency.of(table(random, 0.02), BLOCKS);
    double[][] scores = new double[latency.edges()][];
    for (int e = 0; e < scores.length; e++) {
      scores[e] = random.doubles(latency.candidates(e), -3, 0).toArray();
    }
    double most = latency.reachMillis() + share * (latency.maxMillis() - latency.reachMillis());
    List<Limit> limits =
        List.of(Limit.latency(latency, most), Limit.latencyAtLeast(latency, 0.7 * most));
    double best = Double.NEGATIVE_INFINITY;
    for (int[] choice : Paths.all(scores)) {
      boolean kept = latency.cautiousMillis(choice) <= most;
      if (kept && latency.latencyMillis(choice) >= 0.7 * most) {
        best = Math.max(best, sum(scores, choice));
      }
    }
    double found =
        OperatorChoice.find(scores, limits)
            .map(choice -> sum(scores, choice))
            .orElse(Double.NEGATIVE_INFINITY);
    if (best == Double.NEGATIVE_INFINITY) {
      assertThat(found).isEqualTo(best);
    } else {
      assertThat(found).isCloseTo(best, within(1e-7));
    }
  }

  private static double sum(double[][] scores, int[] choice) {
    double sum = 0;
    for (int e = 0; e < choice.length; e++) {
      sum += scores[e][choice[e]];
    }
    return sum;
  }
}
