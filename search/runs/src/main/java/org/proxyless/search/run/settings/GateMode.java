package org.proxyless.search.run.settings;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Which candidates of an edge an architecture step evaluates. */
public enum GateMode {
  /** Two sampled ones (ProxylessNAS, section 3.2.1). */
  TWO,
  /** All of them. */
  FULL;

  /** As on the command line: {@code two}. */
  @JsonValue
  @Override
  public String toString() {
    return KebabCase.of(this);
  }

  @JsonCreator
  static GateMode of(String text) {
    return KebabCase.parse(GateMode.class, text);
  }
}
