package org.proxyless.benchmarks.jmh;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Times calls in cycles of two calls of the reference, of which the second counts, and a few of
 * what is measured. The first finds the caches as the other left them, and is slower the larger
 * that is: so small networks would look dear and large ones cheap.
 */
final class Cycles {
  private static final int CALLS = 4;
  private static final int FEWEST = 3;

  private final Runnable call;
  private final Runnable reference;
  private long[] all = new long[1024];
  private int calls;

  Cycles(Runnable call, Runnable reference) {
    this.call = call;
    this.reference = reference;
  }

  /** Calls both until they are steady. */
  void warmUp(long atMostNanos) {
    CallTimer.warmUp(
        () -> {
          reference.run();
          call.run();
        },
        atMostNanos);
  }

  /** Runs for about so long, or a few cycles if they take longer. */
  void block(long millis, CallMedians medians) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    int first = calls;
    long[] references = new long[FEWEST];
    int cycles = 0;
    while (cycles < FEWEST || System.nanoTime() < end) {
      if (cycles == references.length) {
        references = Arrays.copyOf(references, 2 * cycles);
      }
      reference.run();
      references[cycles++] = CallTimer.nanos(reference);
      for (int i = 0; i < CALLS; i++) {
        add(CallTimer.nanos(call));
      }
    }
    medians.callNanos = CallTimer.median(Arrays.copyOfRange(all, first, calls));
    medians.referenceNanos = CallTimer.median(Arrays.copyOf(references, cycles));
    long[] sorted = Arrays.copyOf(all, calls);
    Arrays.sort(sorted);
    medians.callsSoFar = calls;
    medians.medianSoFarNanos = CallTimer.median(sorted);
    medians.p95SoFarNanos = sorted[(int) Math.ceil(0.95 * calls) - 1];
  }

  private void add(long nanos) {
    if (calls == all.length) {
      all = Arrays.copyOf(all, 2 * calls);
    }
    all[calls++] = nanos;
  }
}
