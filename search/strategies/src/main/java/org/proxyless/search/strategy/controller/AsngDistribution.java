package org.proxyless.search.strategy.controller;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.proxyless.search.strategy.Categorical;

/**
 * The distribution of ASNG-NAS (Akimoto et al., 2019) and its adaptive stochastic natural gradient:
 * a categorical for each choice and a Gaussian for each whole number. A step moves it by δ in the
 * Fisher metric along the natural gradient of the samples' rank-based utilities. The path s
 * accumulates the steps' directions: where it is long, they agree and δ grows; where they are
 * noise, Δ = 1/δ grows instead.
 */
final class AsngDistribution {
  private static final double ALPHA = 1.5;

  /** Share of the samples that counts as good, and as bad. */
  private static final double SELECTED = 0.25;

  private static final double NO_GRADIENT = 1e-18;

  /** θ, [choice][candidate]. */
  private final double[][] theta;

  private final double[] least;
  private final AsngGaussian[] numbers;

  /** s: the whitened directions of the steps, with forgetting. */
  private final double[] path;

  private double gamma;
  private double delta = 1;

  /**
   * A sample.
   *
   * @param categories a candidate for each choice
   * @param numbers before rounding and clipping: the update needs them so
   */
  record Draw(int[] categories, double[] numbers) {}

  /** A sample and what is to be lowered. */
  record Judged(Draw draw, double loss) {}

  /**
   * Starts even.
   *
   * @param sizes the candidates of each categorical choice
   * @param numbers the distribution of each whole number
   */
  AsngDistribution(int[] sizes, AsngGaussian... numbers) {
    theta = new double[sizes.length][];
    least = new double[sizes.length];
    // With a single choice the published margin 1 / (d (C − 1)) would leave nothing to learn.
    int open = Math.max(2, (int) Arrays.stream(sizes).filter(size -> size > 1).count());
    for (int i = 0; i < sizes.length; i++) {
      theta[i] = new double[sizes[i]];
      Arrays.fill(theta[i], 1.0 / sizes[i]);
      least[i] = sizes[i] > 1 ? 1.0 / (open * (sizes[i] - 1)) : 1;
    }
    this.numbers = numbers.clone();
    path = new double[Arrays.stream(sizes).map(size -> size - 1).sum() + 2 * numbers.length];
  }

  /** Draws two samples whose numbers mirror each other about the means. */
  List<Draw> drawPair(RandomGenerator random) {
    double[] up = new double[numbers.length];
    double[] down = new double[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      double distance = numbers[i].sigma() * random.nextGaussian();
      up[i] = numbers[i].mean() + distance;
      down[i] = numbers[i].mean() - distance;
    }
    return List.of(
        new Draw(Categorical.sample(theta, random), up),
        new Draw(Categorical.sample(theta, random), down));
  }

  /** One step by these samples; none at all where all are equally good. */
  void update(List<Judged> samples) {
    double[] utilities = utilities(samples.stream().mapToDouble(Judged::loss).toArray());
    if (Arrays.stream(utilities).allMatch(u -> u == 0)) {
      return;
    }
    double[][] ofTheta = categoricalGradient(samples, utilities);
    double[][] ofNumbers = numberGradient(samples, utilities);
    double[] whitened = whitened(ofTheta, ofNumbers);
    double norm = norm(whitened);
    if (norm < NO_GRADIENT) {
      return;
    }
    double step = 1 / delta;
    double beta = Math.min(1, step / Math.sqrt(path.length));
    for (int i = 0; i < theta.length; i++) {
      for (int c = 0; c < theta[i].length; c++) {
        theta[i][c] += step / norm * ofTheta[i][c];
      }
      keepMargin(theta[i], least[i]);
    }
    for (int i = 0; i < numbers.length; i++) {
      numbers[i].move(step / norm * ofNumbers[i][0], step / norm * ofNumbers[i][1]);
    }
    double rate = beta * (2 - beta);
    for (int i = 0; i < path.length; i++) {
      path[i] = (1 - beta) * path[i] + Math.sqrt(rate) * whitened[i] / norm;
    }
    gamma = (1 - beta) * (1 - beta) * gamma + rate;
    double length = norm(path);
    delta *= Math.exp(beta * (gamma - length * length / ALPHA));
  }

