package org.proxyless.search.recurrent.text;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Consumer;
import org.proxyless.base.InvalidInputException;

/** What a text's tokens are. */
public enum TextUnit {
  /** Code points, line breaks among them. */
  CHARACTERS("�") {
    @Override
    public void split(String text, Consumer<String> tokens) {
      text.codePoints().forEach(point -> tokens.accept(Character.toString(point)));
    }

    @Override
    public String joined(String before, String token) {
      return token;
    }
  },
  /** What stands between spaces; each line ends with {@value #LINE_END}, as in Penn Treebank. */
  WORDS("<unk>") {
    @Override
    public void split(String text, Consumer<String> tokens) {
      text.lines()
          .forEach(
              line -> {
                for (String word : line.strip().split("\\s+")) {
                  if (!word.isEmpty()) {
                    tokens.accept(word);
                  }
                }
                tokens.accept(LINE_END);
              });
    }

    @Override
    public String joined(String before, String token) {
      if (token.equals(LINE_END)) {
        return "\n";
      }
      return before.isEmpty() || before.endsWith("\n") ? token : " " + token;
    }
  };

  /** The token that ends a line, where tokens are words. */
  public static final String LINE_END = "<eos>";

  private final String unknown;

  TextUnit(String unknown) {
    this.unknown = unknown;
  }

  /** Tells a text's tokens one by one. */
  public abstract void split(String text, Consumer<String> tokens);

  /**
   * What a token adds to a text.
   *
   * @param before the text so far
   */
  public abstract String joined(String before, String token);

  /** The token that stands for those that a vocabulary does not have. */
  public String unknown() {
    return unknown;
  }

  /** As on the command line: {@code characters}. */
  @JsonValue
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The one that is written like this.
   *
   * @throws InvalidInputException if there is none
   */
  @JsonCreator
  public static TextUnit of(String text) {
    return Arrays.stream(values())
        .filter(unit -> unit.toString().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "the unit of a text is '" + text + "'; it must be characters or words."));
  }
}
