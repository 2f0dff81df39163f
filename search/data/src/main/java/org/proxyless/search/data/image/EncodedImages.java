package org.proxyless.search.data.image;

import java.security.MessageDigest;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;
import org.proxyless.search.data.source.ImageSource;

/**
 * Labelled images as files or records that have to be decoded. Several threads may read at once.
 */
public interface EncodedImages {
  /** The number of images. */
  int size();

  /** The names of the classes, in the order of their labels. */
  List<String> classNames();

  /** The class of an image: an index into {@link #classNames}. */
  int label(int index);

  /** What messages call the image: its file, or its place in one. */
  String name(int index);

  /**
   * Tells this image from any other and from what the same file held before: its place, the file's
   * size and time of change.
   *
   * @throws org.proxyless.base.InvalidInputException if the file is gone
   */
  String identity(int index);

  /**
   * Decodes an image and uses it, see {@link ImageDecoder#decode}.
   *
   * @throws org.proxyless.base.InvalidInputException if it cannot be read or decoded
   */
  <T> T decode(int index, Function<DecodedImage, T> use);

  /**
   * The others alone.
   *
   * @param unreadable indices of images to leave out
   * @throws org.proxyless.base.InvalidInputException if a class is then empty
   */
  EncodedImages without(BitSet unreadable);

  /** See {@link ImageSource#digest}. */
  void digest(MessageDigest digest);

  /** Closes the files. */
  void close();
}
