package org.proxyless.latency;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What tells one machine and its software from another: processor, cores, memory, versions, flags.
 * Latencies hold only where the fingerprint is the same.
 *
 * @param facts name to value, in the order of the names
 */
public record Fingerprint(SortedMap<String, String> facts) {
  public Fingerprint {
    facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
  }

  /** The fingerprint with these facts. */
  public static Fingerprint of(Map<String, String> facts) {
    return new Fingerprint(new TreeMap<>(facts));
  }

  /**
   * One line for each fact that differs, this one's value first: {@code cores: '2' against '4'}.
   * Empty when the two are the same.
   */
  public List<String> differences(Fingerprint other) {
    TreeSet<String> names = new TreeSet<>(facts.keySet());
    names.addAll(other.facts.keySet());
    List<String> differences = new ArrayList<>();
    for (String name : names) {
      String mine = quoted(facts.get(name));
      String theirs = quoted(other.facts.get(name));
      if (!mine.equals(theirs)) {
        differences.add(name + ": " + mine + " against " + theirs);
      }
    }
    return List.copyOf(differences);
  }

  private static String quoted(@Nullable String value) {
    return value == null ? "absent" : "'" + value + "'";
  }
}