  /**
   * 1/μ for the best quarter, −1/μ for the worst, 0 between; equal losses share the mean of their
   * ranks' utilities. Nothing but the order counts.
   */
  static double[] utilities(double[] losses) {
    int n = losses.length;
    int selected = (int) Math.ceil(SELECTED * n);
    int[] order =
        IntStream.range(0, n)
            .boxed()
            .sorted((a, b) -> Double.compare(losses[a], losses[b]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] utilities = new double[n];
    for (int from = 0; from < n; ) {
      int to = from;
      double sum = 0;
      while (to < n && losses[order[to]] == losses[order[from]]) {
        sum += to < selected ? 1.0 / selected : 0;
        sum -= to >= n - selected ? 1.0 / selected : 0;
        to++;
      }
      for (int rank = from; rank < to; rank++) {
        utilities[order[rank]] = sum / (to - from);
      }
      from = to;
    }
    return utilities;
  }

  /** mean u (c − θ), c being one-hot. */
  private double[][] categoricalGradient(List<Judged> samples, double[] utilities) {
    double[][] gradient = new double[theta.length][];
    for (int i = 0; i < theta.length; i++) {
      gradient[i] = new double[theta[i].length];
      for (int k = 0; k < utilities.length; k++) {
        int chosen = samples.get(k).draw().categories()[i];
        for (int c = 0; c < theta[i].length; c++) {
          gradient[i][c] += utilities[k] * ((c == chosen ? 1 : 0) - theta[i][c]) / utilities.length;
        }
      }
    }
    return gradient;
  }

  /** mean u (x − m) and mean u (x² − v) of each number. */
  private double[][] numberGradient(List<Judged> samples, double[] utilities) {
    double[][] gradient = new double[numbers.length][2];
    for (int i = 0; i < numbers.length; i++) {
      for (int k = 0; k < utilities.length; k++) {
        double x = samples.get(k).draw().numbers()[i];
        gradient[i][0] += utilities[k] * (x - numbers[i].mean()) / utilities.length;
        gradient[i][1] += utilities[k] * (x * x - numbers[i].square()) / utilities.length;
      }
    }
    return gradient;
  }

  /** √F · gradient: its length is the step's in the Fisher metric, one for all variables. */
  private double[] whitened(double[][] ofTheta, double[][] ofNumbers) {
    double[] whitened = new double[path.length];
    int at = 0;
    for (int i = 0; i < theta.length; i++) {
      int last = theta[i].length - 1;
      double sum = 0;
      for (int c = 0; c < last; c++) {
        sum += ofTheta[i][c];
      }
      double ofLast = theta[i][last];
      for (int c = 0; c < last; c++) {
        double root = Math.sqrt(theta[i][c]);
        whitened[at++] = ofTheta[i][c] / root + root * sum / (ofLast + Math.sqrt(ofLast));
      }
    }
    for (int i = 0; i < numbers.length; i++) {
      double[] pair = numbers[i].whitened(ofNumbers[i][0], ofNumbers[i][1]);
      whitened[at++] = pair[0];
      whitened[at++] = pair[1];
    }
    return whitened;
  }

  /** Raises what is below the margin and takes it from the others, in proportion to their room. */
  private static void keepMargin(double[] p, double least) {
    double sum = 0;
    for (int c = 0; c < p.length; c++) {
      p[c] = Math.max(p[c], least);
      sum += p[c];
    }
    double room = sum - least * p.length;
    double excess = sum - 1;
    double total = 0;
    for (int c = 0; c < p.length; c++) {
      p[c] -= room > 0 ? excess * (p[c] - least) / room : 0;
      total += p[c];
    }
    for (int c = 0; c < p.length; c++) {
      p[c] /= total;
    }
  }

  private static double norm(double[] values) {
    return Math.sqrt(Arrays.stream(values).map(value -> value * value).sum());
  }

  /** θ, [choice][candidate]. */
  double[][] probabilities() {
    return Arrays.stream(theta).map(double[]::clone).toArray(double[][]::new);
  }

  /** The least probability of a choice's candidates. */
  double margin(int choice) {
    return least[choice];
  }

  /** Δ: what the step is divided by. */
  double delta() {
    return delta;
  }
}
