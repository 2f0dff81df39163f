package org.proxyless.search.job;

import java.util.Locale;
import java.util.Optional;
import org.proxyless.search.checkpoint.State;
import org.proxyless.search.file.CsvFile;
import org.proxyless.search.run.Phase;
import org.proxyless.search.run.RunDirectory;
import org.proxyless.search.strategy.PathScore;

/** Writes the steps of a run into its {@code metrics.csv}, and shows them. */
final class StepRecorder implements AutoCloseable {
  private static final String BYTES = "metrics.bytes";

  private final CsvFile metrics;
  private final RunningMean loss = new RunningMean();
  private final RunningMean accuracy = new RunningMean();
  private Phase phase;
  private String remark = "";

  /**
   * @param saved where the run goes on from; empty for a new one
   */
  StepRecorder(RunDirectory directory, Optional<State> saved) {
    metrics =
        directory.metrics(
            saved.map(state -> state.number(BYTES)).orElse(0L),
            "stage",
            "step",
            "learningRate",
            "loss",
            "accuracy",
            "expectedMillis",
            "entropy");
  }

  /** How much of the file belongs to a state. */
  void save(State state) {
    state.put(BYTES, metrics.bytes());
  }

  /** The phase that steps are shown in from now on. */
  void show(Phase next) {
    phase = next;
    remark = "";
    loss.restart();
    accuracy.restart();
  }

  /** What to show behind loss and accuracy from now on. */
  void remark(String text) {
    remark = text;
  }

  /** A step that trained weights. */
  void weightStep(String stage, long step, double learningRate, PathScore score) {
    metrics.append(stage, step, learningRate, score.loss(), score.accuracy(), null, null);
    phase.step(
        String.format(
            Locale.ROOT,
            "loss %.3f, accuracy %.1f %%%s",
            loss.add(score.loss()),
            100 * accuracy.add(score.accuracy()),
            remark));
  }

  /** Something else that was scored; null where there is no such figure. */
  void scored(String stage, long step, PathScore score, Double millis, Double entropy) {
    metrics.append(stage, step, null, score.loss(), score.accuracy(), millis, entropy);
  }

  @Override
  public void close() {
    metrics.close();
  }
}
