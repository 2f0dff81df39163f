package org.proxyless.benchmarks.machine;

import java.util.Locale;
import java.util.Optional;

/**
 * What other programs took of a machine over some time.
 *
 * @param processors how many processors' time they took in all, that which a virtual machine's host
 *     kept for itself included
 * @param busiest the program that took most, if it could be told
 * @param busiestProcessors what that one took
 */
public record WorkLoad(double processors, Optional<String> busiest, double busiestProcessors) {
  /** Nothing. */
  public static final WorkLoad NONE = new WorkLoad(0, Optional.empty(), 0);

  /** The part of one processor below which it does not matter: every system does a little. */
  private static final double LITTLE = 0.25;

  /** Of so many processors; of more, one may take as much more. */
  private static final int FEW_PROCESSORS = 4;

  /** Whether it is enough to disturb a measurement. */
  public boolean disturbs() {
    return disturbs(processors);
  }

  /** Whether so many processors' time of other work is enough to disturb a measurement here. */
  public static boolean disturbs(double processors) {
    return disturbs(processors, Runtime.getRuntime().availableProcessors());
  }

  /**
   * Whether it is on a machine with so many processors: on a large one it finds others than that
   * which measures.
   */
  static boolean disturbs(double processors, int ofMachine) {
    return processors > LITTLE * Math.max(1, ofMachine / (double) FEW_PROCESSORS);
  }

  /** For a person: {@code another program, 'java', uses 97 % of one processor}. */
  public String text() {
    String all = String.format(Locale.ROOT, "%.0f %% of one processor", 100 * processors);
    return busiest
        .filter(name -> 2 * busiestProcessors > processors)
        .map(
            name ->
                String.format(
                    Locale.ROOT,
                    "another program, '%s', uses %.0f %% of one processor",
                    name,
                    100 * busiestProcessors))
        .orElse("other work, of programs that cannot be told, uses " + all);
  }
}
