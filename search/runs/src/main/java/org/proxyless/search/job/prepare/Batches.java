package org.proxyless.search.job.prepare;

import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.proxyless.base.InvalidInputException;
import org.proxyless.search.data.Augmentation;
import org.proxyless.search.data.BatchStream;
import org.proxyless.search.data.Dataset;
import org.proxyless.search.data.Split;
import org.proxyless.search.estimate.CandidateData;
import org.proxyless.search.run.settings.ScoreKind;
import org.proxyless.search.run.settings.SearchSettings;
import org.proxyless.search.supernet.Supernet;
import org.proxyless.search.train.Evaluation;
import org.proxyless.search.train.RecalibratedScoring;

/** The streams of batches that a run's phases train on, each in an order of its own. */
public final class Batches {
  /** What training batches are for; no two uses see the same order. */
  public enum Use {
    SEARCH,
    FINE_TUNE,
    CALIBRATION,
    TIMING,
    LAST_PHASE,
    RATE_TRIAL
  }

  private static final long SEEDS_APART = 1000;

  /**
   * Validation images that a proposal is scored on. On two cores that takes seconds with a network
   * of milliseconds, and the standard error is about 1 %: enough to follow a search.
   */
  private static final int SCORED_IMAGES = 1000;

  /** Validation images that the networks to choose from are compared on, twice as exactly. */
  private static final int CHOOSING_IMAGES = 4000;

  private final Dataset dataset;
  private final int size;
  private final long seed;
  private final Split scored;
  private final Split compared;
  private final Optional<ToDoubleFunction<Evaluation>> score;

  /**
   * @throws InvalidInputException if the data is too little for one batch
   */
  public Batches(Dataset dataset, SearchSettings settings) {
    this.dataset = dataset;
    this.size = settings.batchSize();
    this.seed = settings.seed();
    this.score = score(settings.score());
    this.scored = dataset.validation().sample(SCORED_IMAGES);
    this.compared = dataset.validation().sample(CHOOSING_IMAGES);
    requireOne("validation", dataset.validation().size());
    requireOne("training", dataset.train().size());
  }

  private void requireOne(String split, int images) {
    if (images < size) {
      throw new InvalidInputException(
          "--batch-size is "
              + size
              + "; it must be at most the number of "
              + split
              + " images, "
              + images
              + ". Ask for smaller batches or more images.");
    }
  }

  /** Steps in which the training images are seen once. */
  public long stepsAnEpoch() {
    return dataset.train().size() / size;
  }

  /** Batches that {@link #scoring} has. */
  long scoredBatches() {
    return batches(scored);
  }

  /** Batches that {@link #choosing} has. */
  long comparedBatches() {
    return batches(compared);
  }

  /** Images that {@link #trainingAndValidation} sees. */
  int allImages() {
    return dataset.train().size() + dataset.validation().size();
  }

  /** Batches that the test images fill, the last one in part. */
  long testBatches() {
    return batches(dataset.test());
  }

  private long batches(Split split) {
    return (split.size() + size - 1) / size;
  }

  /** Endless training batches; augmented unless they are for calibration. */
  public BatchStream training(Use use) {
    return training(use, 0);
  }

  /**
   * The same from a later batch on.
   *
   * @param drawn batches that were drawn before
   */
  public BatchStream training(Use use, long drawn) {
    BatchStream.Builder builder = shuffled(dataset.train(), use).skip(drawn);
    return (use == Use.CALIBRATION ? builder.augmentation(Augmentation.NONE) : builder).open();
  }

  /**
   * Endless augmented batches of the training and the validation images, once nothing is left to
   * decide.
   *
   * @param drawn batches that were drawn before
   */
  public BatchStream trainingAndValidation(long drawn) {
    return shuffled(dataset.trainAndValidation(), Use.LAST_PHASE).skip(drawn).open();
  }

  private BatchStream.Builder shuffled(Split images, Use use) {
    return dataset.shuffled(images).batchSize(size).seed(seed + SEEDS_APART * (1 + use.ordinal()));
  }

  /**
   * Endless validation batches for architecture steps.
   *
   * @param drawn batches that were drawn before
   */
  public BatchStream validation(long drawn) {
    return dataset.shuffled(dataset.validation()).batchSize(size).seed(seed + 1).skip(drawn).open();
  }

  /** What candidates are trained on, and judged by: the validation images. */
  CandidateData ofCandidates() {
    return new CandidateData(
        size,
        stepsAnEpoch(),
        () -> training(Use.FINE_TUNE),
        () -> training(Use.CALIBRATION),
        this::thoroughScoring,
        dataset.validation().size(),
        score);
  }

  /** Validation images from all over the split once, in order. */
  public BatchStream scoring() {
    return dataset.sequential(scored, size);
  }

  /** More of them: enough to choose among networks. */
  public BatchStream choosing() {
    return dataset.sequential(compared, size);
  }

  /** At most so many of these, and at least a batch. */
  public BatchStream racing(int images) {
    return dataset.sequential(compared.sample(Math.max(images, size)), size);
  }

  /** All validation images once, in order. */
  BatchStream thoroughScoring() {
    return dataset.sequential(dataset.validation(), size);
  }

  /** Scores networks on such images, with statistics of training images. */
  public RecalibratedScoring scoring(Supernet.Settings settings, Supplier<BatchStream> images) {
    return new RecalibratedScoring(settings, () -> training(Use.CALIBRATION), images, score);
  }

  /** What networks are judged by; empty for the accuracy. */
  public Optional<ToDoubleFunction<Evaluation>> score() {
    return score;
  }

  private static Optional<ToDoubleFunction<Evaluation>> score(ScoreKind kind) {
    if (kind == null) {
      return Optional.empty();
    }
    return switch (kind) {
      case ACCURACY -> Optional.empty();
      case BALANCED_ACCURACY -> Optional.of(Evaluation::balancedAccuracy);
      case MACRO_F1 -> Optional.of(Evaluation::macroF1);
    };
  }
}
