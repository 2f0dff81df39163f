package org.proxyless.search.job.keeping;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.proxyless.base.CsvFile;
import org.proxyless.base.State;
import org.proxyless.latency.SpaceLatency;
import org.proxyless.search.job.prepare.PriceList;
import org.proxyless.search.job.prepare.PricedSpace;
import org.proxyless.search.run.RunDirectory;
import org.proxyless.search.run.progress.Progress;
import org.proxyless.search.strategy.PathScore;
import org.proxyless.search.train.SearchObserver;

/** Writes what happens in a search into the run directory, and shows it. */
public final class JobRecorder implements SearchObserver, AutoCloseable {
  /** Weight steps from one row of probabilities to the next. */
  private static final long ALPHAS_INTERVAL = 25;

  private static final String BYTES = "alphas.bytes";
  private static final String NEXT = "alphas.next";
  private static final String CANDIDATES_BYTES = "candidates.bytes";

  private final PriceList prices;
  private final SpaceLatency latency;
  private final double architectureRate;
  private final StepRecorder steps;
  private final Progress progress;
  private final CsvFile alphas;
  private final CandidatesFile candidates;
  private long nextAlphas;

  /**
   * @param architectureRate the learning rate of the architecture parameters
   * @param progress hears of proposals
   * @param saved where the search goes on from; empty for a new one
   */
  public JobRecorder(
      RunDirectory directory,
      StepRecorder steps,
      PricedSpace priced,
      PriceList prices,
      double architectureRate,
      Progress progress,
      Optional<State> saved) {
    this.prices = prices;
    this.latency = priced.latency();
    this.architectureRate = architectureRate;
    this.steps = steps;
    this.progress = progress;
    alphas =
        directory.alphas(
            saved.map(state -> state.number(BYTES)).orElse(0L),
            "step",
            "edge",
            "candidate",
            "probability");
    nextAlphas = saved.map(state -> state.number(NEXT)).orElse(0L);
    candidates =
        new CandidatesFile(
            directory, priced, saved.map(state -> state.number(CANDIDATES_BYTES)).orElse(0L));
    steps.board().text(0, "candidates", candidatesText());
  }

  /** Which number in the histograms of the probabilities is which operator. */
  private String candidatesText() {
    StringBuilder table = new StringBuilder("edge | candidates\n--- | ---\n");
    for (PriceList.PricedBlock edge : prices.edges()) {
      table.append(edge.name()).append(" | ");
      for (int c = 0; c < edge.candidates().size(); c++) {
        table.append(c == 0 ? "" : ", ").append(c).append(": ");
        table.append(edge.candidates().get(c).label());
      }
      table.append('\n');
    }
    return table.toString();
  }

  /** How much of the files belongs to a state. */
  public void save(State state) {
    state
        .put(BYTES, alphas.bytes())
        .put(NEXT, nextAlphas)
        .put(CANDIDATES_BYTES, candidates.bytes());
  }

  @Override
  public void weightStep(Stage stage, long step, double learningRate, PathScore score) {
    steps.weightStep(stage.name().toLowerCase(Locale.ROOT), step, learningRate, score);
  }

  @Override
  public void architectureStep(long step, PathScore score, double[][] probabilities) {
    double expectedMillis = latency.expectedMillis(probabilities);
    double entropy = entropy(probabilities);
    steps.scored("architecture", step, score, expectedMillis, entropy);
    double target = prices.targetMillis();
    steps
        .board()
        .scalars(
            step,
            Map.of(
                "architecture/over_target_percent",
                100 * (expectedMillis / target - 1),
                "architecture/learning_rate",
                architectureRate));
    steps.remark(
        String.format(
            Locale.ROOT,
            ", expected %.3f of %.3f ms, entropy %.2f",
            expectedMillis,
            target,
            entropy));
    if (step >= nextAlphas) {
      nextAlphas = step + ALPHAS_INTERVAL;
      probabilities(step, probabilities);
    }
  }

  /** Writes the probability of every candidate. */
  public void probabilities(long step, double[][] probabilities) {
    for (int e = 0; e < probabilities.length; e++) {
      for (int c = 0; c < probabilities[e].length; c++) {
        alphas.append(step, e, c, probabilities[e][c]);
      }
      String tag = "probabilities/" + prices.edges().get(e).name();
      steps.board().distribution(step, tag, probabilities[e]);
    }
  }

  @Override
  public void proposal(long step, int[] path, PathScore score) {
    double millis = latency.latencyMillis(path);
    steps.scored("proposal", step, score, millis, null);
    candidates.append(step, path, score);
    progress.detail(
        String.format(
            Locale.ROOT,
            "step %d: proposed a network of %.3f ms, accuracy %.1f %%",
            step,
            millis,
            100 * score.accuracy()));
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
    alphas.close();
    candidates.close();
  }
}
