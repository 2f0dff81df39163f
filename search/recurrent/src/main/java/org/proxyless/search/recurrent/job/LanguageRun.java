package org.proxyless.search.recurrent.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.proxyless.base.Checkpoints;
import org.proxyless.base.CsvFile;
import org.proxyless.base.InvalidInputException;
import org.proxyless.base.SavedRandom;
import org.proxyless.base.State;
import org.proxyless.benchmarks.sites.NetworkMeasurement;
import org.proxyless.search.recurrent.cell.Architecture;
import org.proxyless.search.recurrent.cell.Cells;
import org.proxyless.search.recurrent.cell.RecurrentSpace;
import org.proxyless.search.recurrent.cell.WiredCell;
import org.proxyless.search.recurrent.export.LanguageModel;
import org.proxyless.search.recurrent.job.LanguageSearch.Finalist;
import org.proxyless.search.recurrent.latency.Part;
import org.proxyless.search.recurrent.latency.PartTable;
import org.proxyless.search.recurrent.text.Corpus;
import org.proxyless.search.recurrent.text.TokenWindows;
import org.proxyless.search.recurrent.text.Vocabulary.Encoded;
import org.proxyless.search.recurrent.train.LanguageTraining;
import org.proxyless.search.recurrent.train.SharedLanguageModel;
import org.proxyless.search.run.RunControl;
import org.proxyless.search.run.RunDirectory;
import org.proxyless.search.run.RunStoppedException;
import org.proxyless.search.run.progress.Phase;
import org.proxyless.search.run.progress.Progress;
import org.proxyless.search.run.settings.StrategyKind;
import org.proxyless.search.strategy.blackbox.EvaluationStrategy;
import org.proxyless.search.strategy.controller.AsngSearch;

/** One run, new or from its last checkpoint. */
final class LanguageRun {
  static final String TABLE = "latency.yaml";
  static final String FIGURES = "result.json";
  static final String EXPORT = "export";
  static final String MODEL = "language-model";

  private static final String TEXT = "text";
  private static final String STAGE = "stage";
  private static final String SEARCH = "search";
  private static final String TRAIN = "train";
  private static final String STEP = "step";
  private static final String WEIGHTS = "weights.";
  private static final String EVENTS = "events";
  private static final String PATH = "path";
  private static final String HISTORY = "history";
  private static final String METRICS = "metrics";

  /** It alone makes use of it that sizes are steps of one quantity. */
  private static final StrategyKind ASNG = StrategyKind.of("asng");

  private static final int MOST_PROOFS = 4;
  private static final double PROOF_MARGIN = 0.98;
  private static final int SCORED_PIECE = 2000;
  private static final int MOST_LOOKS = 3;

  /** So many times the target is no accident. */
  private static final double CLEARLY_ABOVE = 1.2;

  /** What random numbers are for; each has a generator of its own. */
  private enum Purpose {
    SUPERNET,
    STRATEGY,
    FINALISTS,
    MODEL,
    OFFSETS
  }

  private final LanguageSettings settings;
  private final Corpus corpus;
  private final Measuring measuring;
  private final RunDirectory directory;
  private final Progress progress;
  private final RunControl control;
  private final Checkpoints checkpoints;
  private final Optional<State> saved;
  private final TokenWindows training;
  private final TokenWindows validation;
  private final CsvFile metrics;
  private long writtenNanos = System.nanoTime();

  /** The path that was found, in this process or before; empty where nothing is searched. */
  private int[] chosen = {};

  LanguageRun(
      LanguageSettings settings,
      Corpus corpus,
      Measuring measuring,
      RunDirectory directory,
      Progress progress,
      RunControl control) {
    this.settings = settings;
    this.corpus = corpus;
    this.measuring = measuring;
    this.directory = directory;
    this.progress = progress;
    this.control = control;
    checkpoints = directory.checkpoints();
    saved = checkpoints.newest(progress::note);
    saved.ifPresent(this::requireSameText);
    training = training(settings, corpus);
    validation = windows(settings, corpus.valid());
    metrics =
        directory.metrics(
            saved.map(state -> state.number(METRICS)).orElse(0L),
            STAGE,
            STEP,
            "trainLossNats",
            "validationLossNats");
  }

