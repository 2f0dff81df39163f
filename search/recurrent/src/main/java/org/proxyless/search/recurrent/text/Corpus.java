package org.proxyless.search.recurrent.text;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.proxyless.base.InvalidInputException;
import org.proxyless.search.recurrent.text.Vocabulary.Encoded;

/**
 * A text as numbers of a vocabulary, in three parts. The vocabulary is made of the part that is
 * learnt from.
 */
public record Corpus(Vocabulary vocabulary, Encoded train, Encoded valid, Encoded test) {
  /** Tokens that each part must have at least, or nothing can be said by it. */
  private static final int FEWEST = 100;

  /**
   * Encodes a text.
   *
   * @param most tokens of the vocabulary, at least 2
   * @throws InvalidInputException if a part is too short
   */
  public static Corpus of(TextParts parts, TextUnit unit, int most) {
    Vocabulary vocabulary = Vocabulary.of(parts.train(), unit, most);
    List<Encoded> encoded = parts.stream().map(vocabulary::encode).toList();
    for (int i = 0; i < encoded.size(); i++) {
      int tokens = encoded.get(i).tokens().length;
      if (tokens < FEWEST) {
        throw new InvalidInputException(
            "the text's "
                + List.of("training", "validation", "test").get(i)
                + " part has "
                + tokens
                + " "
                + unit
                + "; it must have at least "
                + FEWEST
                + ".");
      }
    }
    return new Corpus(vocabulary, encoded.get(0), encoded.get(1), encoded.get(2));
  }

  /** In a line: sizes of the parts, of the vocabulary, and how many tokens are unknown. */
  public String description() {
    return String.format(
        Locale.ROOT,
        "%,d %s to learn from, %,d to decide, %,d to test; a vocabulary of %,d; unknown %.2f, %.2f"
            + " and %.2f %%",
        train.tokens().length,
        vocabulary.unit(),
        valid.tokens().length,
        test.tokens().length,
        vocabulary.size(),
        percentUnknown(train),
        percentUnknown(valid),
        percentUnknown(test));
  }

  private static double percentUnknown(Encoded part) {
    return 100.0 * part.unknown() / part.tokens().length;
  }

  /** SHA-256 of vocabulary and numbers, hexadecimal. */
  public String hash() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(String.join("\n", vocabulary.lines()).getBytes(StandardCharsets.UTF_8));
      for (Encoded part : List.of(train, valid, test)) {
        ByteBuffer bytes = ByteBuffer.allocate(part.tokens().length * Integer.BYTES);
        bytes.asIntBuffer().put(part.tokens());
        digest.update(bytes);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
