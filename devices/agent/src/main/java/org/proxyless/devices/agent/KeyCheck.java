package org.proxyless.devices.agent;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.proxyless.base.InvalidInputException;
import org.proxyless.network.Layer;
import org.proxyless.network.Network;
import org.proxyless.network.Operator;
import org.proxyless.network.Shape;

/**
 * Turns keys into operators and networks: those that this program ships, in sizes that a device
 * bears. A key may name a class; no other class is ever looked for.
 */
final class KeyCheck {
  private static final int MOST_CHARACTERS = 300;
  private static final int MOST_OPERATORS = 1000;

  /** Of an extent, or of channels. */
  private static final int MOST_EXTENT = 1 << 16;

  /** Of what stands in an operator's parentheses, such as a kernel's extent. */
  private static final int MOST_PARAMETER = 1 << 10;

  private static final long MOST_ELEMENTS = 1L << 26;
  private static final long MOST_WEIGHTS = 1L << 27;
  private static final long MOST_MACS = 1L << 40;

  private static final Pattern OURS = Pattern.compile("[A-Z]\\w*\\(.*");
  private static final Pattern PARAMETER = Pattern.compile("=(\\d+)");
  private static final Pattern EXTENT = Pattern.compile("\\d+");

  private KeyCheck() {}

  /**
   * The operator that a key names.
   *
   * @throws InvalidInputException if it is none of ours, or too large
   */
  static Operator operator(String key) {
    requireOurs(key);
    Operator operator = Operator.ofKey(key);
    requireBearable(key, operator);
    return operator;
  }

  /**
   * The network with these keys.
   *
   * @throws InvalidInputException if one is none of ours or too large, or they make no graph
   */
  static Network network(List<String> keys) {
    if (keys.isEmpty() || keys.size() > MOST_OPERATORS) {
      throw new InvalidInputException(
          "the network has " + keys.size() + " operators; it must be 1 to " + MOST_OPERATORS + ".");
    }
    keys.forEach(KeyCheck::requireOurs);
    try {
      Network network = Network.ofKeys("network", keys);
      for (int i = 0; i < keys.size(); i++) {
        requireBearable(keys.get(i), network.operators().get(i));
      }
      return network;
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException("the network is no graph: " + e.getMessage() + ".", e);
    }
  }

  private static void requireOurs(String key) {
    if (key.length() > MOST_CHARACTERS || !OURS.matcher(key).matches()) {
      throw new InvalidInputException(
          "operator '"
              + key.substring(0, Math.min(MOST_CHARACTERS, key.length()))
              + "' is none that an agent measures; it must be one that this program ships, like"
              + " 'Conv(kernel=3) 8x8x3->8x8x16 s1'. Measure a space with operators of your own on"
              + " the machine itself.");
    }
    // Before anything is computed from them, which could overflow.
    requireAtMost(
        key, PARAMETER.matcher(key).results().map(result -> result.group(1)), MOST_PARAMETER);
    requireAtMost(key, EXTENT.matcher(key).results().map(MatchResult::group), MOST_EXTENT);
  }

  private static void requireAtMost(String key, Stream<String> numbers, int most) {
    numbers
        .filter(number -> number.length() > 6 || Integer.parseInt(number) > most)
        .findFirst()
        .ifPresent(
            number -> {
              throw new InvalidInputException(
                  "operator '"
                      + key
                      + "' has the number "
                      + number
                      + "; it must be at most "
                      + most
                      + ".");
            });
  }

  private static void requireBearable(String key, Operator operator) {
    require(key, "elements", operator.input().elements(), MOST_ELEMENTS);
    require(key, "weights", operator.parameters(), MOST_WEIGHTS);
    require(key, "multiply-accumulates", operator.macs(), MOST_MACS);
    Shape shape = operator.input();
    for (Layer layer : operator.layers()) {
      shape = layer.output(shape);
      require(key, "elements", shape.elements(), MOST_ELEMENTS);
    }
  }

  private static void require(String key, String what, long count, long most) {
    if (count > most || count < 0) {
      throw new InvalidInputException(
          "operator '"
              + key
              + "' has "
              + count
              + " "
              + what
              + "; an agent takes at most "
              + most
              + ".");
    }
  }
}