  /** Refuses a text that is too short for the batches, before anything long begins. */
  static void requireLongEnough(LanguageSettings settings, Corpus corpus) {
    training(settings, corpus);
    windows(settings, corpus.valid());
  }

  private static TokenWindows training(LanguageSettings settings, Corpus corpus) {
    return new TokenWindows(
        corpus.train().tokens(),
        settings.batchSize(),
        settings.unroll(),
        epoch ->
            SavedRandom.of(settings.seed() + epoch, Purpose.OFFSETS.ordinal())
                .nextInt(settings.unroll()));
  }

  private static TokenWindows windows(LanguageSettings settings, Encoded part) {
    return new TokenWindows(part.tokens(), settings.batchSize(), settings.unroll());
  }

  /** The parts that a table must have. */
  static List<Part> parts(LanguageSettings settings) {
    if (settings.searches()) {
      return Part.of(settings.recurrentSpace());
    }
    Architecture architecture = settings.architecture();
    if (!(architecture.cell() instanceof WiredCell)) {
      return Part.of(architecture);
    }
    // A node's time follows from those of identity nodes.
    return Stream.concat(
            Part.of(architecture).stream(),
            Stream.of(new Part(Part.Kind.IDENTITY, architecture.embedding(), 0)))
        .distinct()
        .toList();
  }

  RunDirectory directory() {
    return directory;
  }

  private void requireSameText(State state) {
    if (!state.text(TEXT).equals(corpus.hash())) {
      throw new InvalidInputException(
          "the run "
              + directory.path()
              + " began with another text than "
              + settings.text()
              + " is now. Put back what was, or start a new run.");
    }
  }

  LanguageResult complete() {
    try (metrics) {
      PartTable table = table();
      Architecture architecture;
      Optional<Map<String, float[]>> first = Optional.empty();
      if (!settings.searches()) {
        architecture = settings.architecture();
      } else if (saved.isPresent() && saved.get().text(STAGE).equals(TRAIN)) {
        architecture = settings.recurrentSpace().decode(path(saved.get()));
      } else {
        Found found = search(table);
        architecture = settings.recurrentSpace().decode(found.path());
        first = settings.fromScratch() ? Optional.empty() : Optional.of(found.weights());
        chosen = found.path();
      }
      return train(architecture, first, table);
    }
  }

  private static int[] path(State state) {
    double[] numbers = state.numbers(PATH);
    int[] path = new int[numbers.length];
    for (int i = 0; i < path.length; i++) {
      path[i] = (int) numbers[i];
    }
    return path;
  }

  private PartTable table() {
    Path file = directory.file(TABLE);
    if (!Files.exists(file)) {
      PartTable table;
      if (settings.table() != null) {
        table = PartTable.read(settings.table());
      } else {
        try (Phase phase = progress.phase("profile", 0)) {
          table = measuring.parts(parts(settings), wholes(), corpus.vocabulary().size());
          phase.step(0, table.millis().size() + " parts");
        }
      }
      table.write(file);
    }
    PartTable table = PartTable.read(file);
    table.requireFor(corpus.vocabulary().size(), parts(settings));
    return table;
  }

  /** Models that tell how much longer a whole takes than its parts. */
  private List<WiredCell> wholes() {
    if (settings.searches()) {
      return List.of((WiredCell) Cells.of("darts-v2"), (WiredCell) Cells.of("enas-lm"));
    }
    Architecture architecture = settings.architecture();
    return architecture.cell() instanceof WiredCell wired ? List.of(wired) : List.of();
  }

  /** What the search ended with: a path, and what its weights were by then. */
  private record Found(int[] path, Map<String, float[]> weights) {}

