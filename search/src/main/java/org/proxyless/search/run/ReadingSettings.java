package org.proxyless.search.run;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * How a data set's files are read. What is null has its default; settings of older runs have none.
 *
 * @param unreadable what is done about image files that cannot be decoded; null to refuse them
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ReadingSettings(UnreadableFiles unreadable) {
  /** All of it by default. */
  public static final ReadingSettings DEFAULT = new ReadingSettings(null);

  /** Whether files that cannot be decoded are left out. */
  public boolean skipsUnreadable() {
    return unreadable == UnreadableFiles.SKIP;
  }
}
