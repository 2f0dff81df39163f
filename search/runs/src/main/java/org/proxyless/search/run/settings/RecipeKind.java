package org.proxyless.search.run.settings;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** What the training of a network that was found starts from, and how long it is. */
public enum RecipeKind {
  /** From the supernet's weights, for a few epochs. */
  QUICK,
  /** From fresh weights, with the schedule of networks that are trained from scratch. */
  FULL;

  /** As on the command line: {@code full}. */
  @JsonValue
  @Override
  public String toString() {
    return KebabCase.of(this);
  }

  /** The one that is written like this. */
  @JsonCreator
  public static RecipeKind of(String text) {
    return KebabCase.parse(RecipeKind.class, text);
  }
}
