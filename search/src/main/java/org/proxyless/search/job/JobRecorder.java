package org.proxyless.search.job;

import java.util.Locale;
import org.proxyless.latency.SpaceLatency;
import org.proxyless.search.file.CsvFile;
import org.proxyless.search.run.Phase;
import org.proxyless.search.run.RunDirectory;
import org.proxyless.search.strategy.PathScore;
import org.proxyless.search.train.SearchObserver;

/** Writes what happens in a search into the run directory, and shows it. */
final class JobRecorder implements SearchObserver, AutoCloseable {
  /** Weight steps from one row of probabilities to the next. */
  private static final long ALPHAS_INTERVAL = 25;

  private final SpaceLatency latency;
  private final CsvFile metrics;
  private final CsvFile alphas;
  private final Average loss = new Average();
  private final Average accuracy = new Average();
  private Phase phase;
  private String expectation = "";
  private long nextAlphas;

  JobRecorder(RunDirectory directory, SpaceLatency latency) {
    this.latency = latency;
    metrics =
        directory.metrics(
            "stage", "step", "learningRate", "loss", "accuracy", "expectedMillis", "entropy");
    alphas = directory.alphas("step", "edge", "candidate", "probability");
  }

  /** The phase that steps are shown in from now on. */
  void show(Phase next) {
    phase = next;
    loss.restart();
    accuracy.restart();
  }

  @Override
  public void weightStep(Stage stage, long step, double learningRate, PathScore score) {
    String name = stage.name().toLowerCase(Locale.ROOT);
    metrics.append(name, step, learningRate, score.loss(), score.accuracy(), null, null);
    shown(score);
  }

  /** A step of fine-tuning. */
  void fineTuneStep(long step, double learningRate, PathScore score) {
    metrics.append("fine-tune", step, learningRate, score.loss(), score.accuracy(), null, null);
    shown(score);
  }

  private void shown(PathScore score) {
    phase.step(
        String.format(
            Locale.ROOT,
            "loss %.3f, accuracy %.1f %%%s",
            loss.add(score.loss()),
            100 * accuracy.add(score.accuracy()),
            expectation));
  }

  @Override
  public void architectureStep(long step, PathScore score, double[][] probabilities) {
    double expectedMillis = latency.expectedMillis(probabilities);
    double entropy = entropy(probabilities);
    metrics.append(
        "architecture", step, null, score.loss(), score.accuracy(), expectedMillis, entropy);
    expectation =
        String.format(Locale.ROOT, ", expected %.3f ms, entropy %.2f", expectedMillis, entropy);
    if (step >= nextAlphas) {
      nextAlphas = step + ALPHAS_INTERVAL;
      probabilities(step, probabilities);
    }
  }

  /** Writes the probability of every candidate. */
  void probabilities(long step, double[][] probabilities) {
    for (int e = 0; e < probabilities.length; e++) {
      for (int c = 0; c < probabilities[e].length; c++) {
        alphas.append(step, e, c, probabilities[e][c]);
      }
    }
  }

  @Override
  public void proposal(long step, int[] path, PathScore score) {
    metrics.append(
        "proposal", step, null, score.loss(), score.accuracy(), latency.latencyMillis(path), null);
  }

  /** −Σ p ln p in nats, averaged over the edges. */
  private static double entropy(double[][] probabilities) {
    double sum = 0;
    for (double[] edge : probabilities) {
      for (double p : edge) {
        sum -= p > 0 ? p * Math.log(p) : 0;
      }
    }
    return sum / probabilities.length;
  }

  @Override
  public void close() {
    metrics.close();
    alphas.close();
  }

  /** Of the last steps, so that a single batch doesn't make the figure jump. */
  private static final class Average {
    private static final double DECAY = 0.95;
    private double sum;
    private double weight;

    void restart() {
      sum = 0;
      weight = 0;
    }

    double add(double value) {
      sum = DECAY * sum + (1 - DECAY) * value;
      weight = DECAY * weight + (1 - DECAY);
      return sum / weight;
    }
  }
}
