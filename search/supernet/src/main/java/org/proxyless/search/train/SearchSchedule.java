package org.proxyless.search.train;

import java.util.stream.LongStream;

/**
 * How the steps of a search are laid out. The paper trains the weights alone for 40 epochs, then
 * searches for 120 with an architecture step every 5 weight steps, none in the first of these
 * epochs: 114,000 architecture steps at a rate of 1e-3. Short searches keep the proportions, but
 * take architecture steps more often, and both rates are higher: Adam moves a parameter by about
 * the rate a step, so rate · steps must be 5 or more, or nothing is decided at the end.
 *
 * @param warmupSteps weight steps before the search
 * @param searchSteps weight steps of the search
 * @param architectureInterval weight steps from one architecture step to the next
 * @param firstArchitectureStep weight steps of the search before the first architecture step
 * @param proposalSteps weight steps from one proposal of a network to the next
 * @param warmupRate initial learning rate of the warm-up
 * @param searchRate initial learning rate of the weights in the search
 */
public record SearchSchedule(
    long warmupSteps,
    long searchSteps,
    long architectureInterval,
    long firstArchitectureStep,
    long proposalSteps,
    double warmupRate,
    double searchRate) {
  private static final double PUBLISHED_WARMUP_RATE = 0.05;
  private static final double PUBLISHED_SEARCH_RATE = 0.025;
  private static final long PUBLISHED_INTERVAL = 5;
  private static final double PUBLISHED_EPOCHS = 120;

  /** Weight steps for each of which a short search takes an architecture step. */
  private static final long DENSE_STEPS = 800;

  /** Networks are proposed every epoch, but where epochs are short not more often than this. */
  private static final long LEAST_PROPOSAL_STEPS = 100;

  /** The result is chosen among the proposals of the last part of the search, one in so many. */
  private static final long CHOOSING_PART = 4;

  /** Proposals in that part at least, where the search has the steps. */
  private static final long LEAST_CHOICES = 4;

  /** Networks that are drawn for the end, one for so many steps of the search. */
  private static final long STEPS_A_FINALIST = 250;

  private static final long LEAST_FINALISTS = 4;
  private static final long MOST_FINALISTS = 12;

  /** Weight steps from which on the published rates are best; shorter searches take higher ones. */
  private static final double LONG_STEPS = 20_000;

  /** The most that a rate is raised in a short search. */
  private static final double GREATEST_RAISE = 5;

  /**
   * The schedule of a search by epochs.
   *
   * @param stepsAnEpoch weight steps in which the training data is seen once
   */
  public static SearchSchedule of(
      int warmupEpochs, int searchEpochs, long stepsAnEpoch, int batchSize) {
    return ofSteps(
        warmupEpochs * stepsAnEpoch, searchEpochs * stepsAnEpoch, stepsAnEpoch, batchSize);
  }

  /**
   * The schedule of a search by steps, for one that is cut down to a time.
   *
   * @param stepsAnEpoch weight steps in which the training data is seen once
   */
  public static SearchSchedule ofSteps(
      long warmupSteps, long searchSteps, long stepsAnEpoch, int batchSize) {
    double raise = Math.max(1, Math.min(GREATEST_RAISE, LONG_STEPS / (warmupSteps + searchSteps)));
    double scale = raise * batchSize / CosineSchedule.PUBLISHED_BATCH_SIZE;
    return new SearchSchedule(
        warmupSteps,
        searchSteps,
        Math.max(1, Math.min(PUBLISHED_INTERVAL, searchSteps / DENSE_STEPS)),
        (long) Math.ceil(searchSteps / PUBLISHED_EPOCHS),
        Math.max(LEAST_PROPOSAL_STEPS, stepsAnEpoch),
        PUBLISHED_WARMUP_RATE * scale,
        PUBLISHED_SEARCH_RATE * scale);
  }

  /** The same, but that the search ends after other steps: nothing changes before. */
  public SearchSchedule withSearchSteps(long other) {
    return new SearchSchedule(
        warmupSteps,
        other,
        architectureInterval,
        firstArchitectureStep,
        proposalSteps,
        warmupRate,
        searchRate);
  }

  /** Whether an architecture step follows this weight step of the search, counted from 0. */
  public boolean architectureStepAfter(long step) {
    return step >= firstArchitectureStep
        && (step - firstArchitectureStep) % architectureInterval == 0;
  }

  /** The number of architecture steps. */
  public long architectureSteps() {
    return (searchSteps - firstArchitectureStep + architectureInterval - 1) / architectureInterval;
  }

  /**
   * Whether networks are proposed and scored after this weight step: every epoch, more often where
   * the result is chosen, and always after the last.
   */
  public boolean proposalAfter(long step) {
    long left = searchSteps - 1 - step;
    long often = Math.max(1, searchSteps / (CHOOSING_PART * LEAST_CHOICES));
    return left % (choosesAfter(step) ? Math.min(often, proposalSteps) : proposalSteps) == 0;
  }

  /** Networks that a strategy names for the choice at the end; to score one costs many steps. */
  public int finalists() {
    long affordable = searchSteps / STEPS_A_FINALIST;
    return (int) Math.max(LEAST_FINALISTS, Math.min(MOST_FINALISTS, affordable));
  }

  /** How often networks are proposed. */
  public long proposals() {
    return stepsBeforeProposals().count();
  }

  /** How often those may be chosen in the end. */
  public long choices() {
    return stepsBeforeProposals().filter(this::choosesAfter).count();
  }

  private LongStream stepsBeforeProposals() {
    return LongStream.range(0, searchSteps).filter(this::proposalAfter);
  }

  /** Whether what is proposed now may be chosen in the end: in the last quarter of the search. */
  public boolean choosesAfter(long step) {
    return CHOOSING_PART * (searchSteps - 1 - step) < searchSteps;
  }
}
