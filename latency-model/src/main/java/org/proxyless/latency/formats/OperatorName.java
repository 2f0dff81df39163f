package org.proxyless.latency.formats;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.proxyless.base.InvalidInputException;
import org.proxyless.network.Shape;

/**
 * How the authors' latency tables name an operator: {@code
 * expanded_conv-input:112x112x16-output:56x56x24-expand:3-kernel:3-stride:2-idskip:0}.
 *
 * @param where file and line, for messages
 * @param kind what stands before the first value
 * @param values the others by their names
 */
record OperatorName(String where, String kind, Map<String, String> values) {
  private static final Pattern SHAPE = Pattern.compile("([1-9]\\d*)x([1-9]\\d*)x([1-9]\\d*)");

  static OperatorName parse(String where, String name) {
    String[] parts = name.split("-", -1);
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 1; i < parts.length; i++) {
      String[] pair = parts[i].split(":", 2);
      if (pair.length != 2 || values.put(pair[0], pair[1]) != null) {
        throw new InvalidInputException(
            where + ": '" + parts[i] + "' in '" + name + "' must be one NAME:VALUE. Correct it.");
      }
    }
    return new OperatorName(where, parts[0], values);
  }

  /** Whether it is an inverted bottleneck. */
  boolean isExpanded() {
    return kind.equals("expanded_conv");
  }

  Shape input() {
    return shape("input").orElseThrow(() -> wrong("input", "HEIGHTxWIDTHxCHANNELS"));
  }

  Shape output() {
    return shape("output").orElseThrow(() -> wrong("output", "HEIGHTxWIDTHxCHANNELS"));
  }

  private Optional<Shape> shape(String name) {
    Matcher extents = SHAPE.matcher(values.getOrDefault(name, ""));
    return extents.matches()
        ? Optional.of(
            new Shape(
                Integer.parseInt(extents.group(1)),
                Integer.parseInt(extents.group(2)),
                Integer.parseInt(extents.group(3))))
        : Optional.empty();
  }

  int number(String name) {
    try {
      return Integer.parseInt(values.getOrDefault(name, ""));
    } catch (NumberFormatException e) {
      throw wrong(name, "a whole number");
    }
  }

  InvalidInputException wrong(String name, String rule) {
    return new InvalidInputException(
        where
            + ": "
            + name
            + " is '"
            + values.get(name)
            + "'; it must be "
            + rule
            + ". Correct it.");
  }
}
