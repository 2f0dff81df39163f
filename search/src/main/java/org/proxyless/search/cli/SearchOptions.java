package org.proxyless.search.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.proxyless.search.run.EstimateKind;
import org.proxyless.search.run.EstimateSettings;
import org.proxyless.search.run.GateMode;
import org.proxyless.search.run.LatencyLossKind;
import org.proxyless.search.run.SearchSettings;
import org.proxyless.search.run.StrategyKind;
import org.proxyless.search.run.TrainSettings;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The options of {@code search}. Fields stay null where the user gave nothing: {@link
 * SearchSettings} knows the defaults.
 */
final class SearchOptions {
  private static final String DEFAULT = " (default: ";

  @Option(
      names = "--device",
      paramLabel = "NAME|FILE",
      description =
          "The device the network is for: a name from 'list devices' or a profile in YAML"
              + DEFAULT
              + SearchSettings.DEFAULT_DEVICE
              + ").")
  private String device;

  @Option(
      names = "--space",
      paramLabel = "NAME|FILE",
      description =
          "The search space: a name from 'list spaces' or a file in YAML"
              + DEFAULT
              + SearchSettings.DEFAULT_SPACE
              + ").")
  private String space;

  @Option(
      names = "--width",
      paramLabel = "FACTOR",
      description =
          "Scales the channels of the space"
              + DEFAULT
              + SearchSettings.DEFAULT_WIDTH
              + "). Wider is more accurate, slower and larger.")
  private Double width;

  @Option(
      names = "--dataset",
      paramLabel = "NAME",
      description =
          "The data set: a name from 'list datasets'"
              + DEFAULT
              + SearchSettings.DEFAULT_DATASET
              + ").")
  private String dataset;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "The folder, or zip of an image folder, where the data set lies.")
  private Path dataDir;

  @Option(
      names = "--input-size",
      paramLabel = "N",
      description =
          "Height and width that images are scaled to (default: the space's own)."
              + " Larger is more accurate and slower.")
  private Integer inputSize;

  @Option(
      names = "--max-images",
      paramLabel = "N",
      description =
          "The most images that search and training use (default: all). Test images stay all.")
  private Integer maxImages;

  @Option(
      names = "--target-ms",
      paramLabel = "X",
      split = ",",
      description =
          "The latency to meet on the device, in milliseconds (default: the middle of the feasible"
              + " range). Several, like 2,3,4, get a network each out of one supernet.")
  private List<Double> targetsMillis;

  @Option(
      names = "--target-percentile",
      paramLabel = "P",
      description =
          "Percentile of the calls that is to be within the target, 50 (the median) or 95"
              + DEFAULT
              + SearchSettings.DEFAULT_TARGET_PERCENTILE
              + ").")
  private Integer targetPercentile;

  @Option(
      names = "--max-params",
      paramLabel = "N",
      description = "The most parameters the network may have (default: no limit).")
  private Long maxParams;

  @Option(
      names = "--max-macs",
      paramLabel = "N",
      description = "The most multiply-accumulates for one image (default: no limit).")
  private Long maxMacs;

  @Option(
      names = "--also-device",
      paramLabel = "DEVICE=MS",
      converter = Converters.DeviceAndMillis.class,
      description =
          "Another device, and the latency in milliseconds that the same network is to meet there"
              + " (default: none).")
  private Converters.DeviceMillis alsoDevice;

  @Option(
      names = "--also-table",
      paramLabel = "FILE",
      description = "The latency table of the other device (default: as for --table).")
  private Path alsoTable;

  @Option(
      names = "--table",
      paramLabel = "FILE",
      description =
          "The latency table (default: a cached one that fits space, device and machine;"
              + " else a quick one is measured and cached).")
  private Path table;

  @Option(
      names = "--allow-foreign-table",
      description = "Uses the table although it comes from another machine.")
  private boolean allowForeignTable;

  @Option(
      names = "--no-check-table",
      description =
          "Does not measure some of the table's operators again before the search. Without this, a"
              + " shift of all is scaled and anything else is refused.")
  private boolean withoutCheck;

  @Option(
      names = "--no-proof",
      description =
          "Does not measure the network as soon as it is derived, nor derive another when it is"
              + " above the target; nor checks the table. Such a run can be repeated to the last bit.")
  private boolean withoutProof;

  @Option(
      names = "--strategy",
      paramLabel = "NAME",
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

  @Mixin private FidelityOption fidelity;

  @Option(
      names = "--warmup-epochs",
      paramLabel = "N",
      description =
          "Epochs of training the weights alone, before the search"
              + DEFAULT
              + SearchSettings.DEFAULT_WARMUP_EPOCHS
              + ").")
  private Integer warmupEpochs;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description =
          "Epochs of the search"
              + DEFAULT
              + SearchSettings.DEFAULT_EPOCHS
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
              + ").")
  private Integer fineTuneEpochs;

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
      names = "--time-limit",
      paramLabel = "SPAN",
      converter = Converters.TimeSpan.class,
      description = "For the whole run, like 90s, 10m or 1h30m (default: none).")
  private Duration timeLimit;

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

  @Mixin private KeepingOptions keeping;
  @Mixin private JsonOption json;

  /**
   * The settings in force.
   *
   * @throws org.proxyless.latency.InvalidInputException if a value breaks a rule
   */
  SearchSettings settings() {
    return SearchSettings.builder()
        .device(device)
        .space(space)
        .width(width)
        .dataset(dataset)
        .dataDir(dataDir)
        .inputSize(inputSize)
        .maxImages(maxImages)
        .targetsMillis(targetsMillis)
        .targetPercentile(targetPercentile)
        .maxParams(maxParams)
        .maxMacs(maxMacs)
        .alsoDevice(
            alsoDevice == null ? null : alsoDevice.device(),
            alsoDevice == null ? null : alsoDevice.millis())
        .alsoTable(alsoTable)
        .table(table)
        .allowForeignTable(allowForeignTable)
        .checkTable(!withoutCheck && !withoutProof)
        .proof(!withoutProof)
        .strategy(strategy)
        .gates(gates)
        .latencyLoss(latencyLoss)
        .estimate(estimate)
        .evaluations(evaluations)
        .fidelity(fidelity.orNull())
        .warmupEpochs(warmupEpochs)
        .epochs(epochs)
        .fineTuneEpochs(fineTuneEpochs)
        .batchSize(batchSize)
        .seed(seed)
        .threads(threads)
        .timeLimit(timeLimit)
        .out(out)
        .build();
  }

  /** Whether to stop before anything is trained. */
  boolean plan() {
    return plan;
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
