package org.proxyless.search.estimate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.StatUtils;

/**
 * How far extrapolations of learning curves were from how the trainings ended, by the stage at
 * which they were made. What the next one is off is taken to come from the same normal
 * distribution.
 */
final class Promises {
  /** A training is stopped when the chance that it beats the best is this at most. */
  private static final double CHANCE = 0.05;

  /** Fewer kept promises say too little. */
  private static final int LEAST = 3;

  private static final String STAGE = "stage.";

  private final Map<Integer, List<Double>> errors = new HashMap<>();

  /**
   * A training was done to its end.
   *
   * @param stage at which its curve was extrapolated
   * @param error how much higher it ended
   */
  void kept(int stage, double error) {
    errors.computeIfAbsent(stage, any -> new ArrayList<>()).add(error);
  }

  /**
   * Where a training is expected to end.
   *
   * @param stage at which its curve was extrapolated
   * @param extrapolated accuracy; corrected by the mean error at this stage
   */
  double expected(int stage, double extrapolated) {
    double mean = errors.containsKey(stage) ? StatUtils.mean(errors(stage)) : 0;
    return Math.max(0, Math.min(1, extrapolated + mean));
  }

  /**
   * Whether a training is not worth finishing: the upper limit of the prediction interval for its
   * end, mean + t·s·√(1 + 1/n), is below the best accuracy.
   */
  boolean isHopeless(int stage, double extrapolated, double best) {
    if (!errors.containsKey(stage) || errors.get(stage).size() < LEAST) {
      return false;
    }
    double[] known = errors(stage);
    double t = new TDistribution(known.length - 1).inverseCumulativeProbability(1 - CHANCE);
    double spread = Math.sqrt(StatUtils.variance(known) * (1 + 1.0 / known.length));
    return extrapolated + StatUtils.mean(known) + t * spread < best;
  }

  private double[] errors(int stage) {
    return errors.get(stage).stream().mapToDouble(Double::doubleValue).toArray();
  }

  Map<String, double[]> state() {
    Map<String, double[]> state = new HashMap<>();
    errors.keySet().forEach(stage -> state.put(STAGE + stage, errors(stage)));
    return state;
  }

  void restore(Map<String, double[]> state) {
    errors.clear();
    state.forEach(
        (name, values) ->
            errors.put(
                Integer.parseInt(name.substring(STAGE.length())),
                new ArrayList<>(Arrays.stream(values).boxed().toList())));
  }
}
