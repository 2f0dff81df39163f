package org.proxyless.search.data.source;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.proxyless.search.data.Dataset;

/** The rules of {@link Dataset#hash}. */
public final class ContentHash {
  /** Up to this much content is hashed in full, of more a sample. */
  private static final long FULL_BYTES = 64L << 20;

  private static final int SAMPLE = 1024;

  private ContentHash() {}

  /** SHA-256 in hexadecimal over the sources in this order. */
  public static String of(List<ImageSource> sources) {
    MessageDigest digest = sha256();
    for (ImageSource source : sources) {
      add(digest, source.size());
      source.classNames().forEach(name -> add(digest, name));
      source.digest(digest);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** The images whose content goes into the hash, when all of them take this much. */
  public static IntStream sampled(int size, long bytes) {
    return EvenSample.of(size, bytes <= FULL_BYTES ? size : SAMPLE);
  }

  /** Adds the pixels of a source that stores them as they are. */
  public static void addPixels(MessageDigest digest, ImageSource source) {
    byte[] pixels = new byte[(int) source.shape().elements()];
    add(digest, source.shape().toString());
    sampled(source.size(), (long) source.size() * pixels.length)
        .forEach(
            index -> {
              source.read(index, pixels);
              digest.update(pixels);
            });
  }

  public static void add(MessageDigest digest, long number) {
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
  }

  /** Adds the length too, so that no two lists of texts look alike. */
  public static void add(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    add(digest, bytes.length);
    digest.update(bytes);
  }

  /** The first eight bytes of a text's SHA-256. */
  public static long start(String text) {
    return ByteBuffer.wrap(sha256().digest(text.getBytes(StandardCharsets.UTF_8))).getLong();
  }

  /** A text's SHA-256 in hexadecimal. */
  public static String hex(String text) {
    return HexFormat.of().formatHex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
