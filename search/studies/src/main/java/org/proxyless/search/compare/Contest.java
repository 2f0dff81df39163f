package org.proxyless.search.compare;

import java.util.List;
import org.proxyless.search.job.revisit.ScratchTraining.Outcome;
import org.proxyless.search.statistics.Interval;
import org.proxyless.search.statistics.Sample;

/**
 * How one network of a comparison did.
 *
 * @param outcomes one for each seed
 */
public record Contest(Contender contender, List<Outcome> outcomes) {
  /** The test accuracies, 0 to 1. */
  public Sample accuracies() {
    return accuracies(outcomes);
  }

  /**
   * Where its accuracy lies with a chance of 95 %: over seeds by Student's t; of a single training
   * by Wilson's score, which knows the chance of the test images alone.
   */
  public Interval interval95() {
    return interval95(outcomes);
  }

  static Interval interval95(List<Outcome> outcomes) {
    Outcome first = outcomes.get(0);
    return accuracies(outcomes)
        .interval95()
        .orElseGet(() -> Interval.ofShare(first.correct(), first.images()));
  }

  static Sample accuracies(List<Outcome> outcomes) {
    return new Sample(outcomes.stream().map(Outcome::accuracy).toList());
  }
}
