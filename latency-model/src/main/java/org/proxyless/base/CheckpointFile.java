package org.proxyless.base;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Map;

/**
 * A {@link State} as a file, all numbers little-endian: the eight bytes {@code PXLCHECK} and the
 * version (int); the texts, the doubles and the floats, each kind as its number (int) and then name
 * and value of each, sorted by name; at the end the length of everything before (long) and the
 * SHA-256 of everything before that. A text is its length in bytes (int) and UTF-8, an array its
 * length (int) and the raw values.
 */
final class CheckpointFile {
  private static final byte[] MAGIC = "PXLCHECK".getBytes(StandardCharsets.US_ASCII);
  private static final int VERSION = 1;
  private static final int HASH_BYTES = 32;
  private static final int TRAILER_BYTES = Long.BYTES + HASH_BYTES;
  private static final int CHUNK_BYTES = 1 << 16;

  private CheckpointFile() {}

  /**
   * Writes a state, whole or not at all.
   *
   * @throws IllegalArgumentException if a weight is not finite: nothing good comes of that
   * @throws UncheckedIOException if the file cannot be written, for want of room say
   */
  static void write(State state, Path file) {
    state.tensors().forEach(CheckpointFile::requireFinite);
    AtomicFile.write(file, out -> new Encoder(out).write(state));
  }

  private static void requireFinite(String name, float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new IllegalArgumentException(
            "a number of " + name + " is " + value + ": nothing to go on from, so it is not kept");
      }
    }
  }

  /**
   * Reads a state.
   *
   * @throws DamagedCheckpointException if the file is truncated or was changed
   * @throws InvalidInputException if it is of another version
   */
  static State read(Path file) throws DamagedCheckpointException {
    try {
      requireWhole(file);
      try (InputStream in = new BufferedInputStream(Files.newInputStream(file), CHUNK_BYTES)) {
        return new Decoder(in).read();
      }
    } catch (IOException e) {
      throw new DamagedCheckpointException(file, e.toString());
    }
  }

  private static void requireWhole(Path file) throws IOException, DamagedCheckpointException {
    long length = Files.size(file) - TRAILER_BYTES;
    MessageDigest digest = sha256();
    try (InputStream plain = new BufferedInputStream(Files.newInputStream(file), CHUNK_BYTES);
        DigestInputStream in = new DigestInputStream(plain, digest)) {
      if (length < MAGIC.length || !Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
        throw new DamagedCheckpointException(file, "it does not begin like one");
      }
      skipped(in, length - MAGIC.length);
      long stated = little(in.readNBytes(Long.BYTES)).getLong();
      if (stated != length) {
        throw new DamagedCheckpointException(file, "it has " + length + " bytes of " + stated);
      }
      if (!Arrays.equals(digest.digest(), plain.readNBytes(HASH_BYTES))) {
        throw new DamagedCheckpointException(file, "its checksum is wrong");
      }
    }
  }

  private static void skipped(InputStream in, long bytes) throws IOException {
    byte[] chunk = new byte[CHUNK_BYTES];
    for (long left = bytes; left > 0; ) {
      int read = in.read(chunk, 0, (int) Math.min(left, chunk.length));
      if (read < 0) {
        throw new EOFException("it ends early");
      }
      left -= read;
    }
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static final class Encoder {
    private final OutputStream plain;
    private final MessageDigest digest = sha256();
    private final OutputStream out;
    private long length;

    Encoder(OutputStream plain) {
      this.plain = plain;
      out = new DigestOutputStream(plain, digest);
    }

    void write(State state) throws IOException {
      put(MAGIC);
      put(VERSION);
      put(state.texts().size());
      for (Map.Entry<String, String> text : state.texts().entrySet()) {
        put(text.getKey());
        put(text.getValue());
      }
      put(state.numbers().size());
      for (Map.Entry<String, double[]> array : state.numbers().entrySet()) {
        double[] values = array.getValue();
        put(array.getKey());
        put(values.length);
        byte[] bytes = new byte[Math.multiplyExact(Double.BYTES, values.length)];
        little(bytes).asDoubleBuffer().put(values);
        put(bytes);
      }
      put(state.tensors().size());
      for (Map.Entry<String, float[]> array : state.tensors().entrySet()) {
        float[] values = array.getValue();
        put(array.getKey());
        put(values.length);
        byte[] bytes = new byte[Math.multiplyExact(Float.BYTES, values.length)];
        little(bytes).asFloatBuffer().put(values);
        put(bytes);
      }
      out.write(little(new byte[Long.BYTES]).putLong(length).array());
      plain.write(digest.digest());
    }

    private void put(byte[] bytes) throws IOException {
      out.write(bytes);
      length += bytes.length;
    }

    private void put(int number) throws IOException {
      put(little(new byte[Integer.BYTES]).putInt(number).array());
    }

    private void put(String text) throws IOException {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      put(bytes.length);
      put(bytes);
    }
  }

  /** Reads what is known to be whole. */
  private record Decoder(InputStream in) {
    State read() throws IOException {
      bytes(MAGIC.length);
      int version = number();
      if (version != VERSION) {
        throw new InvalidInputException(
            "the checkpoints are of version "
                + version
                + ", this program knows "
                + VERSION
                + ". Go on with the program that wrote them.");
      }
      State state = new State();
      for (int left = number(); left > 0; left--) {
        state.put(text(), text());
      }
      for (int left = number(); left > 0; left--) {
        String name = text();
        double[] values = new double[number()];
        little(bytes(Double.BYTES * values.length)).asDoubleBuffer().get(values);
        state.put(name, values);
      }
      for (int left = number(); left > 0; left--) {
        String name = text();
        float[] values = new float[number()];
        little(bytes(Float.BYTES * values.length)).asFloatBuffer().get(values);
        state.put(name, values);
      }
      return state;
    }

    private int number() throws IOException {
      return little(bytes(Integer.BYTES)).getInt();
    }

    private String text() throws IOException {
      return new String(bytes(number()), StandardCharsets.UTF_8);
    }

    private byte[] bytes(int length) throws IOException {
      return in.readNBytes(length);
    }
  }
}
