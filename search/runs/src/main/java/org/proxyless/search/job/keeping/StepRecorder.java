package org.proxyless.search.job.keeping;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.proxyless.base.CsvFile;
import org.proxyless.base.State;
import org.proxyless.search.run.RunDirectory;
import org.proxyless.search.run.progress.Phase;
import org.proxyless.search.strategy.PathScore;
import org.proxyless.search.tensorboard.TensorBoardWriter;

/** Writes the steps of a run into its {@code metrics.csv} and for TensorBoard, and shows them. */
public final class StepRecorder implements AutoCloseable {
  private static final String BYTES = "metrics.bytes";

  private final CsvFile metrics;
  private final TensorBoardWriter board;
  private final RunningMean loss = new RunningMean();
  private final RunningMean accuracy = new RunningMean();
  private Phase phase;
  private String remark = "";
  private long lastNanos;

  /**
   * @param saved where the run goes on from; empty for a new one
   */
  public StepRecorder(RunDirectory directory, Optional<State> saved) {
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
    board = TensorBoardWriter.open(directory.file("tensorboard"), InstantSource.system());
  }

  /** How much of the file belongs to a state. */
  public void save(State state) {
    state.put(BYTES, metrics.bytes());
  }

  /** The phase that steps are shown in from now on. */
  public void show(Phase next) {
    phase = next;
    remark = "";
    loss.restart();
    accuracy.restart();
    lastNanos = System.nanoTime();
  }

  /** What to show behind loss and accuracy from now on. */
  public void remark(String text) {
    remark = text;
  }

  /** Where more can be written than {@code metrics.csv} has columns for. */
  TensorBoardWriter board() {
    return board;
  }

  /** A step that trained weights. */
  public void weightStep(String stage, long step, double learningRate, PathScore score) {
    metrics.append(stage, step, learningRate, score.loss(), score.accuracy(), null, null);
    Map<String, Double> figures = figures(stage, score);
    figures.put(stage + "/learning_rate", learningRate);
    board.scalars(step, figures);
    phase.step(
        String.format(
            Locale.ROOT,
            "loss %.3f, accuracy %.1f %%%s",
            loss.add(score.loss()),
            100 * accuracy.add(score.accuracy()),
            remark));
  }

  /** Something else that was scored; null where there is no such figure. */
  public void scored(String stage, long step, PathScore score, Double millis, Double entropy) {
    metrics.append(stage, step, null, score.loss(), score.accuracy(), millis, entropy);
    Map<String, Double> figures = figures(stage, score);
    if (millis != null) {
      figures.put(stage + "/expected_ms", millis);
    }
    if (entropy != null) {
      figures.put(stage + "/entropy", entropy);
    }
    board.scalars(step, figures);
  }

  /** The step's seconds are those since the one before, so that they add up to the phase's. */
  private Map<String, Double> figures(String stage, PathScore score) {
    long now = System.nanoTime();
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put(stage + "/loss", score.loss());
    figures.put(stage + "/accuracy", score.accuracy());
    figures.put(stage + "/step_seconds", (now - lastNanos) / 1e9);
    lastNanos = now;
    return figures;
  }

  @Override
  public void close() {
    metrics.close();
    board.close();
  }
}
