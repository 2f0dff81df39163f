package org.proxyless.search.cli.options;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.proxyless.search.run.settings.DeployedLimits;
import org.proxyless.search.run.settings.SearchSettings;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * What is searched, for which device, what the network has to keep, and how long it may take: the
 * options of commands that search. Fields stay null where the user gave nothing: {@link
 * SearchSettings} knows the defaults.
 */
public final class ProblemOptions {
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

  @Mixin private ReadingOptions reading;

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
      names = "--max-memory",
      paramLabel = "SIZE",
      converter = Converters.Bytes.class,
      description =
          "The most working memory of the deployed network, in which its feature maps lie, like"
              + " 256KiB (default: no limit).")
  private Long maxMemoryBytes;

  @Option(
      names = "--max-file",
      paramLabel = "SIZE",
      converter = Converters.Bytes.class,
      description = "The largest file of the deployed network, like 1MB (default: no limit).")
  private Long maxFileBytes;

  @Option(
      names = "--limits-format",
      paramLabel = "FORMAT",
      description =
          "The format that --max-memory and --max-file are of: tflite, fp16 or int8"
              + DEFAULT
              + DeployedLimits.DEFAULT_FORMAT
              + ").")
  private String limitsFormat;

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
          "Does not measure some of the table's operators again before the search. Without this,"
              + " the table is brought up to date with what the machine does now.")
  private boolean withoutCheck;

  @Option(
      names = "--strict-table",
      description =
          "Refuses a table whose operators are now slower or quicker by different factors, instead"
              + " of measuring them again.")
  private boolean strictTable;

  @Option(
      names = "--no-proof",
      description =
          "Does not measure the network as soon as it is derived, nor derive another when it is"
              + " above the target; nor checks the table. Such a run can be repeated to the last bit.")
  private boolean withoutProof;

  @Option(
      names = "--warmup-epochs",
      paramLabel = "N",
      description =
          "Epochs of training the weights alone, before the search"
              + DEFAULT
              + SearchSettings.DEFAULT_WARMUP_EPOCHS
              + "; with --time-limit as many as fit, up to "
              + SearchSettings.TIMED_WARMUP_EPOCHS
              + ").")
  private Integer warmupEpochs;

  @Option(
      names = "--time-limit",
      paramLabel = "SPAN",
      converter = Converters.TimeSpan.class,
      description =
          "For the whole run, or each of several, like 90s, 10m or 1h30m (default: none).")
  private Duration timeLimit;

  /** Settings of a search that begin with these. */
  public SearchSettings.Builder builder() {
    return SearchSettings.builder()
        .device(device)
        .space(space)
        .width(width)
        .dataset(dataset)
        .inputSize(inputSize)
        .maxImages(maxImages)
        .reading(reading.orNull())
        .targetsMillis(targetsMillis)
        .targetPercentile(targetPercentile)
        .maxParams(maxParams)
        .maxMacs(maxMacs)
        .maxMemoryBytes(maxMemoryBytes)
        .maxFileBytes(maxFileBytes)
        .limitsFormat(limitsFormat)
        .alsoDevice(
            alsoDevice == null ? null : alsoDevice.device(),
            alsoDevice == null ? null : alsoDevice.millis())
        .alsoTable(alsoTable)
        .table(table)
        .allowForeignTable(allowForeignTable)
        .checkTable(!withoutCheck && !withoutProof)
        .strictTable(strictTable)
        .proof(!withoutProof)
        .warmupEpochs(warmupEpochs)
        .timeLimit(timeLimit);
  }

  /** Or null for the default. */
  Integer warmupEpochs() {
    return warmupEpochs;
  }

  /** Or null for none. */
  Duration timeLimit() {
    return timeLimit;
  }
}
