package org.proxyless.search.run.settings;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** How the expected latency E and the target T enter the architecture loss. */
public enum LatencyLossKind {
  /** CE alone, while the probabilities are kept where E ≤ T. */
  TARGET,
  /** CE and a one-sided augmented Lagrangian of E ≤ T, which is lowered along a ramp. */
  LAGRANGIAN,
  /** a · CE · (ln(80·E/T) / ln 80)^b. */
  MUL_LOG,
  /** CE + λ · (E − T) / T. */
  ADD_LINEAR;

  /** As on the command line: {@code mul-log}. */
  @JsonValue
  @Override
  public String toString() {
    return KebabCase.of(this);
  }

  @JsonCreator
  static LatencyLossKind of(String text) {
    return KebabCase.parse(LatencyLossKind.class, text);
  }
}
