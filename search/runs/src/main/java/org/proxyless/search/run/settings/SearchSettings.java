package org.proxyless.search.run.settings;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.proxyless.base.InvalidInputException;

/**
 * Everything that decides a search. Made by {@link #builder}, which knows the defaults and the
 * rules; written into the run directory as {@code settings.yaml}.
 *
 * @param device a device profile's name or file
 * @param space a search space's name or file
 * @param width scales the space's channels
 * @param dataset a data set's name
 * @param dataDir its folder, or null where it needs none
 * @param inputSize height and width that images are scaled to, or null for the space's own
 * @param maxImages the most images that search and training use, or null for all
 * @param reading how the data set's files are read, or null for the defaults
 * @param targetMillis the latency that the network is to meet, or null for the middle of the
 *     feasible range; of several targets the greatest
 * @param targetsMillis several targets in ascending order, each of which gets a network out of one
 *     supernet; null for one target
 * @param targetPercentile of the calls that are to be within the target: 50 for their median, or 95
 * @param maxParams the most parameters the network may have, or null for no limit
 * @param maxMacs the most multiply-accumulates for one image, or null for no limit
 * @param deployed what the network may take of a small device, or null for no limits, as in the
 *     settings of runs that knew none
 * @param alsoDevice another device profile's name or file, whose latency is kept as well, or null
 * @param alsoTargetMillis the latency to meet there; null without another device
 * @param alsoTable that device's latency table, or null for a cached or quickly measured one
 * @param table the latency table's file, or null for a cached or quickly measured one
 * @param allowForeignTable whether the table may come from another machine or device
 * @param checkTable whether the table is compared with what the machine does now
 * @param strictTable whether it is then refused if operators moved by different factors
 * @param proof whether the network is measured as soon as it is derived, and derived again if it is
 *     above the target
 * @param strategy the way to search
 * @param gates candidates that an architecture step evaluates; null unless the strategy is gradient
 * @param candidateWeights whose the weights of a supernet's candidates are; null for strategies
 *     that mix all candidates
 * @param latencyLoss how latency enters the loss; null unless the strategy is gradient
 * @param estimate how networks are told good from bad; null for shared weights, and in the settings
 *     of runs that knew nothing else
 * @param derivation where the network comes out of another run's shared weights, and nothing is
 *     searched anew; null for a search
 * @param initialWeights a run whose weights the supernet begins with as far as they fit, or null
 *     for fresh ones
 * @param recipe of training the network that was found, where it is not the usual one; else null
 * @param score that networks are judged by, or null for their accuracy
 * @param warmupEpochs epochs of training the weights alone, before the search
 * @param epochs of the search; with estimates those of a full training
 * @param fineTuneEpochs epochs of training the derived network
 * @param batchSize images in a step
 * @param seed of every random choice
 * @param threads for training; measuring takes its number from the device profile
 * @param timeLimitSeconds for the whole run, or null for none
 * @param out the run directory, or null for a new one under {@code runs/}
 */
