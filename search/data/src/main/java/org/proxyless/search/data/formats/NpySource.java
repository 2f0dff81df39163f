package org.proxyless.search.data.formats;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import org.proxyless.base.InvalidInputException;
import org.proxyless.network.Shape;
import org.proxyless.search.data.source.ContentHash;
import org.proxyless.search.data.source.ImageSource;

/** Images in an array of bytes, read from its file one by one. */
final class NpySource implements ImageSource {
  private static final int LONGEST_SIDE = 1 << 14;

  private final NpyArray images;
  private final Shape shape;
  private final int[] labels;
  private final List<String> classNames;

  /**
   * Takes over the images.
   *
   * @param labels the class of each
   * @throws InvalidInputException if the array is not of unsigned bytes as [N, height, width] or
   *     [N, height, width, 1 or 3], or there are more or fewer labels
   */
  NpySource(NpyArray images, int[] labels, List<String> classNames) {
    this.images = images;
    this.shape = shape(images);
    this.labels = labels;
    this.classNames = classNames;
    if (images.length() != labels.length) {
      throw new InvalidInputException(
          "%s has %d images, but there are %d labels; they must be as many."
              .formatted(images.file().name(), images.length(), labels.length));
    }
  }

  private static Shape shape(NpyArray images) {
    long[] lengths = images.shape();
    boolean grey = lengths.length == 3;
    boolean fits = grey || lengths.length == 4 && (lengths[3] == 1 || lengths[3] == 3);
    if (!images.type().matches("[|<>=]?u1") || !fits) {
      throw new InvalidInputException(
          "%s has shape %s and type %s; images must be uint8 in [N, height, width] or [N, height, width, 1 or 3]."
              .formatted(images.file().name(), Arrays.toString(lengths), images.type()));
    }
    if (lengths[1] < 1 || lengths[2] < 1 || Math.max(lengths[1], lengths[2]) > LONGEST_SIDE) {
      throw new InvalidInputException(
          "%s has images of %dx%d; both must be from 1 to %d."
              .formatted(images.file().name(), lengths[1], lengths[2], LONGEST_SIDE));
    }
    return new Shape((int) lengths[1], (int) lengths[2], grey ? 1 : (int) lengths[3]);
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
    return labels[index];
  }

  @Override
  public void read(int index, byte[] pixels) {
    int length = (int) shape.elements();
    images.file().read(images.start() + (long) index * length, pixels, length);
  }

  @Override
  public void digest(MessageDigest digest) {
    for (int label : labels) {
      ContentHash.add(digest, label);
    }
    ContentHash.addPixels(digest, this);
  }

  @Override
  public void close() {
    images.close();
  }
}
