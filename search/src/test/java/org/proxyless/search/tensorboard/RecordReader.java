package org.proxyless.search.tensorboard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads TensorFlow's record format from its description alone, sharing nothing with what writes it:
 * the checksum is computed bit by bit from the Castagnoli polynomial.
 */
public final class RecordReader {
  private static final int POLYNOMIAL = 0x82F63B78; // reflected

  private RecordReader() {}

  /** All records; a file that ends within one, or a wrong checksum, is an error. */
  public static List<byte[]> read(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    List<byte[]> records = new ArrayList<>();
    int at = 0;
    while (at < bytes.length) {
      byte[] header = part(bytes, at, 8);
      check(header, part(bytes, at + 8, 4), "length at " + at);
      int length = Math.toIntExact(littleEndian(header));
      byte[] content = part(bytes, at + 12, length);
      check(content, part(bytes, at + 12 + length, 4), "record at " + at);
      records.add(content);
      at += 16 + length;
    }
    return records;
  }

  private static byte[] part(byte[] bytes, int from, int length) throws IOException {
    if (from + length > bytes.length) {
      throw new IOException("the file ends within a record, at " + bytes.length);
    }
    return Arrays.copyOfRange(bytes, from, from + length);
  }

  private static void check(byte[] content, byte[] stored, String what) throws IOException {
    long masked = littleEndian(stored);
    long unmasked = (masked - 0xa282ead8L) & 0xffffffffL;
    long crc = ((unmasked >>> 17) | (unmasked << 15)) & 0xffffffffL;
    if (crc != crc32c(content)) {
      throw new IOException("wrong checksum of the " + what);
    }
  }

  private static long littleEndian(byte[] bytes) {
    long value = 0;
    for (int i = bytes.length - 1; i >= 0; i--) {
      value = value << 8 | Byte.toUnsignedInt(bytes[i]);
    }
    return value;
  }

  static long crc32c(byte[] bytes) {
    int crc = -1;
    for (byte b : bytes) {
      crc ^= Byte.toUnsignedInt(b);
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) != 0 ? crc >>> 1 ^ POLYNOMIAL : crc >>> 1;
      }
    }
    return ~crc & 0xffffffffL;
  }
}