  private Found search(PartTable table) {
    RecurrentSpace space = settings.recurrentSpace();
    SizedSpace within = new SizedSpace(space, table, settings.targetMillis());
    within.requireAny();
    SavedRandom random = random(Purpose.STRATEGY);
    EvaluationStrategy strategy =
        settings.strategy().equals(ASNG)
            ? new AsngSearch(within, space.ordered(), random)
            : settings.strategy().evaluationFactory().create(within, random);
    try (SharedLanguageModel shared =
        new SharedLanguageModel(
            space, corpus.vocabulary().size(), settings.learning(), random(Purpose.SUPERNET))) {
      LanguageSearch search =
          new LanguageSearch(
              space,
              shared,
              strategy,
              training,
              validation,
              settings.searchSteps(),
              settings.rate());
      saved.ifPresent(
          state -> {
            shared.restore(state.tensorsBelow(WEIGHTS));
            search.restore(state.numbers(EVENTS));
          });
      Keeping own = state -> state.putTensors(WEIGHTS, shared.state()).put(EVENTS, search.events());
      try (Phase phase = progress.phase(SEARCH, settings.searchSteps(), search.done())) {
        while (search.done() < settings.searchSteps()) {
          LanguageSearch.Told told = search.step();
          record(SEARCH, search.done(), told.trained(), told.asked());
          phase.step("train " + TextFigures.text(settings.unit(), told.trained()));
          keep(SEARCH, own);
        }
      }
      write(SEARCH, own); // what follows is measured, and takes long
      return proved(space, table, search, shared);
    }
  }

  private void record(String stage, int step, double trained, double validated) {
    metrics.append(stage, step, trained, Double.isNaN(validated) ? null : validated);
  }

  /** The best finalist whose untrained file, measured, keeps the target. */
  private Found proved(
      RecurrentSpace space, PartTable table, LanguageSearch search, SharedLanguageModel shared) {
    double most = settings.targetMillis();
    Finalist best = null;
    for (int proof = 0; proof < MOST_PROOFS; proof++) {
      SizedSpace within = new SizedSpace(space, table, most);
      List<Finalist> finalists;
      try (Phase phase = progress.phase("choose", 0)) {
        finalists =
            search.finalists(within, random(Purpose.FINALISTS)).stream()
                .filter(finalist -> within.contains(finalist.path()))
                .toList();
        phase.step(0, finalists.size() + " models");
      }
      if (finalists.isEmpty()) {
        break;
      }
      best = finalists.get(0);
      double predicted = within.latencyMillis(best.path());
      double measured = untrainedMillis(space.decode(best.path()), shared.weights(best.path()));
      progress.note(
          String.format(
              Locale.ROOT,
              "%s: predicted %.4f ms a token, measured %.4f ms",
              space.decode(best.path()),
              predicted,
              measured));
      if (measured <= settings.targetMillis()) {
        break;
      }
      most = PROOF_MARGIN * predicted * settings.targetMillis() / measured;
    }
    if (best == null) {
      throw new IllegalStateException("a space with a model in it gave none");
    }
    return new Found(best.path(), shared.weights(best.path()));
  }

  private double untrainedMillis(Architecture architecture, Map<String, float[]> weights) {
    Path file = directory.file("proof.part");
    directory.delete("proof.part");
    try (Phase phase = progress.phase("prove", 0)) {
      LanguageModel.write(file, architecture, corpus.vocabulary(), weights);
      return looked(file, phase).medianMillis();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    } finally {
      directory.delete("proof.part");
    }
  }

  private LanguageResult train(
      Architecture architecture, Optional<Map<String, float[]>> first, PartTable table) {
    try (LanguageTraining model =
        new LanguageTraining(
            architecture, corpus.vocabulary().size(), settings.learning(), random(Purpose.MODEL))) {
      first.ifPresent(model::assign);
      LanguageFit fit =
          new LanguageFit(model, training, validation, settings.trainSteps(), settings.rate());
      saved
          .filter(state -> state.text(STAGE).equals(TRAIN))
          .ifPresent(
              state -> {
                chosen = path(state);
                model.restore(state.tensorsBelow(WEIGHTS));
                fit.restore((int) state.number(STEP), state.numbers(HISTORY));
              });
      Keeping own =
          state ->
              state
                  .putTensors(WEIGHTS, model.state())
                  .put(STEP, fit.done())
                  .put(HISTORY, fit.history())
                  .put(PATH, numbers(chosen));
      write(TRAIN, own); // from here on the choice stands
      try (Phase phase = progress.phase(TRAIN, settings.trainSteps(), fit.done())) {
        while (fit.done() < settings.trainSteps()) {
          double loss = fit.step();
          record(TRAIN, fit.done(), loss, fit.hasJustValidated() ? fit.validated() : Double.NaN);
          phase.step(
              "train "
                  + TextFigures.text(settings.unit(), loss)
                  + (Double.isNaN(fit.validated())
                      ? ""
                      : ", validation " + TextFigures.text(settings.unit(), fit.validated())));
          keep(TRAIN, own);
        }
      }
      fit.finish();
      return deliver(architecture, model, table);
    }
  }

