package org.proxyless.search.run.settings;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** What networks are judged by on validation images. */
public enum ScoreKind {
  /** The share of images that are classified correctly. */
  ACCURACY,
  /** The mean share over the classes, each of which counts alike. */
  BALANCED_ACCURACY,
  /** The mean F1 of the classes. */
  MACRO_F1;

  /** As on the command line: {@code macro-f1}. */
  @JsonValue
  @Override
  public String toString() {
    return KebabCase.of(this);
  }

  /** The one that is written like this. */
  @JsonCreator
  public static ScoreKind of(String text) {
    return KebabCase.parse(ScoreKind.class, text);
  }
}
