package org.proxyless.search.cli;

import java.util.ArrayList;
import java.util.List;
import org.proxyless.base.InvalidInputException;

/**
 * Splits the one text that {@code -Dproxyless.args="a b 'c d'"} gives: at white space, except
 * between single or double quotes. There are no escapes, so Windows paths stay what they are.
 */
public final class MavenArguments {
  private MavenArguments() {}

  public static String[] split(String text) {
    List<String> arguments = new ArrayList<>();
    StringBuilder word = null; // null between words, so that '' is an empty word
    char quote = 0;
    for (char c : text.toCharArray()) {
      if (quote != 0) {
        if (c == quote) {
          quote = 0;
        } else {
          word.append(c);
        }
      } else if (Character.isWhitespace(c)) {
        if (word != null) {
          arguments.add(word.toString());
          word = null;
        }
      } else {
        word = word == null ? new StringBuilder() : word;
        if (c == '\'' || c == '"') {
          quote = c;
        } else {
          word.append(c);
        }
      }
    }
    if (quote != 0) {
      throw new InvalidInputException(
          "-Dproxyless.args: a quote " + quote + " has no partner in: " + text);
    }
    if (word != null) {
      arguments.add(word.toString());
    }
    return arguments.toArray(String[]::new);
  }
}
