package org.proxyless.search.data.formats;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.proxyless.base.InvalidInputException;

/**
 * A TFRecord file, gzipped or not: records of a length (8 bytes, little-endian), its checksum, the
 * data, their checksum. Checksums are CRC-32C, rotated by 15 bits, plus a constant.
 */
final class RecordFile implements AutoCloseable {
  private static final int LENGTH_BYTES = Long.BYTES;
  private static final int HEADER_BYTES = LENGTH_BYTES + Integer.BYTES;
  private static final int FOOTER_BYTES = Integer.BYTES;
  private static final int MASK = 0xa282ead8;
  private static final long MOST_BYTES = 1L << 30;

  private final BinaryFile file;

  private RecordFile(BinaryFile file) {
    this.file = file;
  }

  /** Takes what a record holds. */
  interface Visitor {
    /**
     * Called for each record in turn.
     *
     * @param number from 0 on
     * @param position of the data in the file, unpacked
     * @param data the array is not used again
     */
    void visit(int number, long position, byte[] data);
  }

  /**
   * Opens a file without reading it.
   *
   * @throws InvalidInputException if it is not there or cannot be unpacked
   */
  static RecordFile open(Path path) {
    BinaryFile plain = BinaryFile.openPlain(path);
    try {
      // Four bytes of a length may look like the beginning of a gzipped file.
      if (plain.bytes() >= HEADER_BYTES && headerIsGood(plain.part(0, HEADER_BYTES))) {
        return new RecordFile(plain);
      }
    } catch (RuntimeException e) {
      plain.close();
      throw e;
    }
    plain.close();
    return new RecordFile(BinaryFile.open(path));
  }

  private static boolean headerIsGood(byte[] header) {
    return masked(header, LENGTH_BYTES) == littleEndian(header).getInt(LENGTH_BYTES);
  }

  /**
   * Reads all records and checks them.
   *
   * @throws InvalidInputException if the file is truncated or a checksum is wrong
   */
  void visit(Visitor visitor) {
    long position = 0;
    for (int number = 0; position < file.bytes(); number++) {
      position = visit(number, position, visitor);
    }
  }

  private long visit(int number, long start, Visitor visitor) {
    if (start + HEADER_BYTES > file.bytes()) {
      throw truncated(number, start + HEADER_BYTES);
    }
    byte[] header = file.part(start, HEADER_BYTES);
    long length = littleEndian(header).getLong(0);
    if (!headerIsGood(header) || length < 0 || length > MOST_BYTES) {
      throw new InvalidInputException(
          ("%s is no TFRecord file or is damaged: the checksum of record %d's length, at byte %d, is"
                  + " wrong. Fetch it again.")
              .formatted(file.name(), number, start));
    }
    long position = start + HEADER_BYTES;
    long end = position + length + FOOTER_BYTES;
    if (end > file.bytes()) {
      throw truncated(number, end);
    }
    byte[] data = file.part(position, (int) length);
    int stated = littleEndian(file.part(end - FOOTER_BYTES, FOOTER_BYTES)).getInt(0);
    if (masked(data, data.length) != stated) {
      throw new InvalidInputException(
          "%s is damaged: the checksum of record %d, at byte %d, is wrong. Fetch it again."
              .formatted(file.name(), number, start));
    }
    visitor.visit(number, position, data);
    return end;
  }

  private InvalidInputException truncated(int number, long end) {
    return new InvalidInputException(
        "%s is truncated: record %d needs %d bytes, but there are only %d. Fetch it again."
            .formatted(file.name(), number, end, file.bytes()));
  }

  /** The data of a record that was visited before. */
  byte[] read(long position, int length) {
    return file.part(position, length);
  }

  /** What messages call it. */
  String name() {
    return file.name();
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The checksum of the first bytes. */
  static int masked(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return Integer.rotateRight((int) crc.getValue(), 15) + MASK;
  }

  @Override
  public void close() {
    file.close();
  }
}
