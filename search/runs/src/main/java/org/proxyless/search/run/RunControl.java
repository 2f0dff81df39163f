package org.proxyless.search.run;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * How a run is kept and stopped; nothing here changes what it finds.
 *
 * @param checkpointInterval from one checkpoint to the next; shorter loses less when a run is cut
 *     short, and costs the time to write all weights more often
 * @param stop asks the run to stop
 * @param measures whether the exported network is timed where its device is here; it can be later
 */
public record RunControl(Duration checkpointInterval, StopSignal stop, boolean measures) {
  /** A minute. */
  public static final int DEFAULT_CHECKPOINT_SECONDS = 60;

  /** Of a run that ends with measuring. */
  public RunControl(Duration checkpointInterval, StopSignal stop) {
    this(checkpointInterval, stop, true);
  }

  /** The same, but the run ends with the exported network. */
  public RunControl withoutMeasuring() {
    return new RunControl(checkpointInterval, stop, false);
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
    stop.begin(howToGoOn);
    try {
      T result = work.get();
      finished = true;
      return result;
    } finally {
      stop.end(finished);
    }
  }
}
