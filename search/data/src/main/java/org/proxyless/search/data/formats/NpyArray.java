package org.proxyless.search.data.formats;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.proxyless.base.InvalidInputException;

/**
 * An array in NumPy's format: a header that states type and shape as a Python literal, then the
 * elements in C order.
 *
 * @param file closed with this
 * @param type as NumPy writes it, such as {@code |u1}
 * @param shape the length in each dimension
 * @param start position of the first element in bytes
 */
record NpyArray(BinaryFile file, String type, long[] shape, int start) implements AutoCloseable {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int PREAMBLE_BYTES = 10;
  private static final int MOST_HEADER_BYTES = 1 << 16;
  private static final Pattern TYPE = Pattern.compile("'descr': *'([^']*)'");
  private static final Pattern SHAPE = Pattern.compile("'shape': *\\(([0-9, ]*)\\)");
  private static final Pattern BY_COLUMN = Pattern.compile("'fortran_order': *True");

  /**
   * Reads the header. Takes over the file unless it fails.
   *
   * @throws InvalidInputException if it is no such array, in Fortran's order, or not of the length
   *     that the header states
   */
  static NpyArray open(BinaryFile file) {
    if (file.bytes() < PREAMBLE_BYTES + 2 || !Arrays.equals(file.part(0, MAGIC.length), MAGIC)) {
      throw refused(file, "is no array in NumPy's format; write it with numpy.save or savez");
    }
    ByteBuffer preamble =
        ByteBuffer.wrap(file.part(0, PREAMBLE_BYTES + 2)).order(ByteOrder.LITTLE_ENDIAN);
    boolean old = preamble.get(MAGIC.length) == 1;
    int headerBytes = old ? Short.toUnsignedInt(preamble.getShort(8)) : preamble.getInt(8);
    int headerStart = old ? PREAMBLE_BYTES : PREAMBLE_BYTES + 2;
    if (headerBytes < 1
        || headerBytes > MOST_HEADER_BYTES
        || headerStart + headerBytes > file.bytes()) {
      throw refused(file, "is truncated or damaged in its header; fetch it again");
    }
    String header = new String(file.part(headerStart, headerBytes), StandardCharsets.ISO_8859_1);
    Matcher type = TYPE.matcher(header);
    Matcher shape = SHAPE.matcher(header);
    if (!type.find() || !shape.find()) {
      throw refused(
          file, "has neither a plain type nor a shape in its header, but " + header.strip());
    }
    if (BY_COLUMN.matcher(header).find()) {
      throw refused(file, "is in Fortran's order; write it with numpy.ascontiguousarray");
    }
    try {
      NpyArray array =
          new NpyArray(file, type.group(1), lengths(shape.group(1)), headerStart + headerBytes);
      array.checkLength();
      return array;
    } catch (ArithmeticException | NumberFormatException e) {
      throw refused(file, "has the impossible shape (" + shape.group(1) + "); fetch it again");
    }
  }

  private static long[] lengths(String text) {
    return Arrays.stream(text.split(","))
        .map(String::strip)
        .filter(length -> !length.isEmpty())
        .mapToLong(Long::parseLong)
        .toArray();
  }

  private void checkLength() {
    String digits = type.replaceAll("[^0-9]", "");
    if (digits.isEmpty() || digits.length() > 3) {
      throw refused(file, "has elements of type '" + type + "', which are no numbers");
    }
    length();
    long expected = start + count() * Integer.parseInt(digits);
    if (file.bytes() != expected) {
      throw refused(
          file,
          "is %s: %d bytes, but its header states %s of type %s, which takes %d; fetch it again"
              .formatted(
                  file.bytes() < expected ? "truncated" : "too long",
                  file.bytes(),
                  Arrays.toString(shape),
                  type,
                  expected));
    }
  }

  /** The number of elements. */
  private long count() {
    long count = 1;
    for (long length : shape) {
      count = Math.multiplyExact(count, length);
    }
    return count;
  }

  /** The length in the first dimension. */
  int length() {
    return shape.length == 0 ? 0 : Math.toIntExact(shape[0]);
  }

  /**
   * The elements as labels.
   *
   * @throws InvalidInputException if they are no integers in one dimension
   */
  long[] integers() {
    boolean flat = shape.length == 1 || shape.length == 2 && shape[1] == 1;
    if (!flat || !type.matches("[<>|=]?[iu][1248]")) {
      throw refused(
          file,
          "has shape %s and type %s; labels must be integers in one dimension, such as int64 [N]"
              .formatted(Arrays.toString(shape), type));
    }
    int size = type.charAt(type.length() - 1) - '0';
    boolean unsigned = type.contains("u");
    ByteBuffer bytes = ByteBuffer.wrap(file.part(start, Math.multiplyExact(length(), size)));
    bytes.order(type.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    long[] integers = new long[length()];
    for (int i = 0; i < integers.length; i++) {
      integers[i] =
          switch (size) {
            case 1 -> unsigned ? Byte.toUnsignedLong(bytes.get()) : bytes.get();
            case 2 -> unsigned ? Short.toUnsignedLong(bytes.getShort()) : bytes.getShort();
            case 4 -> unsigned ? Integer.toUnsignedLong(bytes.getInt()) : bytes.getInt();
            default -> bytes.getLong();
          };
    }
    return integers;
  }

  private static InvalidInputException refused(BinaryFile file, String why) {
    return new InvalidInputException(file.name() + " " + why + ".");
  }

  @Override
  public void close() {
    file.close();
  }
}
