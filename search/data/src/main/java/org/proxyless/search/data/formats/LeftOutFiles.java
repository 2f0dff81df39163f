package org.proxyless.search.data.formats;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How many files of a folder are not taken, and why. */
final class LeftOutFiles {
  /** Of a file whose name is not that of an image. */
  static final String NO_IMAGE = "no image by name";

  /** Of a file that is in no class folder. */
  static final String BESIDE_CLASSES = "in no class folder";

  private record Reason(int count, Path example) {}

  private final Map<String, Reason> reasons = new TreeMap<>();

  /** Counts a file that is left out for this reason; the first one is kept as the example. */
  void add(Path file, String reason) {
    reasons.merge(
        reason, new Reason(1, file), (before, one) -> new Reason(before.count + 1, before.example));
  }

  /** Whether everything was taken. */
  boolean isEmpty() {
    return reasons.isEmpty();
  }

  /** As in {@code 2 files no image by name (train/red/notes.txt)}. */
  @Override
  public String toString() {
    return reasons.entrySet().stream()
        .map(entry -> text(entry.getValue(), entry.getKey()))
        .collect(Collectors.joining(", "));
  }

  private static String text(Reason reason, String why) {
    return reason.count == 1
        ? "1 file %s (%s)".formatted(why, reason.example)
        : "%,d files %s (%s, ...)".formatted(reason.count, why, reason.example);
  }
}
