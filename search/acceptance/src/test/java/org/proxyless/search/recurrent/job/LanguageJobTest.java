package org.proxyless.search.recurrent.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.proxyless.base.InvalidInputException;
import org.proxyless.benchmarks.sites.NetworkMeasurement;
import org.proxyless.search.job.StoppingProgress;
import org.proxyless.search.recurrent.cell.WiredCell;
import org.proxyless.search.recurrent.export.LanguageModel;
import org.proxyless.search.recurrent.latency.Part;
import org.proxyless.search.recurrent.latency.PartTable;
import org.proxyless.search.recurrent.text.TextUnit;
import org.proxyless.search.run.RunControl;
import org.proxyless.search.run.RunStoppedException;
import org.proxyless.search.run.StopSignal;
import org.proxyless.search.run.progress.Progress;
import org.proxyless.search.run.settings.StrategyKind;

/** Whole runs on a small text, with latencies that are made up. */
class LanguageJobTest {
  private static final int STEPS = 20;

  @TempDir Path folder;
  private Path text;

  /** Each part takes as many microseconds as the model is wide; a file, so many times as much. */
  private record MadeUp(double factor) implements Measuring {
    @Override
    public PartTable parts(List<Part> parts, List<WiredCell> wholes, int vocabulary) {
      Map<String, Double> millis = new HashMap<>();
      parts.forEach(part -> millis.put(part.key(), part.width() / 1000.0));
      return new PartTable("made-up", 1, vocabulary, 1, millis);
    }

    @Override
    public NetworkMeasurement token(Path model) {
      try (LanguageModel exported = LanguageModel.open(model, 1)) {
        double millis = factor * exported.stateSize() / 1000;
        return new NetworkMeasurement(
            millis, millis, new NetworkMeasurement.Interval(millis, millis), 1);
      }
    }
  }

  @BeforeEach
  void writeAText() throws IOException {
    text = Files.writeString(folder.resolve("text.txt"), "to be or not to be\n".repeat(400));
  }

  private LanguageSettings settings(String space, StrategyKind strategy, String out) {
    return new LanguageSettings(
        text.toString(),
        TextUnit.CHARACTERS,
        100,
        space,
        null,
        List.of(3, 6, 12),
        List.of(1, 2, 3),
        List.of(),
        0.06,
        "local-cpu",
        null,
        strategy,
        STEPS,
        STEPS,
        false,
        4,
        6,
        5,
        "light",
        1,
        3,
        folder.resolve(out));
  }

  private static RunControl control(StopSignal stop) {
    return new RunControl(Duration.ofDays(1), stop);
  }

  private static LanguageResult run(LanguageSettings settings, double factor) {
    return new LanguageJob(
            settings, Progress.silent(), control(new StopSignal()), new MadeUp(factor))
        .run();
  }

  @ParameterizedTest
  @CsvSource({"darts-rnn,evolution", "enas-rnn,enas", "darts-rnn,asng"})
  void aSearchEndsWithAModelWithinTheTarget(String space, StrategyKind strategy)
      throws IOException {
    LanguageResult result = run(settings(space, strategy, "run"), 1);

    assertThat(result.table().predict(result.architecture())).isLessThanOrEqualTo(0.06);
    assertThat(result.meetsTarget()).isTrue();
    assertThat(result.testLoss()).isLessThan(Math.log(result.vocabulary()));
    assertThat(String.join("\n", result.summary()))
        .contains("target 0.06000 ms", "the target is met", "bits per character", "first d=");
    assertThat(Files.readAllLines(folder.resolve("run/metrics.csv"))).hasSize(1 + 2 * STEPS);
  }

