package org.proxyless.search.job.keeping;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import org.proxyless.base.AtomicFile;
import org.proxyless.base.InvalidInputException;

/**
 * Arrays of floats as a file, each under a key of a few integers. All numbers are big-endian: eight
 * bytes that name the kind of file; how many arrays follow (int); for each its key and its length
 * (ints), then its values (floats); at the end the CRC-32 of everything before it (long).
 *
 * @param kind eight characters
 * @param keyLength integers in a key
 */
record ArrayFile(String kind, int keyLength) {
  /** One array with its key. */
  record Entry(int[] key, float[] values) {}

  /** Writes arrays, whole or not at all; the file need not fit into memory beside them. */
  void write(List<Entry> entries, Path file) {
    AtomicFile.write(
        file,
        to -> {
          CheckedOutputStream checked = new CheckedOutputStream(to, new CRC32());
          DataOutputStream out = new DataOutputStream(checked);
          out.writeBytes(kind);
          out.writeInt(entries.size());
          for (Entry entry : entries) {
            float[] values = entry.values();
            for (int number : entry.key()) {
              out.writeInt(number);
            }
            out.writeInt(values.length);
            ByteBuffer content =
                ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES));
            content.asFloatBuffer().put(values);
            out.write(content.array());
          }
          new DataOutputStream(to).writeLong(checked.getChecksum().getValue());
        });
  }

  /**
   * Reads the arrays in the order in which they were written.
   *
   * @throws InvalidInputException if the file is not there or damaged
   */
  List<Entry> read(Path file) {
    byte[] content = content(file);
    int end = content.length - Long.BYTES;
    if (end < kind.length()
        || !kind.equals(new String(content, 0, kind.length(), StandardCharsets.ISO_8859_1))
        || ByteBuffer.wrap(content, end, Long.BYTES).getLong() != checksum(content, end)) {
      throw new InvalidInputException(
          "weights " + file + " are damaged or truncated. Train again, or restore the file.");
    }
    List<Entry> entries = new ArrayList<>();
    ByteArrayInputStream body =
        new ByteArrayInputStream(content, kind.length(), end - kind.length());
    try (DataInputStream in = new DataInputStream(body)) {
      int arrays = in.readInt();
      for (int i = 0; i < arrays; i++) {
        int[] key = new int[keyLength];
        for (int k = 0; k < keyLength; k++) {
          key[k] = in.readInt();
        }
        float[] values = new float[in.readInt()];
        ByteBuffer.wrap(in.readNBytes(values.length * Float.BYTES)).asFloatBuffer().get(values);
        entries.add(new Entry(key, values));
      }
    } catch (IOException e) {
      throw new IllegalStateException("the checksum of " + file + " fits, its content does not", e);
    }
    return entries;
  }

  private static byte[] content(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new InvalidInputException(
          "weights " + file + " cannot be read (" + e + "). Give a run that was not cut short.", e);
    }
  }

  private static long checksum(byte[] content, int length) {
    CRC32 checksum = new CRC32();
    checksum.update(content, 0, length);
    return checksum.getValue();
  }
}
