package org.proxyless.search.train;

/**
 * How the steps of a fine-tuning are laid out: first some on the training images, on which the
 * validation images decide, then a last phase of fixed length on both, in which nothing is decided.
 *
 * @param decidedSteps on the training images
 * @param lastSteps on the training and validation images
 */
public record FineTuningSchedule(long decidedSteps, long lastSteps) {
  /** One in so many steps is still decided on; the others see a third more images. */
  private static final long DECIDED_PART = 3;

  /** How often the validation images are looked at in the first phase. */
  private static final long LOOKS = 4;

  /** Of that many steps in all. */
  public static FineTuningSchedule of(long steps) {
    long decided = (steps + DECIDED_PART - 1) / DECIDED_PART;
    return new FineTuningSchedule(decided, steps - decided);
  }

  /** Steps in all. */
  public long steps() {
    return decidedSteps + lastSteps;
  }

  /** Whether it is time to look at the validation images when so many steps are done. */
  public boolean looksAfter(long done) {
    return done > decidedSteps
        ? looksAfter(done - decidedSteps, lastSteps)
        : done > 0 && looksAfter(done, decidedSteps);
  }

  private static boolean looksAfter(long done, long of) {
    return (of - done) % Math.max(1, of / LOOKS) == 0;
  }

  /** How often that is in the first phase. */
  public long looks() {
    long apart = Math.max(1, decidedSteps / LOOKS);
    return (decidedSteps + apart - 1) / apart;
  }

  /** The same with another last phase. */
  public FineTuningSchedule withLastSteps(long other) {
    return new FineTuningSchedule(decidedSteps, other);
  }
}
