package org.proxyless.search.run;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How a run is kept and stopped; nothing here changes what it finds.
 *
 * @param checkpointInterval from one checkpoint to the next; shorter loses less when a run is cut
 *     short, and costs the time to write all weights more often
 * @param stop asks the run to stop
 * @param whole how to go on with what the run is a part of; empty if it stands for itself
 */
public record RunControl(Duration checkpointInterval, StopSignal stop, Optional<String> whole) {
  /** A minute. */
  public static final int DEFAULT_CHECKPOINT_SECONDS = 60;

  /** For a run that stands for itself. */
  public RunControl(Duration checkpointInterval, StopSignal stop) {
    this(checkpointInterval, stop, Optional.empty());
  }

  /** The same for a run that is part of something larger. */
  public RunControl partOf(String howToGoOnWithTheWhole) {
    return new RunControl(checkpointInterval, stop, Optional.of(howToGoOnWithTheWhole));
  }

  /** A checkpoint every minute, and nobody who asks to stop. */
  public static RunControl standard() {
    return new RunControl(Duration.ofSeconds(DEFAULT_CHECKPOINT_SECONDS), new StopSignal());
  }

  /**
   * Does the work of a run, while the stop signal knows that it runs.
   *
   * @param howToGoOn when it was cut short
   */
  public <T> T watch(String howToGoOn, Supplier<T> work) {
    boolean finished = false;
    stop.begin(whole.orElse(howToGoOn));
    try {
      T result = work.get();
      finished = true;
      return result;
    } finally {
      stop.end(finished);
    }
  }
}
