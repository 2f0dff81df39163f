package org.proxyless.latency.formats;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.proxyless.base.InvalidInputException;
import org.proxyless.latency.LatencyEntry;

/**
 * The YAML of the authors' latency tables: operator to {@code count}, {@code mean} and {@code var}
 * or {@code std}, in milliseconds. It is read token by token, so that every error names its line.
 */
final class YamlLatencies {
  private static final YAMLFactory YAML = new YAMLFactory();

  private final Path file;
  private final JsonParser parser;

  /**
   * One operator's latency.
   *
   * @param where file and line, for messages
   * @param name the operator as the file names it
   */
  record Row(String where, String name, LatencyEntry entry) {}

  private YamlLatencies(Path file, JsonParser parser) {
    this.file = file;
    this.parser = parser;
  }

  static List<Row> read(Path file) {
    try (JsonParser parser = YAML.createParser(file.toFile())) {
      return new YamlLatencies(file, parser).rows();
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      String reason = e.getOriginalMessage().lines().findFirst().orElse("");
      throw new InvalidInputException(file + ", line " + line + ": not YAML: " + reason + ".", e);
    } catch (IOException e) {
      throw new InvalidInputException(file + " cannot be read. Check the path.", e);
    }
  }

  private List<Row> rows() throws IOException {
    require(parser.nextToken() == JsonToken.START_OBJECT, "a map of operators is expected here");
    List<Row> rows = new ArrayList<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      rows.add(row());
    }
    require(!rows.isEmpty(), "the table has no entries");
    return rows;
  }

  private Row row() throws IOException {
    String name = parser.currentName();
    String where = where();
    require(
        parser.nextToken() == JsonToken.START_OBJECT,
        name + " must have count, mean and var or std");
    Map<String, Double> values = new HashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      require(
          List.of("count", "mean", "var", "std").contains(key),
          "unknown key '" + key + "'; the keys are count, mean, var and std");
      parser.nextToken();
      require(values.put(key, number()) == null, "key '" + key + "' is there twice");
    }
    return new Row(where, name, entry(where, values));
  }

  private double number() throws IOException {
    try {
      return Double.parseDouble(parser.getText());
    } catch (NumberFormatException e) {
      throw new InvalidInputException(
          where() + ": '" + parser.getText() + "' is not a number. Correct the file.", e);
    }
  }

  private static LatencyEntry entry(String where, Map<String, Double> values) {
    Double mean = values.get("mean");
    Double count = values.get("count");
    Double deviation = values.get("std");
    if (values.containsKey("var")) {
      deviation = Math.sqrt(values.get("var"));
    }
    if (mean == null) {
      throw new InvalidInputException(where + ": key 'mean' is missing. Correct the file.");
    }
    if (count != null && count != count.intValue()) {
      throw new InvalidInputException(
          where + ": count is " + count + "; it must be a whole number. Correct the file.");
    }
    return new LatencyEntry(
        mean,
        OptionalDouble.of(mean),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        deviation == null ? OptionalDouble.empty() : OptionalDouble.of(deviation),
        count == null ? OptionalInt.empty() : OptionalInt.of(count.intValue()),
        OptionalInt.empty(),
        OptionalDouble.empty());
  }

  private String where() {
    return file + ", line " + parser.currentTokenLocation().getLineNr();
  }

  private void require(boolean holds, String rule) {
    if (!holds) {
      throw new InvalidInputException(where() + ": " + rule + ". Correct the file.");
    }
  }
}
