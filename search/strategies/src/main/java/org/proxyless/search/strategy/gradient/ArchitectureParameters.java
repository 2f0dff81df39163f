package org.proxyless.search.strategy.gradient;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.proxyless.latency.SpaceLatency;
import org.proxyless.latency.choice.OperatorChoice;
import org.proxyless.latency.choice.OperatorChoice.Limit;
import org.proxyless.search.strategy.Categorical;
import org.proxyless.search.strategy.PerturbedChoice;

/** The alphas a of every edge, whose softmax is the probability of each candidate. */
final class ArchitectureParameters {
  private static final double INITIAL_SIGMA = 1e-3;

  /** Tried in turn, since a small space may have no network between the first and the limit. */
  private static final double[] LEAST_SHARES = {0.985, 0.97, 0.9, 0.8};

  /** Where a limit holds the latency down, odds up to this may be the price of latency alone. */
  private static final double HELD_ODDS = 1e6;

  /** An edge is undecided between two candidates whose odds are no greater than this. */
  private static final double UNDECIDED_ODDS = 3;

  private final double[][] alphas;

  /** Starts almost indifferent: N(0, 1e-3). */
  ArchitectureParameters(int[] edgeSizes, RandomGenerator random) {
    alphas = new double[edgeSizes.length][];
    for (int e = 0; e < alphas.length; e++) {
      alphas[e] = new double[edgeSizes[e]];
      for (int c = 0; c < alphas[e].length; c++) {
        alphas[e][c] = random.nextGaussian(0, INITIAL_SIGMA);
      }
    }
  }

  /** The parameters themselves, [edge][candidate]: for their optimiser. */
  double[][] values() {
    return alphas;
  }

  int[] edgeSizes() {
    return Arrays.stream(alphas).mapToInt(edge -> edge.length).toArray();
  }

  /** p = softmax(a). */
  double[][] probabilities() {
    return Categorical.softmax(alphas);
  }

  /**
   * Networks within a latency that are like the distribution: the likeliest among those that take
   * at least most of the expected latency. Where nothing is decided yet, the likeliest network of
   * all is not typical: it takes the slightly preferred candidate, a skip say, on every edge, and
   * leaves the budget unused.
   *
   * @param mostMillis the latency that they do not exceed
   * @param others what else they keep
   */
  Choice typical(SpaceLatency latency, double mostMillis, List<Limit> others) {
    double expectedMillis = latency.expectedMillis(probabilities());
    return new Choice(latency, mostMillis, others, expectedMillis, UNDECIDED_ODDS);
  }

  /**
   * As {@link #typical}, for probabilities whose expected latency the loss keeps at a limit. Where
   * the space has slower networks than that, the probabilities have the price of latency in them,
   * so that dear candidates are rare although the cross-entropy prefers them; lest that be paid for
   * twice, the networks are to take most of the limit.
   */
  Choice kept(SpaceLatency latency, double mostMillis, List<Limit> others) {
    double reach = mostMillis - latency.excessMillis(Categorical.likeliest(alphas));
    return reach < latency.maxMillis()
        ? new Choice(latency, mostMillis, others, mostMillis, HELD_ODDS)
        : typical(latency, mostMillis, others);
  }

  /** The likeliest network in a band of latency; empty if there is none. */
  Optional<int[]> likeliest(
      SpaceLatency latency, double leastMillis, double mostMillis, List<Limit> others) {
    List<Limit> limits = new ArrayList<>(others);
    limits.add(0, Limit.latency(latency, mostMillis));
    limits.add(Limit.latencyAtLeast(latency, leastMillis));
    return OperatorChoice.find(logProbabilities(), limits, latency.couplings());
  }

  private double[][] logProbabilities() {
    double[][] logs = new double[alphas.length][];
    for (int e = 0; e < alphas.length; e++) {
      double partition = Categorical.logSumExp(alphas[e]);
      logs[e] = Arrays.stream(alphas[e]).map(alpha -> alpha - partition).toArray();
    }
    return logs;
  }

  /** Networks by these parameters, within limits. */
  final class Choice {
    private final SpaceLatency latency;
    private final double mostMillis;
    private final List<Limit> others;
    private final double typicalMillis;
    private final double odds;

    /**
     * @param typicalMillis what a network takes most of, if such a one is as good
     * @param odds up to which a network is as good
     */
    private Choice(
        SpaceLatency latency,
        double mostMillis,
        List<Limit> others,
        double typicalMillis,
        double odds) {
      this.latency = latency;
      this.mostMillis = mostMillis;
      this.others = others;
      this.typicalMillis = typicalMillis;
      this.odds = odds;
    }

    /** The likeliest: max Σ log p, exactly. */
    int[] likeliest() {
      return best(logProbabilities());
    }

    /** The likeliest first, then others near it: {@link PerturbedChoice}. */
    List<int[]> likely(int most, RandomGenerator random) {
      return PerturbedChoice.draw(logProbabilities(), this::best, most, random);
    }

    private int[] best(double[][] scores) {
      latency.requireWithinReach(mostMillis);
      List<Limit> limits = new ArrayList<>(others);
      limits.add(0, Limit.latency(latency, mostMillis));
      int[] likeliest = OperatorChoice.best(scores, limits, latency.couplings());
      double reach = mostMillis - latency.excessMillis(likeliest);
      for (double share : LEAST_SHARES) {
        List<Limit> between = new ArrayList<>(limits);
        between.add(Limit.latencyAtLeast(latency, share * Math.min(reach, typicalMillis)));
        Optional<int[]> typical = OperatorChoice.find(scores, between, latency.couplings());
        if (typical.isPresent() && isAsGood(scores, typical.get(), likeliest, odds)) {
          return typical.get();
        }
      }
      return likeliest;
    }
  }

  /** Whether on no edge the other path's candidate is more likely by more than these odds. */
  private static boolean isAsGood(double[][] scores, int[] path, int[] likeliest, double odds) {
    for (int e = 0; e < path.length; e++) {
      double difference = scores[e][likeliest[e]] - scores[e][path[e]];
      if (difference > Math.log(odds)) {
        return false;
      }
    }
    return true;
  }
}
