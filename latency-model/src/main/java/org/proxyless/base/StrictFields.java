package org.proxyless.base;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * One object of a user's JSON file, read strictly: what is missing, of the wrong kind, or not asked
 * for is an {@link InvalidInputException} that names the file and the place in it.
 */
public final class StrictFields {
  private final Path file;
  private final JsonText text;
  private final List<Object> path;
  private final JsonNode node;
  private final Set<String> asked = new TreeSet<>();

  private StrictFields(Path file, JsonText text, List<Object> path, JsonNode node) {
    this.file = file;
    this.text = text;
    this.path = path;
    this.node = node;
    if (!node.isObject()) {
      throw new InvalidInputException(where() + " is " + node + "; it must be an object {…}.");
    }
  }

  /** The object that a JSON file holds. */
  public static StrictFields readJson(Path file) {
    try {
      JsonText text = JsonText.parse(Files.readAllBytes(file));
      return new StrictFields(file, text, List.of(), text.root());
    } catch (JsonText.MalformedException e) {
      throw new InvalidInputException(
          file + ", line " + e.line() + ": not JSON: " + e.getMessage() + ".", e);
    } catch (IOException e) {
      throw new InvalidInputException(file + " cannot be read. Check the path.", e);
    }
  }

  /** The place in the file, for messages. */
  public String where() {
    return where(path);
  }

  /** The place of a key's value, for messages. */
  public String where(String key) {
    return where(inside(key));
  }

  private String where(List<Object> path) {
    StringBuilder where = new StringBuilder(file.toString());
    where.append(", line ").append(text.line(path));
    for (Object step : path) {
      where.append(step instanceof Integer ? "[" + step + "]" : ", " + step);
    }
    return where.toString();
  }

  private List<Object> inside(Object... steps) {
    List<Object> inside = new ArrayList<>(path);
    inside.addAll(List.of(steps));
    return inside;
  }

  /** Whether the key is there with a value other than null; counts as asked for. */
  public boolean has(String key) {
    asked.add(key);
    return node.hasNonNull(key);
  }

  /** A whole number. */
  public int wholeNumber(String key) {
    return get(key, JsonNode::isInt, "a whole number").intValue();
  }

  /** A number, whole or not. */
  public double number(String key) {
    return get(key, JsonNode::isNumber, "a number").doubleValue();
  }

  /** A string. */
  public String text(String key) {
    return get(key, JsonNode::isTextual, "a text").textValue();
  }

  /** A list of whole numbers. */
  public List<Integer> wholeNumbers(String key) {
    List<Integer> numbers = new ArrayList<>();
    for (JsonNode number : get(key, StrictFields::isWholeNumbers, "a list of whole numbers")) {
      numbers.add(number.intValue());
    }
    return numbers;
  }

  private static boolean isWholeNumbers(JsonNode node) {
    boolean whole = node.isArray();
    for (JsonNode element : node) {
      whole &= element.isInt();
    }
    return whole;
  }

  /** True or false. */
  public boolean flag(String key) {
    return get(key, JsonNode::isBoolean, "true or false").booleanValue();
  }

  /**
   * So many whole numbers, each at least 1.
   *
   * @param meaning of each of them, like {@code [height, width, channels]}
   */
  public int[] extents(String key, int count, String meaning) {
    JsonNode extents = get(key, node -> areExtents(node, count), meaning + ", each at least 1");
    return IntStream.range(0, count).map(i -> extents.get(i).intValue()).toArray();
  }

  private static boolean areExtents(JsonNode node, int count) {
    return isWholeNumbers(node)
        && node.size() == count
        && IntStream.range(0, count).allMatch(i -> node.get(i).intValue() >= 1);
  }

  /** An object inside. */
  public StrictFields object(String key) {
    JsonNode object = get(key, JsonNode::isObject, "an object {…}");
    return new StrictFields(file, text, inside(key), object);
  }

  /** A list of objects inside. */
  public List<StrictFields> objects(String key) {
    List<StrictFields> objects = new ArrayList<>();
    for (JsonNode element : get(key, JsonNode::isArray, "a list […]")) {
      objects.add(new StrictFields(file, text, inside(key, objects.size()), element));
    }
    return objects;
  }

  /** The names of all keys, in the file's order. */
  public List<String> keys() {
    List<String> keys = new ArrayList<>();
    node.fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  /** The keys not asked for so far, with whole numbers and texts as their values. */
  public Map<String, Object> rest() {
    Map<String, Object> rest = new LinkedHashMap<>();
    for (String key : keys()) {
      if (asked.add(key)) {
        JsonNode value = node.get(key);
        rest.put(key, value.isInt() ? (Object) value.intValue() : value.asText());
      }
    }
    return rest;
  }

  /** To be called when all is read. */
  public void requireNoOthers() {
    for (String key : keys()) {
      if (!asked.contains(key)) {
        throw new InvalidInputException(
            where()
                + ": unknown key '"
                + key
                + "'; the keys are "
                + String.join(", ", asked)
                + ".");
      }
    }
  }

  private JsonNode get(String key, Predicate<JsonNode> kind, String rule) {
    asked.add(key);
    JsonNode value = node.get(key);
    if (value == null) {
      throw new InvalidInputException(
          where() + ": key '" + key + "' is missing; it must be " + rule + ".");
    }
    if (!kind.test(value)) {
      throw new InvalidInputException(
          where() + ": " + key + " is " + value + "; it must be " + rule + ".");
    }
    return value;
  }
}
