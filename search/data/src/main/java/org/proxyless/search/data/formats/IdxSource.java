package org.proxyless.search.data.formats;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import org.proxyless.base.InvalidInputException;
import org.proxyless.network.Shape;
import org.proxyless.search.data.source.ContentHash;
import org.proxyless.search.data.source.ImageSource;

/**
 * Grey images and labels in a pair of IDX files, the format of the MNIST family: a big-endian
 * header (magic number, count, rows, columns), then one unsigned byte a pixel or a label.
 */
final class IdxSource implements ImageSource {
  private static final int IMAGES_MAGIC = 0x803; // unsigned bytes in three dimensions
  private static final int LABELS_MAGIC = 0x801; // unsigned bytes in one dimension
  private static final int IMAGES_HEADER_BYTES = 16;
  private static final int LABELS_HEADER_BYTES = 8;
  private static final int LONGEST_SIDE = 1 << 14;

  private final BinaryFile images;
  private final Shape shape;
  private final byte[] labels;
  private final List<String> classNames;

  private IdxSource(BinaryFile images, Shape shape, byte[] labels, List<String> classNames) {
    this.images = images;
    this.shape = shape;
    this.labels = labels;
    this.classNames = classNames;
  }

  /**
   * Checks both files. Takes over the images unless it fails; the labels are read at once and
   * closed.
   *
   * @throws InvalidInputException if a file is not what it should be
   */
  static IdxSource open(BinaryFile images, BinaryFile labels, List<String> classNames) {
    try (labels) {
      Shape shape = imageShape(images);
      byte[] read = readLabels(labels, classNames);
      int count = images.header(IMAGES_HEADER_BYTES).getInt(4);
      if (count != read.length) {
        throw new InvalidInputException(
            "%s has %d images but %s has %d labels; they must be as many. Fetch both again."
                .formatted(images.name(), count, labels.name(), read.length));
      }
      return new IdxSource(images, shape, read, classNames);
    }
  }

  private static Shape imageShape(BinaryFile images) {
    ByteBuffer header = header(images, IMAGES_MAGIC, IMAGES_HEADER_BYTES, "images");
    int count = header.getInt(4);
    int rows = header.getInt(8);
    int columns = header.getInt(12);
    if (rows < 1 || columns < 1 || rows > LONGEST_SIDE || columns > LONGEST_SIDE) {
      throw new InvalidInputException(
          "%s: its header states images of %d×%d; both must be from 1 to %d. Fetch it again."
              .formatted(images.name(), rows, columns, LONGEST_SIDE));
    }
    checkLength(images, IMAGES_HEADER_BYTES + (long) count * rows * columns, count + " images");
    return new Shape(rows, columns, 1);
  }

  private static byte[] readLabels(BinaryFile file, List<String> classNames) {
    int count = header(file, LABELS_MAGIC, LABELS_HEADER_BYTES, "labels").getInt(4);
    checkLength(file, LABELS_HEADER_BYTES + (long) count, count + " labels");
    byte[] whole = new byte[LABELS_HEADER_BYTES + count];
    file.read(0, whole, whole.length);
    byte[] labels = Arrays.copyOfRange(whole, LABELS_HEADER_BYTES, whole.length);
    for (int i = 0; i < count; i++) {
      int label = Byte.toUnsignedInt(labels[i]);
      if (label >= classNames.size()) {
        throw new InvalidInputException(
            ("%s: label %d of image %d is out of range; with %d classes it must be from 0 to %d."
                    + " If there are more classes, name them in classes.txt, one a line.")
                .formatted(file.name(), label, i, classNames.size(), classNames.size() - 1));
      }
    }
    return labels;
  }

  private static ByteBuffer header(BinaryFile file, int magic, int headerBytes, String what) {
    if (file.bytes() < headerBytes) {
      throw new InvalidInputException(
          "%s is truncated: %d bytes don't hold the header of %d. Fetch it again."
              .formatted(file.name(), file.bytes(), headerBytes));
    }
    ByteBuffer header = file.header(headerBytes);
    if (header.getInt(0) != magic) {
      throw new InvalidInputException(
          "%s is no IDX file of %s: its magic number is 0x%08x, it must be 0x%08x."
              .formatted(file.name(), what, header.getInt(0), magic));
    }
    if (header.getInt(4) < 1) {
      throw new InvalidInputException(
          "%s: its header states %d %s; there must be at least one."
              .formatted(file.name(), header.getInt(4), what));
    }
    return header;
  }

  private static void checkLength(BinaryFile file, long expected, String content) {
    if (file.bytes() != expected) {
      throw new InvalidInputException(
          "%s is %s: %d bytes, but its header states %s, which take %d. Fetch it again."
              .formatted(
                  file.name(),
                  file.bytes() < expected ? "truncated" : "too long",
                  file.bytes(),
                  content,
                  expected));
    }
  }

  @Override
  public int size() {
    return labels.length;
  }

  @Override
  public Shape shape() {
    return shape;
  }

  @Override
  public List<String> classNames() {
    return classNames;
  }

  @Override
  public int label(int index) {
    return Byte.toUnsignedInt(labels[index]);
  }

  @Override
  public void read(int index, byte[] pixels) {
    int length = (int) shape.elements();
    images.read(IMAGES_HEADER_BYTES + (long) index * length, pixels, length);
  }

  @Override
  public void digest(MessageDigest digest) {
    digest.update(labels);
    ContentHash.addPixels(digest, this);
  }

  @Override
  public void close() {
    images.close();
  }
}
