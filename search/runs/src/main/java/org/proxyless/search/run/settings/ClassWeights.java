package org.proxyless.search.run.settings;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** How much an image counts in the loss by its class. */
public enum ClassWeights {
  /** The less, the more images its class has: every class counts as much as any other. */
  BALANCED;

  /** As on the command line: {@code balanced}. */
  @JsonValue
  @Override
  public String toString() {
    return KebabCase.of(this);
  }

  /** The one that is written like this. */
  @JsonCreator
  public static ClassWeights of(String text) {
    return KebabCase.parse(ClassWeights.class, text);
  }
}
