package org.proxyless.search.strategy.model;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.apache.commons.math3.stat.StatUtils;
import org.proxyless.search.strategy.blackbox.FeasibleSpace;
import org.proxyless.search.strategy.blackbox.ToldNetworks;

/**
 * Several regressions that learn to predict scores of networks, each from other first weights. How
 * far they differ says how little is known of a network (Lakshminarayanan et al., Deep Ensembles,
 * NeurIPS 2017).
 */
final class PredictorEnsemble {
  private final FeasibleSpace space;
  private final DenseRegression[] members;
  private final double mean;
  private final double deviation;

  /** What is expected of a network, in the unit of the scores. */
  record Prediction(double mean, double deviation) {}

  private PredictorEnsemble(
      FeasibleSpace space, DenseRegression[] members, double mean, double deviation) {
    this.space = space;
    this.members = members;
    this.mean = mean;
    this.deviation = deviation;
  }

  /**
   * Trains one.
   *
   * @param told one network or more
   * @param size members
   * @param share of the networks that each member learns from, drawn by itself
   * @param random of weights, shares and orders
   */
  static PredictorEnsemble fit(
      FeasibleSpace space,
      ToldNetworks told,
      int size,
      double share,
      DenseRegression.Settings settings,
      RandomGenerator random) {
    double[] scores = told.scores();
    double mean = StatUtils.mean(scores);
    double spread = Math.sqrt(StatUtils.populationVariance(scores, mean));
    double deviation = spread > 0 ? spread : 1;
    double[][] inputs =
        told.paths().stream().map(path -> encoded(path, space)).toArray(double[][]::new);
    double[] targets = Arrays.stream(scores).map(s -> (s - mean) / deviation).toArray();
    int examples = (int) Math.max(1, Math.round(share * inputs.length));
    DenseRegression[] members = new DenseRegression[size];
    for (int m = 0; m < size; m++) {
      members[m] = new DenseRegression(inputs[0].length, settings, random);
      int[] drawn = drawn(inputs.length, examples, random);
      members[m].fit(
          Arrays.stream(drawn).mapToObj(n -> inputs[n]).toArray(double[][]::new),
          Arrays.stream(drawn).mapToDouble(n -> targets[n]).toArray(),
          random);
    }
    return new PredictorEnsemble(space, members, mean, deviation);
  }

  private static int[] drawn(int of, int many, RandomGenerator random) {
    int[] all = new int[of];
    Arrays.setAll(all, i -> i);
    for (int i = 0; i < many && many < of; i++) {
      int other = random.nextInt(i, of);
      int kept = all[i];
      all[i] = all[other];
      all[other] = kept;
    }
    return Arrays.copyOf(all, many);
  }

  /** A 1 for the candidate of each choice, 0 for the others, and the logarithm of the latency. */
  private static double[] encoded(int[] path, FeasibleSpace space) {
    int[] sizes = space.sizes();
    double[] encoded = new double[Arrays.stream(sizes).sum() + 1];
    int first = 0;
    for (int choice = 0; choice < sizes.length; choice++) {
      encoded[first + path[choice]] = 1;
      first += sizes[choice];
    }
    encoded[first] = Math.log(space.latencyMillis(path));
    return encoded;
  }

  /** What is expected of a feasible network. */
  Prediction predict(int[] path) {
    double[] input = encoded(path, space);
    double[] each = Arrays.stream(members).mapToDouble(m -> m.predict(input)).toArray();
    double middle = StatUtils.mean(each);
    return new Prediction(
        mean + deviation * middle,
        deviation * Math.sqrt(StatUtils.populationVariance(each, middle)));
  }

  /** The same of several. */
  List<Prediction> predict(List<int[]> paths) {
    return paths.stream().map(this::predict).toList();
  }
}
