package org.proxyless.search.recurrent.text;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.proxyless.base.InvalidInputException;

/**
 * A text in three parts.
 *
 * @param train what a model learns from
 * @param valid what decides between models
 * @param test what is looked at once, at the end
 */
public record TextParts(String train, String valid, String test) {
  /** The text that ships: plays of Shakespeare, 1.1 million characters. */
  public static final String TINY_SHAKESPEARE = "tiny-shakespeare";

  private static final String RESOURCE = "tinyshakespeare.txt.gz";
  private static final double TRAINED = 0.9;
  private static final double VALIDATED = 0.95;

  /** Names of a folder's files: {@code train.txt}, or {@code ptb.train.txt} as Mikolov's. */
  private static final List<String> PATTERNS =
      List.of("%s.txt", "%s.txt.gz", "ptb.%s.txt", "ptb.%s.txt.gz");

  /**
   * A text by its name; a file, of which nine tenths are learnt from, a twentieth is to decide and
   * a twentieth to test with, cut at ends of lines; or a folder with {@code train.txt}, {@code
   * valid.txt} and {@code test.txt}, or Penn Treebank's {@code ptb.train.txt} and so on, each
   * perhaps with {@code .gz}.
   *
   * @throws InvalidInputException if there is no such text, or it is no UTF-8
   */
  public static TextParts of(String nameOrPath) {
    if (nameOrPath.equals(TINY_SHAKESPEARE)) {
      return cut(shipped());
    }
    Path path = Path.of(nameOrPath);
    if (Files.isDirectory(path)) {
      return new TextParts(part(path, "train"), part(path, "valid"), part(path, "test"));
    }
    if (!Files.isRegularFile(path)) {
      throw new InvalidInputException(
          "--text is "
              + nameOrPath
              + "; there is no such file or folder. Name one, or "
              + TINY_SHAKESPEARE
              + ", which ships.");
    }
    return cut(read(path));
  }

  private static String shipped() {
    try (InputStream in = TextParts.class.getResourceAsStream(RESOURCE)) {
      return decoded(RESOURCE, unzipped(Objects.requireNonNull(in).readAllBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + RESOURCE, e);
    }
  }

  private static String part(Path folder, String part) {
    Optional<Path> file =
        PATTERNS.stream()
            .map(pattern -> folder.resolve(String.format(pattern, part)))
            .filter(Files::isRegularFile)
            .findFirst();
    return read(
        file.orElseThrow(
            () ->
                new InvalidInputException(
                    "--text is "
                        + folder
                        + "; that folder has no "
                        + part
                        + ".txt, nor ptb."
                        + part
                        + ".txt, nor one of them with .gz.")));
  }

  /**
   * A text file, unzipped if its name ends with {@code .gz}.
   *
   * @throws InvalidInputException if it cannot be read, or is no UTF-8
   */
  public static String read(Path file) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      return decoded(file.toString(), file.toString().endsWith(".gz") ? unzipped(bytes) : bytes);
    } catch (IOException e) {
      throw new InvalidInputException("text " + file + " cannot be read (" + e + ").", e);
    }
  }

  private static byte[] unzipped(byte[] bytes) throws IOException {
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return in.readAllBytes();
    }
  }

  private static String decoded(String name, byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new InvalidInputException(
          "text " + name + " is no UTF-8. Convert it, with iconv for example.", e);
    }
  }

  private static TextParts cut(String text) {
    int first = lineEnd(text, TRAINED);
    int second = Math.max(first, lineEnd(text, VALIDATED));
    return new TextParts(
        text.substring(0, first), text.substring(first, second), text.substring(second));
  }

  private static int lineEnd(String text, double share) {
    int end = text.indexOf('\n', (int) (share * text.length()));
    return end < 0 ? text.length() : end + 1;
  }

  /** The three in this order. */
  public Stream<String> stream() {
    return Stream.of(train, valid, test);
  }
}
