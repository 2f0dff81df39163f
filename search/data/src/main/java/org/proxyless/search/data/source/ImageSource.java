package org.proxyless.search.data.source;

import java.security.MessageDigest;
import java.util.List;
import org.proxyless.network.Shape;
import org.proxyless.search.data.Dataset;

/**
 * Labelled images of one shape, read one by one: what a file format has to offer. The index lives
 * in memory, the pixels need not. Several threads may read at once.
 */
public interface ImageSource extends AutoCloseable {
  /** The number of images. */
  int size();

  /** The shape in which {@link #read} delivers every image. */
  Shape shape();

  /** The names of the classes, in the order of their labels. */
  List<String> classNames();

  /** The class of an image: an index into {@link #classNames}. */
  int label(int index);

  /**
   * Reads one image.
   *
   * @param pixels receives unsigned bytes as [height, width, channels]; holds at least {@code
   *     shape().elements()} of them
   * @throws org.proxyless.base.InvalidInputException if the image cannot be read or decoded
   */
  void read(int index, byte[] pixels);

  /**
   * Whether reading an image takes so long, as decoding does, that several threads should share the
   * work.
   */
  default boolean decodes() {
    return false;
  }

  /**
   * Adds to the digest what tells this content from any other, independent of the shape asked for:
   * see {@link Dataset#hash}.
   */
  void digest(MessageDigest digest);

  @Override
  void close();
}