public record SearchSettings(
    @JsonProperty(required = true) String device,
    @JsonProperty(required = true) String space,
    @JsonProperty(required = true) double width,
    @JsonProperty(required = true) String dataset,
    @JsonProperty(required = true) Path dataDir,
    @JsonProperty(required = true) Integer inputSize,
    @JsonProperty(required = true) Integer maxImages,
    @JsonInclude(JsonInclude.Include.NON_NULL) ReadingSettings reading,
    @JsonProperty(required = true) Double targetMillis,
    @JsonProperty(required = true) List<Double> targetsMillis,
    @JsonProperty(required = true) int targetPercentile,
    @JsonProperty(required = true) Long maxParams,
    @JsonProperty(required = true) Long maxMacs,
    @JsonInclude(JsonInclude.Include.NON_NULL) DeployedLimits deployed,
    @JsonProperty(required = true) String alsoDevice,
    @JsonProperty(required = true) Double alsoTargetMillis,
    @JsonProperty(required = true) Path alsoTable,
    @JsonProperty(required = true) Path table,
    @JsonProperty(required = true) boolean allowForeignTable,
    @JsonProperty(required = true) boolean checkTable,
    @JsonInclude(JsonInclude.Include.NON_NULL) Boolean strictTable,
    @JsonProperty(required = true) boolean proof,
    @JsonProperty(required = true) StrategyKind strategy,
    @JsonProperty(required = true) GateMode gates,
    @JsonInclude(JsonInclude.Include.NON_NULL) CandidateWeights candidateWeights,
    @JsonProperty(required = true) LatencyLossKind latencyLoss,
    @JsonInclude(JsonInclude.Include.NON_NULL) EstimateSettings estimate,
    @JsonInclude(JsonInclude.Include.NON_NULL) DerivationSettings derivation,
    @JsonInclude(JsonInclude.Include.NON_NULL) Path initialWeights,
    @JsonInclude(JsonInclude.Include.NON_NULL) RecipeSettings recipe,
    @JsonInclude(JsonInclude.Include.NON_NULL) ScoreKind score,
    @JsonProperty(required = true) int warmupEpochs,
    @JsonProperty(required = true) int epochs,
    @JsonProperty(required = true) int fineTuneEpochs,
    @JsonProperty(required = true) int batchSize,
    @JsonProperty(required = true) long seed,
    @JsonProperty(required = true) int threads,
    @JsonProperty(required = true) Long timeLimitSeconds,
    @JsonProperty(required = true) Path out) {

  public static final String DEFAULT_DEVICE = "local-cpu";
  public static final String DEFAULT_SPACE = "small";
  public static final double DEFAULT_WIDTH = 1;
  public static final String DEFAULT_DATASET = "fashion-mnist-10k";
  public static final int DEFAULT_TARGET_PERCENTILE = 50;
  public static final StrategyKind DEFAULT_STRATEGY = StrategyKind.GRADIENT;
  public static final GateMode DEFAULT_GATES = GateMode.TWO;
  public static final CandidateWeights DEFAULT_CANDIDATE_WEIGHTS = CandidateWeights.NESTED;
  public static final LatencyLossKind DEFAULT_LATENCY_LOSS = LatencyLossKind.TARGET;
  public static final int DEFAULT_WARMUP_EPOCHS = 2;
  public static final int DEFAULT_EPOCHS = 4;
  public static final int DEFAULT_FINE_TUNE_EPOCHS = 6;

  /** With a time limit as many as fit, but not more than in the paper. */
  public static final int TIMED_WARMUP_EPOCHS = 40;

  /** With a time limit as many as fit, but not more than in the paper. */
  public static final int TIMED_EPOCHS = 120;

  /** With a time limit as many as fit, but not more than networks are trained from scratch. */
  public static final int TIMED_FINE_TUNE_EPOCHS = 300;

  public static final int DEFAULT_BATCH_SIZE = 32;
  public static final long DEFAULT_SEED = 1;
  private static final int MAX_INPUT_SIZE = 4096;

  /** Checks the values, but not whether files are there: settings outlive what they name. */
  public SearchSettings {
    Rules.named("--device", device);
    Rules.named("--space", space);
    Rules.positive("--width", width);
    Rules.named("--dataset", dataset);
    Rules.between("--input-size", 1, MAX_INPUT_SIZE, inputSize);
    Rules.atLeast("--max-images", 2, maxImages);
    Rules.positive("--target-ms", targetMillis);
    targetsMillis = targetsMillis == null ? null : List.copyOf(targetsMillis);
    Rules.ascending("--target-ms", targetsMillis);
    Rules.either("--target-percentile", 50, 95, targetPercentile);
    Rules.atLeast("--max-params", 1, maxParams);
    Rules.atLeast("--max-macs", 1, maxMacs);
    Rules.named("--also-device", alsoDevice);
    Rules.positive("--also-device in milliseconds", alsoTargetMillis);
    Rules.together("--also-device", alsoDevice, "its milliseconds", alsoTargetMillis);
    Rules.onlyWith("--also-device", alsoDevice, "--also-table", alsoTable);
    Rules.onlyFor(StrategyKind.GRADIENT, strategy, "--gates", gates);
    Rules.onlyFor(StrategyKind.GRADIENT, strategy, "--latency-loss", latencyLoss);
    strictTable = strictTable != null && strictTable; // unknown to older runs
    if (candidateWeights == null && !strategy.mixes()) {
      candidateWeights = CandidateWeights.OWN; // of a run before there was a choice
    }
    Rules.notForMixtures("--candidate-weights", candidateWeights, strategy);
    Rules.onePerMixture("--target-ms", targetsMillis, strategy);
    Rules.atLeast("--warmup-epochs", 0, warmupEpochs);
    Rules.atLeast("--epochs", 1, epochs);
    Rules.atLeast("--fine-tune-epochs", 0, fineTuneEpochs);
    // Batch normalisation takes its statistics from the batch.
    Rules.atLeast("--batch-size", 2, batchSize);
    Rules.atLeast("--threads", 1, threads);
    Rules.atLeast("--time-limit in seconds", 1, timeLimitSeconds);
    if (estimate == null && strategy.hasRungs()) {
      throw new InvalidInputException(
          "--strategy is "
              + strategy
              + "; it trains most networks a little and few to the end, apart from each other: add"
              + " --estimate low-fidelity.");
    }
    if (estimate != null) {
      estimate.requireFit(strategy, targetsMillis != null, warmupEpochs, timeLimitSeconds);
    }
    if (derivation != null) {
      derivation.requireFit(strategy, targetsMillis != null);
    }
    if (initialWeights != null && estimate != null && !estimate.kind().needsSharedWeights()) {
      throw new InvalidInputException(
          "--initial-weights is "
              + initialWeights
              + "; --estimate "
              + estimate.kind()
              + " trains every network from fresh weights: leave one of the two out.");
    }
    if (recipe != null) {
      recipe.requireFit(estimate, timeLimitSeconds);
    }
    if (score == ScoreKind.ACCURACY) {
      score = null; // as in settings that know of no other
    }
    if (score != null && estimate != null && estimate.kind() == EstimateKind.LEARNING_CURVE) {
      throw new InvalidInputException(
          "--score is "
              + score
              + "; --estimate learning-curve follows the accuracy: take another estimate.");
    }
  }

  /** The same with a target, once the feasible range is known. */
  public SearchSettings withTargetMillis(double milliseconds) {
    return targetsMillis == null ? copy().targetMillis(milliseconds).build() : this;
  }

  /** The same with a table that a run has kept. */
  public SearchSettings withTable(Path file) {
    return copy().table(file).allowForeignTable(true).checkTable(false).build();
  }

  /** What is needed of them after the search, with data that lies elsewhere; null for as it was. */
  public SearchSettings withDataDir(Path folder) {
    return folder == null ? this : copy().table(null).alsoTable(null).dataDir(folder).build();
  }

  /** Those of training the network that a search found: the search's, but for what is given. */
  public SearchSettings with(TrainSettings training) {
    return copy()
        .dataDir(given(training.dataDir(), dataDir))
        .fineTuneEpochs(training.epochs())
        .batchSize(given(training.batchSize(), batchSize))
        .seed(given(training.seed(), seed))
        .threads(given(training.threads(), threads))
        .timeLimit(null)
        .table(null)
        .alsoTable(null)
        .out(training.out())
        .build();
  }

  /** Those of one target of several. */
  public SearchSettings forTarget(double milliseconds, Path folder) {
    return copy().targetMillis(milliseconds).out(folder).build();
  }

  /** The same with another strategy and seed, in a folder of its own. */
  public SearchSettings with(StrategyKind other, long otherSeed, Path folder) {
    return copy()
        .strategy(other)
        .gates(null)
        .candidateWeights(null)
        .latencyLoss(null)
        .seed(otherSeed)
        .out(folder)
        .build();
  }

  /**
   * Starts from those of a finished search, to derive another network from its shared weights: on
   * the same data and in the same space, by default for the same device, by the run's own table,
   * for the same target and limits, and without fine-tuning.
   *
   * @param run the directory of the search
   * @param table its latency table
   */
  public Builder derivation(Path run, Path table) {
    return copy()
        .targetMillis(targetMillis)
        .table(table)
        .allowForeignTable(true)
        .strategy(DerivationSettings.DEFAULT_STRATEGY)
        .gates(null)
        .candidateWeights(candidateWeights == null ? CandidateWeights.OWN : candidateWeights)
        .latencyLoss(null)
        .initialWeights(null)
        .recipe(null)
        .estimate(null)
        .evaluations(null)
        .fidelity(null)
        .derivation(new DerivationSettings(run, DerivationSettings.DEFAULT_EVALUATIONS))
        .warmupEpochs(0)
        .fineTuneEpochs(0)
        .timeLimit(null)
        .out(null);
  }

  private Builder copy() {
    return builder()
        .device(device)
        .space(space)
        .width(width)
        .dataset(dataset)
        .dataDir(dataDir)
        .inputSize(inputSize)
        .maxImages(maxImages)
        .reading(reading)
        .targetsMillis(
            targetsMillis == null && targetMillis != null ? List.of(targetMillis) : targetsMillis)
        .targetPercentile(targetPercentile)
        .maxParams(maxParams)
        .maxMacs(maxMacs)
        .maxMemoryBytes(deployed == null ? null : deployed.maxMemoryBytes())
        .maxFileBytes(deployed == null ? null : deployed.maxFileBytes())
        .limitsFormat(deployed == null ? null : deployed.format())
        .alsoDevice(alsoDevice, alsoTargetMillis)
        .alsoTable(alsoTable)
        .table(table)
        .allowForeignTable(allowForeignTable)
        .checkTable(checkTable)
        .strictTable(strictTable)
        .proof(proof)
        .strategy(strategy)
        .gates(gates)
        .candidateWeights(candidateWeights)
        .latencyLoss(latencyLoss)
        .estimate(estimate == null ? null : estimate.kind())
        .evaluations(estimate == null ? null : estimate.evaluations())
        .fidelity(estimate == null ? null : estimate.fidelity())
        .derivation(derivation)
        .initialWeights(initialWeights)
        .recipe(recipe)
        .score(score)
        .ahead(estimate == null ? null : estimate.ahead())
        .warmupEpochs(warmupEpochs)
        .epochs(epochs)
        .fineTuneEpochs(fineTuneEpochs)
        .batchSize(batchSize)
        .seed(seed)
        .threads(threads)
        .timeLimit(timeLimitSeconds == null ? null : Duration.ofSeconds(timeLimitSeconds))
        .out(out);
  }

  /** Starts from the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  private static Path absolute(Path path) {
    return path == null ? null : path.toAbsolutePath().normalize();
  }

  private static <T> T given(T value, T otherwise) {
    return value == null ? otherwise : value;
  }

  /** Collects settings; what is not set, or set to null, gets its default. */
  public static final class Builder {
    private String device;
    private String space;
    private Double width;
    private String dataset;
    private Path dataDir;
    private Integer inputSize;
    private Integer maxImages;
    private ReadingSettings reading;
    private Double targetMillis;
    private List<Double> targetsMillis;
    private Integer targetPercentile;
    private Long maxParams;
    private Long maxMacs;
    private Long maxMemoryBytes;
    private Long maxFileBytes;
    private String limitsFormat;
    private String alsoDevice;
    private Double alsoTargetMillis;
    private Path alsoTable;
    private Path table;
    private boolean allowForeignTable;
    private boolean checkTable = true;
    private boolean strictTable;
    private boolean proof = true;
    private StrategyKind strategy;
    private GateMode gates;
    private CandidateWeights candidateWeights;
    private LatencyLossKind latencyLoss;
    private EstimateKind estimate;
    private Integer evaluations;
    private Fidelity fidelity;
    private DerivationSettings derivation;
    private Path initialWeights;
    private RecipeSettings recipe;
    private ScoreKind score;
    private Integer ahead;
    private Integer warmupEpochs;
    private Integer epochs;
    private Integer fineTuneEpochs;
    private Integer batchSize;
    private Long seed;
    private Integer threads;
    private Duration timeLimit;
    private Path out;

    private Builder() {}

    /** A device profile's name or file. Default: {@value SearchSettings#DEFAULT_DEVICE}. */
    public Builder device(String nameOrFile) {
      this.device = nameOrFile;
      return this;
    }

    /** A search space's name or file. Default: {@value SearchSettings#DEFAULT_SPACE}. */
    public Builder space(String nameOrFile) {
      this.space = nameOrFile;
      return this;
    }

    /**
     * Scales all channels of the space: more costs time and memory with its square, and gives
     * accuracy. Default: {@value SearchSettings#DEFAULT_WIDTH}.
     */
    public Builder width(Double factor) {
      this.width = factor;
      return this;
    }

    /** A data set's name. Default: {@value SearchSettings#DEFAULT_DATASET}. */
    public Builder dataset(String name) {
      this.dataset = name;
      return this;
    }

    /** The data set's folder. Default: none, which only built-in data allows. */
    public Builder dataDir(Path folder) {
      this.dataDir = folder;
      return this;
    }

    /**
     * Height and width that images are scaled to: more costs time and latency with its square.
     * Default: the space's own.
     */
    public Builder inputSize(Integer pixels) {
      this.inputSize = pixels;
      return this;
    }

    /** The most images for search and training; test images are not touched. Default: all. */
    public Builder maxImages(Integer number) {
      this.maxImages = number;
      return this;
    }

    /** How the data set's files are read. Default: {@link ReadingSettings#DEFAULT}. */
    public Builder reading(ReadingSettings settings) {
      this.reading = settings;
      return this;
    }

    /** The latency to meet. Default: the middle of the feasible range. */
    public Builder targetMillis(Double milliseconds) {
      this.targetMillis = milliseconds;
      this.targetsMillis = null;
      return this;
    }

    /**
     * The latencies to meet: for several, one supernet is trained, and a network is derived,
     * trained and exported for each. An architecture step then costs one for each.
     */
    public Builder targetsMillis(List<Double> milliseconds) {
      boolean several = milliseconds != null && milliseconds.size() > 1;
      this.targetsMillis = several ? milliseconds.stream().sorted().toList() : null;
      this.targetMillis =
          milliseconds == null || milliseconds.isEmpty() ? null : Collections.max(milliseconds);
      return this;
    }

    /**
     * The percentile of the calls that is to be within the target: 50, their median, or 95, which
     * leaves the network less and holds for nearly every call. Default: {@value
     * SearchSettings#DEFAULT_TARGET_PERCENTILE}.
     */
    public Builder targetPercentile(Integer percentile) {
      this.targetPercentile = percentile;
      return this;
    }

    /** The most parameters the network may have. Default: no limit. */
    public Builder maxParams(Long number) {
      this.maxParams = number;
      return this;
    }

    /** The most multiply-accumulates for one image. Default: no limit. */
    public Builder maxMacs(Long number) {
      this.maxMacs = number;
      return this;
    }

    /** The most working memory that the deployed network may take. Default: no limit. */
    public Builder maxMemoryBytes(Long number) {
      this.maxMemoryBytes = number;
      return this;
    }

    /** The largest file that the deployed network may be. Default: no limit. */
    public Builder maxFileBytes(Long number) {
      this.maxFileBytes = number;
      return this;
    }

    /**
     * The format in which these two hold, by the name of {@code export --format}. Default: int8,
     * which microcontrollers run.
     */
    public Builder limitsFormat(String name) {
      this.limitsFormat = name;
      return this;
    }

    /**
     * Another device profile, and the latency that the same network is to meet there. Default:
     * none.
     */
    public Builder alsoDevice(String nameOrFile, Double milliseconds) {
      this.alsoDevice = nameOrFile;
      this.alsoTargetMillis = milliseconds;
      return this;
    }

    /** The other device's latency table. Default: as for the first device. */
    public Builder alsoTable(Path file) {
      this.alsoTable = file;
      return this;
    }

    /** The latency table. Default: a cached one that fits, else one is measured and cached. */
    public Builder table(Path file) {
      this.table = file;
      return this;
    }

    /** Whether the table may come from another machine. Default: no. */
    public Builder allowForeignTable(boolean allowed) {
      this.allowForeignTable = allowed;
      return this;
    }

    /**
     * Whether some of the table's operators are measured again before the search, and the table is
     * brought up to date with what the machine does now. Default: yes.
     */
    public Builder checkTable(boolean asked) {
      this.checkTable = asked;
      return this;
    }

    /**
     * Whether a table whose operators moved by different factors is refused instead. Default: no.
     */
    public Builder strictTable(boolean asked) {
      this.strictTable = asked;
      return this;
    }

    /**
     * Whether the network is measured as soon as it is derived, and derived again if it is above
     * the target. Without it a run can be repeated to the last bit. Default: yes.
     */
    public Builder proof(boolean asked) {
      this.proof = asked;
      return this;
    }

    /** The way to search. Default: gradient. */
    public Builder strategy(StrategyKind kind) {
      this.strategy = kind;
      return this;
    }

    /** For gradient: {@code full} is exacter and takes longer than {@code two}, the default. */
    public Builder gates(GateMode mode) {
      this.gates = mode;
      return this;
    }

    /**
     * Whose the weights of a supernet's candidates are: nested ones are trained by every step of
     * their edge, own ones only while their candidate is active. Default: nested, but for
     * strategies that mix all candidates.
     */
    public Builder candidateWeights(CandidateWeights whose) {
      this.candidateWeights = whose;
      return this;
    }

    /** For gradient: how latency enters the loss. Default: target. */
    public Builder latencyLoss(LatencyLossKind kind) {
      this.latencyLoss = kind;
      return this;
    }

    /**
     * How networks are told good from bad, for strategies that only evaluate them. Default: by
     * shared weights.
     */
    public Builder estimate(EstimateKind kind) {
      this.estimate = kind;
      return this;
    }

    /**
     * Networks that are estimated otherwise than by shared weights: more find better ones. Default:
     * {@value EstimateSettings#DEFAULT_EVALUATIONS}.
     */
    public Builder evaluations(Integer number) {
      this.evaluations = number;
      return this;
    }

    /**
     * Networks that are estimated at a time, each with {@link #threads}: more are quicker where
     * there are processors for them, and are chosen knowing less. Default: 1.
     */
    public Builder ahead(Integer networks) {
      this.ahead = networks;
      return this;
    }

    /** What a low-fidelity estimate trains on. Default: {@link Fidelity#DEFAULT}. */
    public Builder fidelity(Fidelity shares) {
      this.fidelity = shares;
      return this;
    }

    /** Derives from another run's shared weights instead of a search. Default: a search. */
    public Builder derivation(DerivationSettings settings) {
      this.derivation = settings;
      return this;
    }

    /** A run whose weights the supernet begins with as far as they fit. Default: fresh ones. */
    public Builder initialWeights(Path run) {
      this.initialWeights = run;
      return this;
    }

    /** How the network that was found is trained. Default: fine-tuned, without more. */
    public Builder recipe(RecipeSettings settings) {
      this.recipe = settings;
      return this;
    }

    /** What networks are judged by on validation images. Default: their accuracy. */
    public Builder score(ScoreKind kind) {
      this.score = kind;
      return this;
    }

    /**
     * More make the shared weights a fairer judge. Default: {@value #DEFAULT_WARMUP_EPOCHS}; with a
     * time limit as many as fit.
     */
    public Builder warmupEpochs(Integer number) {
      this.warmupEpochs = number;
      return this;
    }

    /**
     * More let the choice settle. Default: {@value #DEFAULT_EPOCHS}; with a time limit as many as
     * fit. With estimates other than by shared weights these are the epochs of a full training,
     * {@value TrainSettings#DEFAULT_EPOCHS}.
     */
    public Builder epochs(Integer number) {
      this.epochs = number;
      return this;
    }

    /**
     * More give accuracy. Default: {@value #DEFAULT_FINE_TUNE_EPOCHS}; with a time limit as many as
     * fit; as many as a full training has where the network inherits no weights.
     */
    public Builder fineTuneEpochs(Integer number) {
      this.fineTuneEpochs = number;
      return this;
    }

    /** More cost memory and give steadier steps. Default: {@value #DEFAULT_BATCH_SIZE}. */
    public Builder batchSize(Integer images) {
      this.batchSize = images;
      return this;
    }

    /** Of every random choice. Default: {@value #DEFAULT_SEED}. */
    public Builder seed(Long value) {
      this.seed = value;
      return this;
    }

    /** For training; with 1 a run can be repeated to the last bit. Default: all processors. */
    public Builder threads(Integer number) {
      this.threads = number;
      return this;
    }

    /**
     * For the whole run: phases get as many epochs as fit into it, at most those that are asked
     * for. Default: none.
     */
    public Builder timeLimit(Duration limit) {
      this.timeLimit = limit;
      return this;
    }

    /** The run directory, not there yet or empty. Default: a new one under {@code runs/}. */
    public Builder out(Path folder) {
      this.out = folder;
      return this;
    }

    /**
     * The settings in force.
     *
     * @throws InvalidInputException if a value is out of its range, a file is not there, or a
     *     setting does not apply to the strategy
     */
    public SearchSettings build() {
      Rules.present("--data-dir", dataDir);
      Rules.file("--table", table);
      Rules.file("--also-table", alsoTable);
      Rules.folder("--initial-weights", initialWeights);
      StrategyKind chosen = given(strategy, DEFAULT_STRATEGY);
      boolean gradient = chosen.equals(StrategyKind.GRADIENT);
      EstimateSettings estimates = EstimateSettings.of(estimate, evaluations, fidelity, ahead);
      boolean fresh = estimates != null && !estimates.kind().needsSharedWeights();
      boolean timed = timeLimit != null;
      int searchEpochs = timed ? TIMED_EPOCHS : DEFAULT_EPOCHS;
      int epochsInForce =
          given(epochs, estimates == null ? searchEpochs : TrainSettings.DEFAULT_EPOCHS);
      boolean scratch = recipe != null && recipe.fromScratch();
      int tuningEpochs = timed || scratch ? TIMED_FINE_TUNE_EPOCHS : DEFAULT_FINE_TUNE_EPOCHS;
      return new SearchSettings(
          independentOfFolder(given(device, DEFAULT_DEVICE)),
          independentOfFolder(given(space, DEFAULT_SPACE)),
          given(width, DEFAULT_WIDTH),
          given(dataset, DEFAULT_DATASET),
          absolute(dataDir),
          inputSize,
          maxImages,
          reading,
          targetMillis,
          targetsMillis,
          given(targetPercentile, DEFAULT_TARGET_PERCENTILE),
          maxParams,
          maxMacs,
          DeployedLimits.of(limitsFormat, maxMemoryBytes, maxFileBytes),
          alsoDevice == null ? null : independentOfFolder(alsoDevice),
          alsoTargetMillis,
          absolute(alsoTable),
          absolute(table),
          allowForeignTable,
          checkTable,
          strictTable,
          proof,
          chosen,
          given(gates, gradient ? DEFAULT_GATES : null),
          given(candidateWeights, chosen.mixes() ? null : DEFAULT_CANDIDATE_WEIGHTS),
          given(latencyLoss, gradient ? DEFAULT_LATENCY_LOSS : null),
          estimates,
          derivation,
          absolute(initialWeights),
          recipe,
          score,
          given(warmupEpochs, fresh ? 0 : timed ? TIMED_WARMUP_EPOCHS : DEFAULT_WARMUP_EPOCHS),
          epochsInForce,
          given(fineTuneEpochs, fresh ? epochsInForce : tuningEpochs),
          given(batchSize, DEFAULT_BATCH_SIZE),
          given(seed, DEFAULT_SEED),
          given(threads, Runtime.getRuntime().availableProcessors()),
          timeLimit == null ? null : timeLimit.toSeconds(),
          absolute(out));
    }

    /** Names stay; files become absolute, so that the settings hold in another folder, too. */
    private static String independentOfFolder(String nameOrFile) {
      boolean file = nameOrFile.matches(".*\\.ya?ml|.*[/\\\\].*");
      return file ? absolute(Path.of(nameOrFile)).toString() : nameOrFile;
    }
  }
}
