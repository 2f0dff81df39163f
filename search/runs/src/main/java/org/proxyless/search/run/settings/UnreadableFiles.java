package org.proxyless.search.run.settings;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** What is done about image files that cannot be decoded. */
public enum UnreadableFiles {
  /** The data set is refused, and the files are named. */
  REFUSE,
  /** They are left out, and named. */
  SKIP;

  /** As on the command line: {@code skip}. */
  @JsonValue
  @Override
  public String toString() {
    return KebabCase.of(this);
  }

  @JsonCreator
  static UnreadableFiles of(String text) {
    return KebabCase.parse(UnreadableFiles.class, text);
  }
}
