package org.proxyless.base;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a run works on, by name: its settings, and the hashes of its table, data and space. A state
 * belongs to no other run.
 *
 * @param facts each a name and a value
 */
public record Identity(Map<String, String> facts) {
  private static final String PREFIX = "identity.";

  /**
   * What a run is by its settings and what they name.
   *
   * @param settings an object
   * @param hashes of what the settings only name
   */
  public static Identity of(JsonNode settings, Map<String, String> hashes) {
    Map<String, String> facts = new TreeMap<>(hashes);
    settings.fields().forEachRemaining(entry -> facts.put(entry.getKey(), text(entry.getValue())));
    return new Identity(facts);
  }

  private static String text(JsonNode value) {
    return value.isValueNode() ? value.asText() : value.toString();
  }

  /** A hash of a text, for facts that are too long to show. */
  public static String hash(String text) {
    return HexFormat.of()
        .formatHex(CheckpointFile.sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Writes it into a state. */
  public void save(State state) {
    facts.forEach((name, value) -> state.put(PREFIX + name, value));
  }

  /**
   * Refuses a state of something else.
   *
   * @throws InvalidInputException that shows every difference
   */
  public void requireOf(State state, String run) {
    Map<String, String> saved = state.texts(PREFIX);
    List<String> differences = new ArrayList<>();
    TreeMap<String, String> all = new TreeMap<>(saved);
    all.putAll(facts);
    for (String name : all.keySet()) {
      String then = saved.get(name);
      String now = facts.get(name);
      if (!String.valueOf(then).equals(String.valueOf(now))) {
        differences.add(name + " was " + then + " and is " + now);
      }
    }
    if (!differences.isEmpty()) {
      throw new InvalidInputException(
          "the checkpoints of "
              + run
              + " belong to other settings, table or data: "
              + String.join("; ", differences)
              + ". Put back what was, or start a new run.");
    }
  }
}
