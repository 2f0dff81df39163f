package org.proxyless.search.strategy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.proxyless.latency.SpaceLatency;
import org.proxyless.search.data.Batch;

/**
 * Several strategies that share the weights of one supernet, each with a target of its own. They
 * take turns to draw the paths whose weights are trained; an architecture step is one of each, on
 * the same batch, so that each learns as much as it would alone.
 */
public final class SeveralStrategies implements Strategy {
  private static final String TURN = "turn";

  private final List<Strategy> strategies;
  private final List<Double> boundsMillis;
  private int turn;

  /**
   * @param strategies of one kind, for one space
   * @param boundsMillis the latency that each keeps
   */
  public SeveralStrategies(List<Strategy> strategies, List<Double> boundsMillis) {
    if (strategies.isEmpty() || strategies.size() != boundsMillis.size()) {
      throw new IllegalArgumentException(
          strategies.size() + " strategies with " + boundsMillis.size() + " latencies");
    }
    this.strategies = List.copyOf(strategies);
    this.boundsMillis = List.copyOf(boundsMillis);
  }

  @Override
  public int[] samplePath() {
    int[] path = strategies.get(turn).samplePath();
    turn = (turn + 1) % strategies.size();
    return path;
  }

  /**
   * @return the mean over the strategies
   */
  @Override
  public PathScore architectureStep(PathEvaluator evaluator, Batch validation) {
    double loss = 0;
    double accuracy = 0;
    for (Strategy strategy : strategies) {
      PathScore score = strategy.architectureStep(evaluator, validation);
      loss += score.loss() / strategies.size();
      accuracy += score.accuracy() / strategies.size();
    }
    return new PathScore(loss, accuracy);
  }

  /** The mean over the strategies. */
  @Override
  public double[][] probabilities() {
    double[][] mean = new double[strategies.get(0).probabilities().length][];
    for (Strategy strategy : strategies) {
      double[][] p = strategy.probabilities();
      for (int e = 0; e < p.length; e++) {
        mean[e] = mean[e] == null ? new double[p[e].length] : mean[e];
        for (int c = 0; c < p[e].length; c++) {
          mean[e][c] += p[e][c] / strategies.size();
        }
      }
    }
    return mean;
  }

  /** What each proposes, within its own latency. */
  @Override
  public List<int[]> propose(double mostMillis) {
    List<int[]> paths = new ArrayList<>();
    for (int i = 0; i < strategies.size(); i++) {
      paths.addAll(strategies.get(i).propose(Math.min(mostMillis, boundsMillis.get(i))));
    }
    return paths;
  }

  @Override
  public Optional<int[]> choose(SpaceLatency latency, double leastMillis, double mostMillis) {
    return strategies.get(0).choose(latency, leastMillis, mostMillis);
  }

  /** What each would choose among, within its own latency. */
  @Override
  public List<int[]> finalists(double mostMillis, int most, RandomGenerator random) {
    List<int[]> paths = new ArrayList<>();
    for (int i = 0; i < strategies.size(); i++) {
      double bound = Math.min(mostMillis, boundsMillis.get(i));
      paths.addAll(strategies.get(i).finalists(bound, most, random));
    }
    return paths;
  }

  @Override
  public boolean learns() {
    return strategies.get(0).learns();
  }

  @Override
  public Map<String, double[]> state() {
    Map<String, double[]> state = new HashMap<>();
    state.put(TURN, new double[] {turn});
    for (int i = 0; i < strategies.size(); i++) {
      String prefix = i + ".";
      strategies.get(i).state().forEach((name, values) -> state.put(prefix + name, values));
    }
    return state;
  }

  @Override
  public void restore(Map<String, double[]> state) {
    turn = (int) state.get(TURN)[0];
    for (int i = 0; i < strategies.size(); i++) {
      String prefix = i + ".";
      Map<String, double[]> own = new HashMap<>();
      state.forEach(
          (name, values) -> {
            if (name.startsWith(prefix)) {
              own.put(name.substring(prefix.length()), values);
            }
          });
      strategies.get(i).restore(own);
    }
  }
}
