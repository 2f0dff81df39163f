package org.proxyless.search.recurrent.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.function.Function;
import org.proxyless.base.InvalidInputException;
import org.proxyless.base.StrictYaml;
import org.proxyless.benchmarks.process.MeasuringProgress;
import org.proxyless.search.recurrent.latency.PartTable;
import org.proxyless.search.recurrent.text.Corpus;
import org.proxyless.search.recurrent.text.TextParts;
import org.proxyless.search.run.RunControl;
import org.proxyless.search.run.RunDirectory;
import org.proxyless.search.run.progress.Progress;

/**
 * The whole way: a text, a table of latencies, a search within a latency of a token (or a cell that
 * is given), training, export, proof. Everything goes into a run directory of its own, from which a
 * run that was cut short goes on.
 */
public final class LanguageJob {
  /** The settings of a run. */
  public static final String SETTINGS = "language.yaml";

  private static final String LABEL = "language";

  private final LanguageSettings settings;
  private final Progress progress;
  private final RunControl control;
  private final Measuring measuring;

  /**
   * @param progress is shown how far it is
   * @param control keeps it and stops it
   */
  public LanguageJob(LanguageSettings settings, Progress progress, RunControl control) {
    this(settings, progress, control, measuring(settings, progress));
  }

  LanguageJob(
      LanguageSettings settings, Progress progress, RunControl control, Measuring measuring) {
    this.settings = settings;
    this.progress = progress;
    this.control = control;
    this.measuring = measuring;
  }

  private static Measuring measuring(LanguageSettings settings, Progress progress) {
    return Measuring.on(
        LanguageDevice.load(settings.device()), MeasuringProgress.notes(progress::note));
  }

  /**
   * Does it.
   *
   * @throws InvalidInputException if the settings cannot be kept, before anything long begins
   */
  public LanguageResult run() {
    RunDirectory.requireFree(settings.out());
    Corpus corpus = corpus();
    if (settings.table() != null) {
      PartTable.read(settings.table())
          .requireFor(corpus.vocabulary().size(), LanguageRun.parts(settings));
    }
    LanguageRun.requireLongEnough(settings, corpus);
    try (RunDirectory directory =
        RunDirectory.create(settings.out(), LABEL, SETTINGS, settings, LocalDateTime.now())) {
      return watched(new LanguageRun(settings, corpus, measuring, directory, progress, control));
    }
  }

  private Corpus corpus() {
    Corpus corpus =
        Corpus.of(TextParts.of(settings.text()), settings.unit(), settings.vocabulary());
    progress.note(settings.text() + ": " + corpus.description());
    return corpus;
  }

  private LanguageResult watched(LanguageRun run) {
    RunDirectory directory = run.directory();
    return control.watch(
        "proxyless language "
            + (settings.searches() ? "search" : "train")
            + " --resume "
            + directory.path(),
        () -> directory.recorded(run::complete));
  }

  /**
   * Goes on with a run that was cut short.
   *
   * @return empty if it has finished
   * @throws InvalidInputException if it is no such run, or its text is another one now
   */
  public static Optional<LanguageResult> resume(
      Path folder, Progress progress, RunControl control) {
    return resume(folder, progress, control, settings -> measuring(settings, progress));
  }

  static Optional<LanguageResult> resume(
      Path folder,
      Progress progress,
      RunControl control,
      Function<LanguageSettings, Measuring> measuring) {
    try (RunDirectory directory = RunDirectory.resume(folder, SETTINGS)) {
      if (Files.exists(directory.file(LanguageRun.FIGURES))) {
        return Optional.empty();
      }
      Path file = directory.file(SETTINGS);
      LanguageSettings settings =
          StrictYaml.read(file.toString(), Files.readAllBytes(file), LanguageSettings.class);
      LanguageJob job = new LanguageJob(settings, progress, control, measuring.apply(settings));
      LanguageRun run =
          new LanguageRun(settings, job.corpus(), job.measuring, directory, progress, control);
      return Optional.of(job.watched(run));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + folder, e);
    }
  }
}
