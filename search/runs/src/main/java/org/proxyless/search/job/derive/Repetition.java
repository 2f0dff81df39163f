package org.proxyless.search.job.derive;

import java.time.Duration;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Something that is done again while there is time: it remembers how long it took, since beside
 * other work that may be many times longer than usual.
 */
final class Repetition {
  private final DoubleSupplier secondsLeft;
  private final LongSupplier nanoTime;
  private double longestSeconds;

  /**
   * @param secondsLeft that may be spent from now on
   */
  Repetition(DoubleSupplier secondsLeft) {
    this(secondsLeft, System::nanoTime);
  }

  /** One by another clock. */
  Repetition(DoubleSupplier secondsLeft, LongSupplier nanoTime) {
    this.secondsLeft = secondsLeft;
    this.nanoTime = nanoTime;
  }

  /** Without a limit. */
  static Repetition endless() {
    return new Repetition(() -> Double.POSITIVE_INFINITY);
  }

  /** Does it. */
  <T> T once(Supplier<T> work) {
    long start = nanoTime.getAsLong();
    T result = work.get();
    longestSeconds = Math.max(longestSeconds, (nanoTime.getAsLong() - start) / 1e9);
    return result;
  }

  /** Whether there is time to do it once more, after a pause. */
  boolean fits(Duration pause) {
    return longestSeconds + pause.toMillis() / 1e3 <= secondsLeft.getAsDouble();
  }
}
