package org.proxyless.search.recurrent.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.proxyless.base.InvalidInputException;

/**
 * The tokens that a language model knows, each with a number. Number 0 is the unknown token, which
 * stands for all others.
 */
public final class Vocabulary {
  /** The number of the unknown token. */
  public static final int UNKNOWN = 0;

  private final TextUnit unit;
  private final List<String> tokens;
  private final Map<String, Integer> numbers = new HashMap<>();

  /**
   * @param tokens each once, the unknown one first
   * @throws InvalidInputException if they are not
   */
  public Vocabulary(TextUnit unit, List<String> tokens) {
    this.unit = unit;
    this.tokens = List.copyOf(tokens);
    for (String token : tokens) {
      if (numbers.putIfAbsent(token, numbers.size()) != null) {
        throw new InvalidInputException("the vocabulary has '" + token + "' twice.");
      }
    }
    if (tokens.isEmpty() || !tokens.get(UNKNOWN).equals(unit.unknown())) {
      throw new InvalidInputException(
          "the vocabulary does not begin with '" + unit.unknown() + "', the unknown token.");
    }
  }

  /**
   * The tokens of a text: all of them, or the most frequent ones; of equally frequent ones those
   * that come first.
   *
   * @param most tokens, the unknown one among them
   */
  public static Vocabulary of(String text, TextUnit unit, int most) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    unit.split(text, token -> counts.merge(token, 1, Integer::sum));
    counts.remove(unit.unknown());
    List<String> kept = new ArrayList<>(List.of(unit.unknown()));
    counts.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder())) // stable
        .limit(most - 1L)
        .forEach(entry -> kept.add(entry.getKey()));
    return new Vocabulary(unit, kept);
  }

  /** What the tokens are. */
  public TextUnit unit() {
    return unit;
  }

  /** How many there are. */
  public int size() {
    return tokens.size();
  }

  /** The token of a number. */
  public String token(int number) {
    return tokens.get(number);
  }

  /** The number of a token. */
  public int number(String token) {
    return numbers.getOrDefault(token, UNKNOWN);
  }

  /** A text as numbers. */
  public Encoded encode(String text) {
    IntList encoded = new IntList();
    int[] unknown = {0};
    unit.split(
        text,
        token -> {
          int number = number(token);
          unknown[0] += number == UNKNOWN ? 1 : 0;
          encoded.add(number);
        });
    return new Encoded(encoded.toArray(), unknown[0]);
  }

  /** Numbers as a text. */
  public String decode(int... numbers) {
    StringBuilder text = new StringBuilder();
    String last = "";
    for (int number : numbers) {
      last = unit.joined(last, token(number));
      text.append(last);
    }
    return text.toString();
  }

  /**
   * A text as numbers.
   *
   * @param tokens their numbers
   * @param unknown how many of them are the unknown token
   */
  public record Encoded(int[] tokens, int unknown) {}

  /** The unit, then the tokens, one a line, with line breaks and backslashes escaped. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>(List.of(unit.toString()));
    tokens.forEach(token -> lines.add(escaped(token)));
    return lines;
  }

  /**
   * Reads what {@link #lines} writes.
   *
   * @throws InvalidInputException if it is no vocabulary
   */
  public static Vocabulary ofLines(List<String> lines) {
    if (lines.isEmpty()) {
      throw new InvalidInputException("the vocabulary is empty.");
    }
    return new Vocabulary(
        TextUnit.of(lines.get(0)),
        lines.subList(1, lines.size()).stream().map(Vocabulary::unescaped).toList());
  }

  private static String escaped(String token) {
    return token.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
  }

  private static String unescaped(String line) {
    StringBuilder token = new StringBuilder();
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c != '\\' || i + 1 == line.length()) {
        token.append(c);
        continue;
      }
      char code = line.charAt(++i);
      switch (code) {
        case 'n' -> token.append('\n');
        case 'r' -> token.append('\r');
        default -> token.append(code);
      }
    }
    return token.toString();
  }
}
