package org.proxyless.search.cli.search;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.proxyless.base.InvalidInputException;
import org.proxyless.search.cli.options.Converters;
import org.proxyless.search.cli.options.JsonOption;
import org.proxyless.search.cli.options.KeepingOptions;
import org.proxyless.search.cli.options.RecipeOptions;
import org.proxyless.search.run.RunDirectory;
import org.proxyless.search.run.settings.DerivationSettings;
import org.proxyless.search.run.settings.Rules;
import org.proxyless.search.run.settings.ScoreKind;
import org.proxyless.search.run.settings.SearchSettings;
import org.proxyless.search.run.settings.StrategyKind;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * The options of {@code derive}. What is not given is as in the search whose weights are used,
 * unless an option says otherwise.
 */
final class DeriveOptions {
  @Parameters(
      paramLabel = "RUN",
      arity = "0..1",
      description = "The directory of a finished search; none with --resume.")
  private Path run;

  @Option(
      names = "--target-ms",
      paramLabel = "X",
      description =
          "The latency to meet, in milliseconds (default: the search's; on another device the middle"
              + " of the feasible range).")
  private Double targetMillis;

  @Option(
      names = "--target-percentile",
      paramLabel = "P",
      description = "Percentile of the calls that is to be within the target, 50 or 95.")
  private Integer targetPercentile;

  @Option(
      names = "--device",
      paramLabel = "NAME|FILE",
      description =
          "Another device that the network is for. Its table is measured if there is none.")
  private String device;

  @Option(
      names = "--table",
      paramLabel = "FILE",
      description = "Another latency table (default: the search's; for another --device as there).")
  private Path table;

  @Option(
      names = "--allow-foreign-table",
      description = "Uses the table although it comes from another machine.")
  private boolean allowForeignTable;

  @Option(
      names = "--max-params",
      paramLabel = "N",
      description = "The most parameters the network may have.")
  private Long maxParams;

  @Option(
      names = "--max-macs",
      paramLabel = "N",
      description = "The most multiply-accumulates for one image.")
  private Long maxMacs;

  @Option(
      names = "--max-memory",
      paramLabel = "SIZE",
      converter = Converters.Bytes.class,
      description = "The most working memory of the deployed network, like 256KiB.")
  private Long maxMemoryBytes;

  @Option(
      names = "--max-file",
      paramLabel = "SIZE",
      converter = Converters.Bytes.class,
      description = "The largest file of the deployed network, like 1MB.")
  private Long maxFileBytes;

  @Option(
      names = "--limits-format",
      paramLabel = "FORMAT",
      description = "The format that --max-memory and --max-file are of: tflite, fp16 or int8.")
  private String limitsFormat;

  @Option(
      names = "--strategy",
      paramLabel = "NAME",
      description =
          "What names the networks that are scored, one that only evaluates networks (default:"
              + " bayes).")
  private StrategyKind strategy;

  @Option(
      names = "--evaluations",
      paramLabel = "N",
      defaultValue = "" + DerivationSettings.DEFAULT_EVALUATIONS,
      description =
          "Networks that are scored with the shared weights (default: ${DEFAULT-VALUE}). More find"
              + " better ones.")
  private int evaluations;

  @Option(
      names = "--fine-tune-epochs",
      paramLabel = "N",
      defaultValue = "0",
      description = "Epochs of training the network that was found (default: ${DEFAULT-VALUE}).")
  private int fineTuneEpochs;

  @Option(
      names = "--score",
      paramLabel = "NAME",
      description =
          "What networks are judged by on validation images: ${COMPLETION-CANDIDATES} (default: the search's)."
              + " The latter two count every class alike.")
  private ScoreKind score;

  @Mixin private RecipeOptions recipe;

  @Option(
      names = "--no-check-table",
      description = "Does not measure some of the table's operators again.")
  private boolean withoutCheck;

  @Option(
      names = "--no-proof",
      description =
          "Does not measure the network as soon as it is derived, nor checks the table. Such a run"
              + " can be repeated to the last bit.")
  private boolean withoutProof;

  @Option(names = "--seed", paramLabel = "N", description = "Of every random choice.")
  private Long seed;

  @Option(names = "--threads", paramLabel = "N", description = "For training and scoring.")
  private Integer threads;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Where the data set lies (default: where it was in the search).")
  private Path dataDir;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "The run directory, new or empty (default: one under runs/).")
  private Path out;

  @Mixin private KeepingOptions keeping;
  @Mixin private JsonOption json;

  /**
   * The settings in force.
   *
   * @throws InvalidInputException if a value breaks a rule, or RUN is no run
   */
  SearchSettings settings() {
    if (run == null) {
      throw new InvalidInputException("RUN is missing: name the directory of a finished search.");
    }
    Rules.folder("RUN", run);
    SearchSettings.Builder settings = RunDirectory.derivation(run);
    if (device != null || table != null) {
      settings.table(table).allowForeignTable(allowForeignTable).targetMillis(null);
    }
    given(device, settings::device);
    given(targetMillis, settings::targetMillis);
    given(targetPercentile, settings::targetPercentile);
    given(maxParams, settings::maxParams);
    given(maxMacs, settings::maxMacs);
    given(maxMemoryBytes, settings::maxMemoryBytes);
    given(maxFileBytes, settings::maxFileBytes);
    given(limitsFormat, settings::limitsFormat);
    given(strategy, settings::strategy);
    given(score, settings::score);
    given(seed, settings::seed);
    given(threads, settings::threads);
    given(dataDir, settings::dataDir);
    return settings
        .derivation(new DerivationSettings(run, evaluations))
        .recipe(recipe.orNull())
        .fineTuneEpochs(fineTuneEpochs)
        .checkTable(!withoutCheck && !withoutProof)
        .proof(!withoutProof)
        .out(out)
        .build();
  }

  private static <T> void given(T value, Consumer<T> setting) {
    if (value != null) {
      setting.accept(value);
    }
  }

  /** How the run is kept, or which one is gone on with. */
  KeepingOptions keeping() {
    return keeping;
  }

  /** Where to write the figures, or null. */
  Path json() {
    return json.file();
  }
}
