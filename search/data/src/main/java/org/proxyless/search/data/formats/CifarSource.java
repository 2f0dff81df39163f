package org.proxyless.search.data.formats;

import java.security.MessageDigest;
import java.util.List;
import org.proxyless.base.InvalidInputException;
import org.proxyless.network.Shape;
import org.proxyless.search.data.source.ContentHash;
import org.proxyless.search.data.source.ImageSource;

/**
 * CIFAR-10 and CIFAR-100 in their binary format: files of records, each one or two label bytes and
 * a 32×32 image, its red plane first, then green, then blue.
 */
final class CifarSource implements ImageSource {
  private static final Shape SHAPE = new Shape(32, 32, 3);
  private static final int PIXELS = (int) SHAPE.pixels();
  private static final int IMAGE_BYTES = (int) SHAPE.elements();

  private final List<BinaryFile> files;
  private final int labelBytes;
  private final List<String> classNames;
  private final int[] firstIndex; // of each file, and the total at the end
  private final byte[] labels;

  /**
   * Takes over the files and reads all labels.
   *
   * @param labelBytes bytes before each image, the last of which is the label: 1 in CIFAR-10, 2 in
   *     CIFAR-100 (coarse, fine)
   * @throws InvalidInputException if a file is not a whole number of records or a label is out of
   *     range
   */
  CifarSource(List<BinaryFile> files, int labelBytes, List<String> classNames) {
    this.files = List.copyOf(files);
    this.labelBytes = labelBytes;
    this.classNames = classNames;
    this.firstIndex = new int[files.size() + 1];
    for (int i = 0; i < files.size(); i++) {
      firstIndex[i + 1] = Math.addExact(firstIndex[i], records(files.get(i)));
    }
    this.labels = new byte[firstIndex[files.size()]];
    for (int i = 0; i < files.size(); i++) {
      readLabels(i);
    }
  }

  private int recordBytes() {
    return labelBytes + IMAGE_BYTES;
  }

  private int records(BinaryFile file) {
    if (file.bytes() == 0 || file.bytes() % recordBytes() != 0) {
      throw new InvalidInputException(
          ("%s is truncated or of another format: its %d bytes are not a whole number of records"
                  + " of %d. Fetch the binary version again.")
              .formatted(file.name(), file.bytes(), recordBytes()));
    }
    return Math.toIntExact(file.bytes() / recordBytes());
  }

  private void readLabels(int fileIndex) {
    BinaryFile file = files.get(fileIndex);
    byte[] before = new byte[labelBytes];
    for (int index = firstIndex[fileIndex]; index < firstIndex[fileIndex + 1]; index++) {
      int record = index - firstIndex[fileIndex];
      file.read((long) record * recordBytes(), before, labelBytes);
      labels[index] = before[labelBytes - 1];
      if (label(index) >= classNames.size()) {
        throw new InvalidInputException(
            "%s: label %d of image %d is out of range; with %d classes it must be from 0 to %d."
                .formatted(
                    file.name(), label(index), record, classNames.size(), classNames.size() - 1));
      }
    }
  }

  @Override
  public int size() {
    return labels.length;
  }

  @Override
  public Shape shape() {
    return SHAPE;
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
    int file = 0;
    while (index >= firstIndex[file + 1]) {
      file++;
    }
    byte[] record = new byte[recordBytes()];
    long position = (long) (index - firstIndex[file]) * record.length;
    files.get(file).read(position, record, record.length);
    for (int channel = 0; channel < SHAPE.channels(); channel++) {
      int plane = labelBytes + channel * PIXELS;
      for (int i = 0; i < PIXELS; i++) {
        pixels[i * SHAPE.channels() + channel] = record[plane + i];
      }
    }
  }

  @Override
  public void digest(MessageDigest digest) {
    digest.update(labels);
    ContentHash.addPixels(digest, this);
  }

  @Override
  public void close() {
    files.forEach(BinaryFile::close);
  }
}
