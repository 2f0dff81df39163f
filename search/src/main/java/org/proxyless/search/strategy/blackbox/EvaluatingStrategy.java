package org.proxyless.search.strategy.blackbox;

import java.util.Arrays;
import java.util.List;
import org.proxyless.latency.OperatorChoice;
import org.proxyless.latency.SpaceLatency;
import org.proxyless.search.data.Batch;
import org.proxyless.search.strategy.PathEvaluator;
import org.proxyless.search.strategy.PathScore;
import org.proxyless.search.strategy.Strategy;

/**
 * Searches a supernet with a strategy that needs only evaluations: in each architecture step it
 * asks for networks, and is told their accuracy with the shared weights on the validation batch.
 */
public final class EvaluatingStrategy implements Strategy {
  /** As many as REINFORCE evaluates: a step costs the same. */
  private static final int NETWORKS_A_STEP = 10;

  private final EvaluationStrategy strategy;
  private final SpaceLatency latency;

  /**
   * @param strategy over the networks within the target
   * @param latency of the whole space
   */
  public EvaluatingStrategy(EvaluationStrategy strategy, SpaceLatency latency) {
    this.strategy = strategy;
    this.latency = latency;
  }

  @Override
  public int[] samplePath() {
    return strategy.sample();
  }

  @Override
  public PathScore architectureStep(PathEvaluator evaluator, Batch validation) {
    double loss = 0;
    double accuracy = 0;
    for (int n = 0; n < NETWORKS_A_STEP; n++) {
      int[] path = strategy.ask();
      PathScore score = evaluator.score(path, validation);
      strategy.tell(path, score.accuracy());
      loss += score.loss() / NETWORKS_A_STEP;
      accuracy += score.accuracy() / NETWORKS_A_STEP;
    }
    return new PathScore(loss, accuracy);
  }

  @Override
  public double[][] probabilities() {
    return strategy.probabilities();
  }

  /**
   * The best of the networks that the strategy keeps; of one that learns a distribution instead,
   * the likeliest network, solved exactly.
   */
  @Override
  public List<int[]> propose(double mostMillis) {
    List<int[]> known = strategy.preferred(path -> latency.latencyMillis(path) <= mostMillis);
    return known.isEmpty() ? List.of(likeliest(mostMillis)) : known;
  }

  private int[] likeliest(double mostMillis) {
    double[][] logs =
        Arrays.stream(strategy.probabilities())
            .map(p -> Arrays.stream(p).map(Math::log).toArray())
            .toArray(double[][]::new);
    return OperatorChoice.best(logs, latency, mostMillis);
  }
}