  @Test
  void whatIsMeasuredAboveTheTargetMakesTheModelSmaller() {
    LanguageResult roomy = run(settings("darts-rnn", StrategyKind.of("random"), "roomy"), 1);
    int width = roomy.architecture().embedding();
    double aQuarterTooLong = 1.25 * 60 / width;
    LanguageResult tight =
        run(settings("darts-rnn", StrategyKind.of("random"), "tight"), aQuarterTooLong);

    assertThat(tight.architecture().embedding()).isLessThan(width);
    assertThat(tight.meetsTarget()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"search 13/", "train 12/"})
  void aRunThatWasStoppedEndsTheSame(String line) throws IOException {
    run(settings("enas-rnn", StrategyKind.of("evolution"), "whole"), 1);
    StopSignal stop = new StopSignal();
    Progress progress = StoppingProgress.at(line, stop, OutputStream.nullOutputStream());
    LanguageSettings again = settings("enas-rnn", StrategyKind.of("evolution"), "again");
    assertThatThrownBy(() -> new LanguageJob(again, progress, control(stop), new MadeUp(1)).run())
        .isInstanceOf(RunStoppedException.class);

    LanguageJob.resume(
        again.out(), Progress.silent(), control(new StopSignal()), settings -> new MadeUp(1));

    for (String file : List.of("metrics.csv", "export/language-model/1/saved_model.pb")) {
      assertThat(folder.resolve("again").resolve(file))
          .hasSameBinaryContentAs(folder.resolve("whole").resolve(file));
    }
    assertThat(
            LanguageJob.resume(
                again.out(), Progress.silent(), control(stop), settings -> new MadeUp(1)))
        .isEmpty();
  }

  @Test
  void aRunDoesNotGoOnWithAnotherText() throws IOException {
    StopSignal stop = new StopSignal();
    Progress progress = StoppingProgress.at("search 5/", stop, OutputStream.nullOutputStream());
    LanguageSettings settings = settings("darts-rnn", StrategyKind.of("random"), "run");
    assertThatThrownBy(
            () -> new LanguageJob(settings, progress, control(stop), new MadeUp(1)).run())
        .isInstanceOf(RunStoppedException.class);
    Files.writeString(text, "that is the question\n".repeat(400));

    assertThatThrownBy(
            () ->
                LanguageJob.resume(
                    settings.out(),
                    Progress.silent(),
                    control(new StopSignal()),
                    all -> new MadeUp(1)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("began with another text than");
  }

  @Test
  void aTargetBelowTheSmallestModelIsRefusedBeforeAnythingLong() {
    LanguageSettings all = settings("darts-rnn", StrategyKind.of("random"), "run");
    LanguageSettings settings =
        new LanguageSettings(
            all.text(),
            all.unit(),
            all.vocabulary(),
            all.space(),
            null,
            all.embeddings(),
            all.nodes(),
            all.ranks(),
            0.001,
            all.device(),
            null,
            all.strategy(),
            1 << 20,
            1,
            false,
            all.batchSize(),
            all.unroll(),
            1,
            "none",
            1,
            1,
            all.out());

    assertThatThrownBy(() -> run(settings, 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "--target-ms is 0.001000; the smallest model of the space, 3 wide with 1 nodes, is"
                + " predicted to take 0.01200 ms. Raise it, or add smaller sizes with --embeddings"
                + " and --nodes.");
  }

  @Test
  void anExportedModelIsEvaluatedOnTheRunsTextOrAnother() throws IOException {
    LanguageResult result = run(settings("darts-rnn", StrategyKind.of("random"), "run"), 1);
    Path other = Files.writeString(folder.resolve("other.txt"), "not to be? ß\n");

    LanguageEvaluation own = LanguageEvaluation.of(result.runDirectory(), null);
    assertThat(own.loss()).isEqualTo(result.testLoss());
    assertThat(own.unknown()).isZero();
    LanguageEvaluation others =
        LanguageEvaluation.of(result.runDirectory().resolve("export"), other);
    assertThat(others.tokens()).isEqualTo(13);
    assertThat(others.unknown()).isEqualTo(2);
    assertThat(LanguageEvaluation.applies(folder)).isFalse();
    assertThatThrownBy(() -> LanguageEvaluation.of(folder, other))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("holds no exported language model");
  }
}
