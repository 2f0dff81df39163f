package org.proxyless.search.cli.search;

import java.nio.file.Path;
import java.util.List;
import org.proxyless.devices.format.NetworkFormat;
import org.proxyless.search.cli.options.Converters;
import org.proxyless.search.cli.options.FidelityOption;
import org.proxyless.search.cli.options.FormatOption;
import org.proxyless.search.cli.options.JsonOption;
import org.proxyless.search.cli.options.KeepingOptions;
import org.proxyless.search.cli.options.ProblemOptions;
import org.proxyless.search.cli.options.RecipeOptions;
import org.proxyless.search.run.RunControl;
import org.proxyless.search.run.StopSignal;
import org.proxyless.search.run.settings.CandidateWeights;
import org.proxyless.search.run.settings.EstimateKind;
import org.proxyless.search.run.settings.EstimateSettings;
import org.proxyless.search.run.settings.GateMode;
import org.proxyless.search.run.settings.LatencyLossKind;
import org.proxyless.search.run.settings.ScoreKind;
import org.proxyless.search.run.settings.SearchSettings;
import org.proxyless.search.run.settings.StrategyKind;
import org.proxyless.search.run.settings.TrainSettings;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The options of {@code search}. Fields stay null where the user gave nothing: {@link
 * SearchSettings} knows the defaults.
 */
final class SearchOptions {
  private static final String DEFAULT = " (default: ";

  @Mixin private ProblemOptions problem;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "The folder, or zip of an image folder, where the data set lies.")
  private Path dataDir;

  @Option(
      names = "--strategy",
      paramLabel = "NAME",
      completionCandidates = Converters.StrategyNames.class,
      description =
          "How to search: ${COMPLETION-CANDIDATES}" + DEFAULT + "gradient). See 'list strategies'.")
  private StrategyKind strategy;

  @Option(
      names = "--gates",
      paramLabel = "MODE",
      description =
          "Candidates of an edge that an architecture step evaluates: ${COMPLETION-CANDIDATES}"
              + DEFAULT
              + "two). For --strategy gradient.")
  private GateMode gates;

  @Option(
      names = "--candidate-weights",
      paramLabel = "WHOSE",
      description =
          "Whether the candidates of an edge have the largest one's weights together (nested) or"
              + " each its own: ${COMPLETION-CANDIDATES}"
              + DEFAULT
              + "nested). Not for darts-1, darts-2 and snas.")
  private CandidateWeights candidateWeights;

  @Option(
      names = "--latency-loss",
      paramLabel = "NAME",
      description =
          "How latency enters the loss: ${COMPLETION-CANDIDATES}"
              + DEFAULT
              + "target). For --strategy gradient.")
  private LatencyLossKind latencyLoss;

  @Option(
      names = "--estimate",
      paramLabel = "NAME",
      description =
          "How strategies that only evaluate networks tell good from bad:"
              + " ${COMPLETION-CANDIDATES}"
              + DEFAULT
              + "shared-weights).")
  private EstimateKind estimate;

  @Option(
      names = "--evaluations",
      paramLabel = "N",
      description =
          "Networks that are estimated, for --estimate other than shared-weights"
              + DEFAULT
              + EstimateSettings.DEFAULT_EVALUATIONS
              + ").")
  private Integer evaluations;

  @Option(
      names = "--ahead",
      paramLabel = "N",
      description =
          "Networks that are estimated at a time, for --estimate full, inherit and low-fidelity, as"
              + " many of them at once as there are processors for their --threads (default: 1)."
              + " What is found depends on N, not on how many run at once.")
  private Integer ahead;

  @Mixin private FidelityOption fidelity;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description =
          "Epochs of the search"
              + DEFAULT
              + SearchSettings.DEFAULT_EPOCHS
              + "; with --time-limit as many as fit, up to "
              + SearchSettings.TIMED_EPOCHS
              + "); with --estimate other than shared-weights those of a full training"
              + DEFAULT
              + TrainSettings.DEFAULT_EPOCHS
              + ").")
  private Integer epochs;

  @Option(
      names = "--fine-tune-epochs",
      paramLabel = "N",
      description =
          "Epochs of training the network that was found"
              + DEFAULT
              + SearchSettings.DEFAULT_FINE_TUNE_EPOCHS
              + "; with --time-limit as many as fit, up to "
              + SearchSettings.TIMED_FINE_TUNE_EPOCHS
              + ").")
  private Integer fineTuneEpochs;

  @Option(
      names = "--score",
      paramLabel = "NAME",
      description =
          "What networks are judged by on validation images: ${COMPLETION-CANDIDATES} (default: accuracy)."
              + " The latter two count every class alike.")
  private ScoreKind score;

  @Mixin private RecipeOptions recipe;

  @Option(
      names = "--initial-weights",
      paramLabel = "RUN",
      description =
          "A run whose weights the supernet begins with, as far as they fit (default: fresh ones)."
              + " Other classes and sizes of images are no hindrance.")
  private Path initialWeights;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      description = "Images in a step" + DEFAULT + SearchSettings.DEFAULT_BATCH_SIZE + ").")
  private Integer batchSize;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of every random choice" + DEFAULT + SearchSettings.DEFAULT_SEED + ").")
  private Long seed;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "For training (default: all processors). Measuring takes its threads from the device"
              + " profile.")
  private Integer threads;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "The run directory, new or empty (default: runs/SPACE-DEVICE-TIME in the current"
              + " folder).")
  private Path out;

  @Option(
      names = "--plan",
      description =
          "Shows the feasible range and estimates of time and memory, and trains nothing.")
  private boolean plan;

  @Option(
      names = KeepingOptions.NO_MEASURE,
      description =
          "Does not time the exported network, which is no part of how it is found: 'measure' does"
              + " so later. With --no-proof nothing but a missing table is then measured.")
  private boolean withoutMeasuring;

  @Mixin private FormatOption format;
  @Mixin private KeepingOptions keeping;
  @Mixin private JsonOption json;

  /**
   * The settings in force.
   *
   * @throws org.proxyless.base.InvalidInputException if a value breaks a rule
   */
  SearchSettings settings() {
    return problem
        .builder()
        .dataDir(dataDir)
        .strategy(strategy)
        .gates(gates)
        .candidateWeights(candidateWeights)
        .latencyLoss(latencyLoss)
        .estimate(estimate)
        .evaluations(evaluations)
        .fidelity(fidelity.orNull())
        .recipe(recipe.orNull())
        .score(score)
        .initialWeights(initialWeights)
        .ahead(ahead)
        .epochs(epochs)
        .fineTuneEpochs(fineTuneEpochs)
        .batchSize(batchSize)
        .seed(seed)
        .threads(threads)
        .out(out)
        .build();
  }

  /** Whether to stop before anything is trained. */
  boolean plan() {
    return plan;
  }

  /** The formats that networks are written in beside their SavedModels. */
  List<NetworkFormat> formats() {
    return format.formats();
  }

  /** How the run is kept, or which one is gone on with. */
  KeepingOptions keeping() {
    return keeping;
  }

  /** How the run is kept and stopped, and whether it ends with measuring. */
  RunControl control(StopSignal stop) {
    RunControl control = keeping.control(stop);
    return withoutMeasuring ? control.withoutMeasuring() : control;
  }

  /** Where to write the figures, or null. */
  Path json() {
    return json.file();
  }
}
