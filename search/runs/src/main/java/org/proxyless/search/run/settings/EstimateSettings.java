package org.proxyless.search.run.settings;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.stream.Collectors;
import org.proxyless.base.InvalidInputException;

/**
 * How a search tells how accurate a network would be, where it does not ask the shared weights.
 *
 * @param kind of estimate, not shared weights
 * @param evaluations networks that are estimated, each once
 * @param fidelity of a cheap training; null unless the kind is low-fidelity
 * @param ahead networks that are estimated at a time; null for one, and in the settings of runs
 *     that knew nothing else
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EstimateSettings(
    @JsonProperty(required = true) EstimateKind kind,
    @JsonProperty(required = true) int evaluations,
    Fidelity fidelity,
    Integer ahead) {
  public static final int DEFAULT_EVALUATIONS = 50;
  private static final int MOST_AHEAD = 1000;

  /** Checks the values. */
  public EstimateSettings {
    if (kind == EstimateKind.SHARED_WEIGHTS) {
      throw new IllegalArgumentException("estimates by shared weights need no settings");
    }
    Rules.atLeast("--evaluations", 1, evaluations);
    Rules.between("--ahead", 1, MOST_AHEAD, ahead);
    ahead = ahead != null && ahead == 1 ? null : ahead;
    if (ahead != null && (kind == EstimateKind.LEARNING_CURVE || kind == EstimateKind.MORPHISM)) {
      throw new InvalidInputException(
          "--ahead is "
              + ahead
              + "; "
              + kind
              + " takes over from one network to the next: leave it out.");
    }
    boolean cheap = kind == EstimateKind.LOW_FIDELITY;
    if (cheap != (fidelity != null)) {
      throw new InvalidInputException(
          "--fidelity is "
              + fidelity
              + " with --estimate "
              + kind
              + "; it belongs to "
              + EstimateKind.LOW_FIDELITY
              + " alone.");
    }
  }

  /**
   * What was asked for.
   *
   * @param kind or null
   * @param evaluations or null for the default
   * @param fidelity or null for the kind's default
   * @param ahead or null for one network at a time
   * @return null for shared weights
   * @throws InvalidInputException if something does not apply to this kind
   */
  static EstimateSettings of(
      EstimateKind kind, Integer evaluations, Fidelity fidelity, Integer ahead) {
    if (kind == null || kind == EstimateKind.SHARED_WEIGHTS) {
      requireNone("--evaluations", evaluations);
      requireNone("--fidelity", fidelity);
      requireNone("--ahead", ahead);
      return null;
    }
    boolean cheap = kind == EstimateKind.LOW_FIDELITY;
    return new EstimateSettings(
        kind,
        evaluations == null ? DEFAULT_EVALUATIONS : evaluations,
        fidelity == null && cheap ? Fidelity.DEFAULT : fidelity,
        ahead);
  }

  /** Networks that are estimated at a time. */
  public int networksAtATime() {
    return ahead == null ? 1 : ahead;
  }

  private static void requireNone(String option, Object value) {
    if (value != null) {
      throw new InvalidInputException(
          option
              + " is "
              + value
              + "; it does not apply to --estimate "
              + EstimateKind.SHARED_WEIGHTS
              + ": leave it out, or choose another estimate.");
    }
  }

  /** Refuses what does not go with these estimates. */
  void requireFit(
      StrategyKind strategy, boolean severalTargets, int warmupEpochs, Long timeLimitSeconds) {
    require(
        !strategy.needsGradients(),
        "it needs a strategy that only evaluates networks ("
            + StrategyKind.all().stream()
                .filter(other -> !other.needsGradients())
                .map(StrategyKind::toString)
                .collect(Collectors.joining(", "))
            + "), and --strategy is "
            + strategy);
    require(
        !strategy.hasRungs()
            || kind == EstimateKind.LOW_FIDELITY && fidelity.cost() < 1 && fidelity.width() == null,
        "--strategy "
            + strategy
            + " trains most networks a little and few to the end: it needs --estimate low-fidelity,"
            + " and a --fidelity below full training to begin with, without width");
    require(
        !strategy.hasRungs() || ahead == null,
        "--strategy "
            + strategy
            + " decides by each answer which network is trained on: leave --ahead out");
    require(!severalTargets, "it searches for one target at a time: give one --target-ms");
    require(
        timeLimitSeconds == null, "it does not go with --time-limit: say how many --evaluations");
    require(
        kind.needsSharedWeights() || warmupEpochs == 0,
        "it needs no shared weights: leave --warmup-epochs out");
    require(
        !kind.needsSharedWeights() || warmupEpochs > 0,
        "it starts from shared weights: --warmup-epochs must be at least 1");
  }

  private void require(boolean kept, String rule) {
    if (!kept) {
      throw new InvalidInputException("--estimate is " + kind + "; " + rule + ".");
    }
  }
}
