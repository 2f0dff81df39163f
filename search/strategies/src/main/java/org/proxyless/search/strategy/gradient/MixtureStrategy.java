package org.proxyless.search.strategy.gradient;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.proxyless.latency.SpaceLatency;
import org.proxyless.latency.choice.OperatorChoice.Limit;
import org.proxyless.search.data.Batch;
import org.proxyless.search.strategy.Categorical;
import org.proxyless.search.strategy.GateGradients;
import org.proxyless.search.strategy.LatencyLoss;
import org.proxyless.search.strategy.MixtureWeights;
import org.proxyless.search.strategy.PathEvaluator;
import org.proxyless.search.strategy.PathScore;
import org.proxyless.search.strategy.WeightTrainer;

/**
 * Weights and architecture learn with all candidates at work, each with its share of the output. An
 * architecture step comes before the weight step of its round and knows that step's batch. Needs
 * {@link MixtureWeights}.
 */
abstract class MixtureStrategy extends LearnedStrategy {
  private final RandomGenerator random;

  /**
   * Shares z = softmax((a + noise)/temperature).
   *
   * @param shares z
   * @param temperature by which ∂z/∂a is divided
   */
  record Mixture(double[][] shares, double temperature) {}

  MixtureStrategy(
      int[] edgeSizes,
      SpaceLatency latency,
      LatencyLoss loss,
      double learningRate,
      List<Limit> others,
      RandomGenerator random) {
    super(LearnedArchitecture.likeDarts(edgeSizes, latency, loss, learningRate, others, random));
    this.random = random;
  }

  /** The mixture of the next step. */
  abstract Mixture mixture(double[][] alphas, RandomGenerator random);

  /** The validation loss and its gradient to the shares. */
  GateGradients gradients(
      MixtureWeights weights, double[][] shares, Batch training, Batch validation, double rate) {
    return weights.mixtureGradients(shares, validation);
  }

  /** Trains all candidates at equal shares. */
  @Override
  public final PathScore warmUpStep(
      WeightTrainer weights, Batch training, double learningRate, RandomGenerator ignored) {
    double[][] even = new double[weights.edgeSizes().length][];
    for (int e = 0; e < even.length; e++) {
      even[e] = new double[weights.edgeSizes()[e]];
      Arrays.fill(even[e], 1.0 / even[e].length);
    }
    return mixing(weights).trainWeights(even, training, learningRate);
  }

  @Override
  public final Round round(
      WeightTrainer weights, Batch training, double learningRate, Optional<Batch> validation) {
    MixtureWeights mixing = mixing(weights);
    Optional<PathScore> learnt =
        validation.map(batch -> learn(mixing, training, batch, learningRate));
    double[][] shares = mixture(architecture.values(), random).shares();
    return new Round(mixing.trainWeights(shares, training, learningRate), learnt);
  }

  private static MixtureWeights mixing(WeightTrainer weights) {
    if (weights instanceof MixtureWeights mixing) {
      return mixing;
    }
    throw new IllegalArgumentException(
        "a strategy that mixes candidates needs weights that can, not " + weights);
  }

  private PathScore learn(
      MixtureWeights weights, Batch training, Batch validation, double learningRate) {
    Mixture mixture = mixture(architecture.values(), random);
    GateGradients seen = gradients(weights, mixture.shares(), training, validation, learningRate);
    architecture.descend(gradient(mixture, seen, architecture.latency(), architecture.loss()));
    architecture.keepTarget();
    return seen.score();
  }

  /** ∂L/∂a, where both the cross-entropy and the latency Σ z·LUT are those of the mixture. */
  static double[][] gradient(
      Mixture mixture, GateGradients seen, SpaceLatency latency, LatencyLoss loss) {
    double[][] z = mixture.shares();
    double crossEntropy = seen.score().loss();
    double mixedMillis = latency.expectedMillis(z);
    double crossEntropySlope = loss.crossEntropySlope(crossEntropy, mixedMillis);
    double latencySlope = loss.latencySlope(crossEntropy, mixedMillis);
    double[][] millis = latency.operatorMillis();
    double[][] gradient = new double[z.length][];
    for (int e = 0; e < z.length; e++) {
      double[] ofShares = new double[z[e].length];
      for (int c = 0; c < ofShares.length; c++) {
        ofShares[c] = crossEntropySlope * seen.values()[e][c] + latencySlope * millis[e][c];
      }
      gradient[e] = GateSampling.throughSoftmax(ofShares, z[e]);
      for (int c = 0; c < ofShares.length; c++) {
        gradient[e][c] /= mixture.temperature();
      }
    }
    return gradient;
  }

  /** Not for training here: a path drawn from p. */
  @Override
  public final int[] samplePath() {
    return Categorical.sample(architecture.probabilities(), random);
  }

  @Override
  public final PathScore architectureStep(PathEvaluator evaluator, Batch validation) {
    throw new UnsupportedOperationException("a mixture learns in rounds");
  }
}
