package org.proxyless.base;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Figures for other programs: one JSON object, keys in the order in which they were put, written
 * whole or not at all. A figure that is not a finite number is refused; null says "not measured".
 */
public final class JsonReport {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(new PathsAsText())
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private final Map<String, @Nullable Object> figures = new LinkedHashMap<>();

  /**
   * Refuses, before any work is done, a file that could not be written at its end.
   *
   * @param file or null for none
   * @throws InvalidInputException if it is a folder, or lies in a folder that is not there
   */
  public static void check(@Nullable Path file) {
    if (file == null) {
      return;
    }
    Path folder = file.toAbsolutePath().getParent();
    if (Files.isDirectory(file)) {
      throw new InvalidInputException("--json is " + file + "; it must be a file, not a folder.");
    }
    if (folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
      throw new InvalidInputException(
          "--json is " + file + "; its folder must be there and writable: make it first.");
    }
  }

  /**
   * Adds a figure.
   *
   * @param key stable, with the unit in its name
   * @param value null, a number, text, a boolean, or arrays, lists, maps and records of these
   */
  public JsonReport put(String key, @Nullable Object value) {
    if (figures.containsKey(key)) {
      throw new IllegalArgumentException("key " + key + " was put before");
    }
    figures.put(key, value);
    return this;
  }

  /**
   * Writes the figures.
   *
   * @param file or null to write nothing
   * @throws IllegalStateException if a figure is NaN or infinite
   */
  public void write(@Nullable Path file) {
    if (file != null) {
      AtomicFile.write(file, toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  /** The JSON text. */
  @Override
  public String toString() {
    JsonNode tree = MAPPER.valueToTree(figures);
    requireFinite(tree, "");
    try {
      return MAPPER.writeValueAsString(tree) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write figures as JSON", e);
    }
  }

  private static void requireFinite(JsonNode node, String path) {
    boolean number = node.isFloat() || node.isDouble();
    if (number && !Double.isFinite(node.doubleValue())) {
      throw new IllegalStateException("figure " + path + " is " + node + ", not a finite number");
    }
    node.fields().forEachRemaining(e -> requireFinite(e.getValue(), path + "/" + e.getKey()));
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      requireFinite(node.get(i), path + "/" + i);
    }
  }
}
