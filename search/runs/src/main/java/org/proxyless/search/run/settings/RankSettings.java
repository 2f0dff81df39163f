package org.proxyless.search.run.settings;

import java.util.LinkedHashSet;
import java.util.List;
import org.proxyless.base.InvalidInputException;

/**
 * Everything that decides how well estimates rank networks.
 *
 * @param training of every network by itself; names the run
 * @param networks drawn evenly from the whole space
 * @param estimates that are compared with full training, each once
 * @param fidelity of the cheap training; null for the default, and where there is none
 */
public record RankSettings(
    TrainSettings training, int networks, List<EstimateKind> estimates, Fidelity fidelity) {
  public static final int DEFAULT_NETWORKS = 20;
  private static final int LEAST_NETWORKS = 3; // two are always in order or in reverse

  /** Checks the values. */
  public RankSettings {
    Rules.atLeast("--networks", LEAST_NETWORKS, networks);
    estimates = List.copyOf(estimates);
    if (estimates.isEmpty() || new LinkedHashSet<>(estimates).size() < estimates.size()) {
      throw new InvalidInputException(
          "--estimate is " + estimates + "; name at least one estimate, and none twice.");
    }
    boolean cheap = estimates.contains(EstimateKind.LOW_FIDELITY);
    if (fidelity != null && !cheap) {
      throw new InvalidInputException(
          "--fidelity is "
              + fidelity
              + "; it belongs to "
              + EstimateKind.LOW_FIDELITY
              + ", which --estimate does not name.");
    }
    fidelity = fidelity == null && cheap ? Fidelity.DEFAULT : fidelity;
  }

  /** Of shared weights alone. */
  public RankSettings(TrainSettings training, int networks) {
    this(training, networks, List.of(EstimateKind.SHARED_WEIGHTS), null);
  }
}