  private static double[] numbers(int[] path) {
    double[] numbers = new double[path.length];
    for (int i = 0; i < path.length; i++) {
      numbers[i] = path[i];
    }
    return numbers;
  }

  private LanguageResult deliver(
      Architecture architecture, LanguageTraining model, PartTable table) {
    Path file = directory.file(EXPORT).resolve(MODEL);
    directory.delete(EXPORT);
    double validationLoss = model.loss(validation, validation.perEpoch());
    NetworkMeasurement measured;
    double testLoss;
    try (Phase phase = progress.phase("export", 0)) {
      LanguageModel.write(file, architecture, corpus.vocabulary(), model.weights());
      testLoss = loss(file, corpus.test().tokens());
      phase.step(0, "test " + TextFigures.text(settings.unit(), testLoss));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
    try (Phase phase = progress.phase("measure", 0)) {
      measured = looked(file, phase);
    }
    LanguageResult result =
        new LanguageResult(
            architecture,
            settings.unit(),
            corpus.vocabulary().size(),
            table,
            settings.targetMillis(),
            measured,
            validationLoss,
            testLoss,
            directory.path(),
            file);
    result.figures().write(directory.file(FIGURES));
    checkpoints.clear();
    return result;
  }

  /** The mean loss of a token of a text by an exported model, in nats. */
  static double loss(Path model, int[] tokens) {
    try (LanguageModel exported = LanguageModel.open(model, 1)) {
      double sum = 0;
      float[] logs = exported.score(tokens, SCORED_PIECE);
      for (float log : logs) {
        sum -= log;
      }
      return sum / logs.length;
    }
  }

  /**
   * The quickest of a few looks, no more than needed to meet the target: what else the machine does
   * only ever makes a token slower.
   */
  private NetworkMeasurement looked(Path file, Phase phase) {
    NetworkMeasurement quickest = measuring.token(file);
    long samples = quickest.samples();
    int looks = 1;
    while (settings.targetMillis() != null
        && quickest.medianMillis() > settings.targetMillis()
        && quickest.medianMillis() < CLEARLY_ABOVE * settings.targetMillis()
        && looks < MOST_LOOKS) {
      NetworkMeasurement again = measuring.token(file);
      quickest = again.medianMillis() < quickest.medianMillis() ? again : quickest;
      samples += again.samples();
      looks++;
    }
    phase.step(
        0,
        String.format(
            Locale.ROOT,
            "%.4f ms, %d tokens%s",
            quickest.medianMillis(),
            samples,
            looks == 1 ? "" : ", the quickest of " + looks + " looks"));
    return quickest;
  }

  private SavedRandom random(Purpose purpose) {
    return SavedRandom.of(settings.seed(), purpose.ordinal());
  }

  /** Puts what a stage needs into a state. */
  private interface Keeping {
    void into(State state);
  }

  /** Writes a checkpoint if it is time to, and stops where that was asked. */
  private void keep(String stage, Keeping own) {
    boolean stop = control.stop().isRequested();
    if (stop || System.nanoTime() - writtenNanos >= control.checkpointInterval().toNanos()) {
      write(stage, own);
    }
    if (stop) {
      throw new RunStoppedException("stopped with a checkpoint, as was asked");
    }
  }

  private void write(String stage, Keeping own) {
    State state =
        new State().put(TEXT, corpus.hash()).put(STAGE, stage).put(METRICS, metrics.bytes());
    own.into(state);
    checkpoints.write(state);
    writtenNanos = System.nanoTime();
  }
}
