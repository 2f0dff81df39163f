package org.proxyless.search.run.settings;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Whose the weights of a supernet's candidates are. */
public enum CandidateWeights {
  /** Candidates of an edge with layers of the same kinds have those of the largest together. */
  NESTED,
  /** Each candidate has its own, as in ProxylessNAS. */
  OWN;

  /** As on the command line: {@code nested}. */
  @JsonValue
  @Override
  public String toString() {
    return KebabCase.of(this);
  }

  @JsonCreator
  static CandidateWeights of(String text) {
    return KebabCase.parse(CandidateWeights.class, text);
  }
}
