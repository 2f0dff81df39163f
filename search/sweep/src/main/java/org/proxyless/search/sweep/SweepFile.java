package org.proxyless.search.sweep;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.proxyless.base.InvalidInputException;
import org.proxyless.base.StrictYaml;

/**
 * What a user asks for, in YAML: {@code cell} (what one search needs of a machine), {@code search}
 * (options that all have) and {@code grid} (by axis the values that are combined).
 *
 * @param cell needs; the defaults where there are none
 * @param search by option without its dashes: a text, a number, or whether a flag is given
 * @param grid by axis its values: those of the option of that name, or maps of several options
 */
public record SweepFile(
    CellNeeds cell, Map<String, Object> search, Map<String, List<Object>> grid) {
  private static final Pattern SECRET =
      Pattern.compile("(?i).*(secret|passw|token|credential|access[.-]?key).*");

  /** Fills in what may be left out. */
  public SweepFile(
      @JsonProperty("cell") CellNeeds cell,
      @JsonProperty("search") Map<String, Object> search,
      @JsonProperty("grid") Map<String, List<Object>> grid) {
    this.cell = cell == null ? CellNeeds.DEFAULT : cell;
    this.search = search == null ? Map.of() : search;
    this.grid = grid == null ? Map.of() : grid;
    this.search.keySet().forEach(SweepFile::requireNoSecret);
    for (Map.Entry<String, List<Object>> axis : this.grid.entrySet()) {
      requireValues(axis.getKey(), axis.getValue());
      for (Object value : axis.getValue()) {
        options(axis.getKey(), value).keySet().forEach(SweepFile::requireNoSecret);
      }
    }
  }

  /**
   * Reads a sweep.
   *
   * @throws InvalidInputException if it cannot be read, or breaks a rule
   */
  public static SweepFile read(Path file) {
    try {
      return StrictYaml.read(file.toString(), Files.readAllBytes(file), SweepFile.class);
    } catch (IOException e) {
      throw new InvalidInputException(
          "the sweep " + file + " cannot be read (" + e + "). Name a file in YAML.", e);
    }
  }

  /** The options that a value of an axis stands for. */
  static Map<String, Object> options(String axis, Object value) {
    if (!(value instanceof Map<?, ?> several)) {
      return Map.of(axis, value);
    }
    Map<String, Object> options = new LinkedHashMap<>();
    several.forEach((option, of) -> options.put(option.toString(), of));
    return options;
  }

  /** What a value of an axis is called: the option of the axis' own name, if it is one of these. */
  static String label(String axis, Object value) {
    Map<String, Object> options = options(axis, value);
    Object named = options.get(axis);
    return Optional.ofNullable(named == null ? null : named.toString())
        .orElseGet(
            () -> String.join(" ", options.values().stream().map(Object::toString).toList()));
  }

  private static void requireValues(String axis, List<Object> values) {
    if (values == null || values.isEmpty()) {
      throw new InvalidInputException(
          "axis '" + axis + "' of the grid has no values; give some like [1, 2], or leave it out.");
    }
    if (values.contains(null)) {
      throw new InvalidInputException(
          "axis '" + axis + "' of the grid has an empty value; give one, or leave it out.");
    }
    List<String> labels = values.stream().map(value -> label(axis, value)).toList();
    labels.stream()
        .filter(label -> labels.indexOf(label) != labels.lastIndexOf(label))
        .findFirst()
        .ifPresent(
            twice -> {
              throw new InvalidInputException(
                  "axis '" + axis + "' of the grid has '" + twice + "' twice; leave one out.");
            });
  }

  private static void requireNoSecret(String option) {
    if (SECRET.matcher(option).matches()) {
      throw new InvalidInputException(
          "the sweep has a key '"
              + option
              + "'; secrets are in no file of a sweep: give it in the environment.");
    }
  }
}
