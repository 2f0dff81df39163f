package org.proxyless.search.strategy.blackbox;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.proxyless.latency.SpaceLatency;
import org.proxyless.latency.choice.OperatorChoice;
import org.proxyless.latency.choice.OperatorChoice.Limit;
import org.proxyless.search.data.Batch;
import org.proxyless.search.strategy.PathEvaluator;
import org.proxyless.search.strategy.PathScore;
import org.proxyless.search.strategy.PerturbedChoice;
import org.proxyless.search.strategy.Strategy;

/**
 * Searches a supernet with a strategy that needs only evaluations: in each architecture step it
 * asks for networks, and is told their accuracy with the shared weights on the validation batch.
 */
public final class EvaluatingStrategy implements Strategy {
  /** As many as REINFORCE evaluates: a step costs the same. */
  private static final int NETWORKS_A_STEP = 10;

  private static final String EVENTS = "events";

  /** In a state, stands for a network that was drawn; accuracies are not below 0. */
  private static final double DRAWN = -1;

  private final EvaluationStrategy strategy;
  private final SpaceLatency latency;
  private final List<Limit> others;
  private final List<Double> events = new ArrayList<>();

  /**
   * @param strategy over the networks within the target
   * @param latency of the whole space
   * @param others limits besides
   */
  public EvaluatingStrategy(EvaluationStrategy strategy, SpaceLatency latency, List<Limit> others) {
    this.strategy = strategy;
    this.latency = latency;
    this.others = List.copyOf(others);
  }

  @Override
  public int[] samplePath() {
    events.add(DRAWN);
    return strategy.sample();
  }

  @Override
  public PathScore architectureStep(PathEvaluator evaluator, Batch validation) {
    double loss = 0;
    double accuracy = 0;
    for (int n = 0; n < NETWORKS_A_STEP; n++) {
      PathScore score = evaluate(path -> evaluator.score(path, validation));
      loss += score.loss() / NETWORKS_A_STEP;
      accuracy += score.accuracy() / NETWORKS_A_STEP;
    }
    return new PathScore(loss, accuracy);
  }

  /**
   * Asks for one network, has it scored, and learns from its accuracy.
   *
   * @param scoring how the network does; it is asked once
   */
  public PathScore evaluate(Function<int[], PathScore> scoring) {
    int[] path = strategy.ask();
    PathScore score = scoring.apply(path);
    strategy.tell(path, score.accuracy());
    events.add(score.accuracy());
    return score;
  }

  /** How far the network that was asked for last is to be trained. */
  public int rung() {
    return strategy.rung();
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
    List<Limit> limits = limits(latency, mostMillis);
    List<int[]> known = known(limits, 1);
    return known.isEmpty()
        ? List.of(OperatorChoice.best(logProbabilities(), limits, latency.couplings()))
        : known;
  }

  @Override
  public Optional<int[]> choose(SpaceLatency latency, double leastMillis, double mostMillis) {
    List<Limit> limits = limits(latency, mostMillis);
    limits.add(Limit.latencyAtLeast(latency, leastMillis));
    List<int[]> known = known(limits, 1);
    return known.isEmpty()
        ? OperatorChoice.find(logProbabilities(), limits, latency.couplings())
        : Optional.of(known.get(0));
  }

  @Override
  public List<int[]> finalists(double mostMillis, int most, RandomGenerator random) {
    List<Limit> limits = limits(latency, mostMillis);
    List<int[]> known = known(limits, most);
    return known.isEmpty()
        ? PerturbedChoice.draw(
            logProbabilities(),
            logs -> OperatorChoice.best(logs, limits, latency.couplings()),
            most,
            random)
        : known;
  }

  private List<Limit> limits(SpaceLatency latency, double mostMillis) {
    List<Limit> limits = new ArrayList<>(others);
    limits.add(0, Limit.latency(latency, mostMillis));
    return limits;
  }

  private List<int[]> known(List<Limit> limits, int most) {
    return strategy.preferred(
        path -> limits.stream().allMatch(limit -> limit.isKeptBy(path)), most);
  }

  private double[][] logProbabilities() {
    return Arrays.stream(strategy.probabilities())
        .map(p -> Arrays.stream(p).map(Math::log).toArray())
        .toArray(double[][]::new);
  }

  /**
   * What it was told and when it drew. As it is asked for the same networks again when it is told
   * the same, that is all it takes to go on.
   */
  @Override
  public Map<String, double[]> state() {
    return Map.of(EVENTS, events.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** Lives through everything again, without evaluating anything; the generator must be new. */
  @Override
  public void restore(Map<String, double[]> state) {
    for (double event : state.get(EVENTS)) {
      if (event == DRAWN) {
        samplePath();
      } else {
        strategy.tell(strategy.ask(), event);
        events.add(event);
      }
    }
  }
}
