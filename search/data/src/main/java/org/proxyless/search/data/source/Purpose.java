package org.proxyless.search.data.source;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What images are for, and the words that files and arrays say it by. */
public enum Purpose {
  TRAIN("train", "training"),
  VALIDATION("val", "valid", "validation"),
  TEST("test", "testing");

  private final List<String> words;

  Purpose(String... words) {
    this.words = List.of(words);
  }

  /** All of them. */
  public List<String> words() {
    return words;
  }

  /** That of a name in these words; none if no word or several say one. */
  public static Optional<Purpose> of(List<String> name) {
    List<Purpose> said =
        Stream.of(values()).filter(p -> p.words.stream().anyMatch(name::contains)).toList();
    return said.size() == 1 ? Optional.of(said.get(0)) : Optional.empty();
  }
}
