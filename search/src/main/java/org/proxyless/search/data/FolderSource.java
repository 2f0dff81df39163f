package org.proxyless.search.data;

import java.io.IOException;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.util.List;
import org.proxyless.latency.InvalidInputException;
import org.proxyless.latency.Shape;

/** JPEG and PNG files in a folder for each class, decoded and resized as they are read. */
final class FolderSource implements ImageSource {
  private final ImageFolder container;
  private final FolderIndex index;
  private final Shape shape;

  /**
   * Images of a folder in one shape.
   *
   * @param container closed with this source; sources may share it
   */
  FolderSource(ImageFolder container, FolderIndex index, Shape shape) {
    this.container = container;
    this.index = index;
    this.shape = shape;
  }

  @Override
  public int size() {
    return index.size();
  }

  @Override
  public Shape shape() {
    return shape;
  }

  @Override
  public List<String> classNames() {
    return index.classNames();
  }

  @Override
  public int label(int image) {
    return index.label(image);
  }

  @Override
  public void read(int image, byte[] pixels) {
    DecodedImage.read(index.path(image)).scaleInto(shape, pixels);
  }

  /** Adds names, labels and sizes of all files, and the content of all or of a sample. */
  @Override
  public void digest(MessageDigest digest) {
    try {
      long bytes = 0;
      for (int image = 0; image < size(); image++) {
        long fileBytes = Files.size(index.path(image));
        ContentHash.add(digest, index.relativeName(image));
        ContentHash.add(digest, fileBytes);
        bytes += fileBytes;
      }
      for (int image : ContentHash.sampled(size(), bytes).toArray()) {
        digest.update(Files.readAllBytes(index.path(image)));
      }
    } catch (IOException e) {
      throw new InvalidInputException(
          container.name() + " cannot be read: " + e.getMessage() + ".", e);
    }
  }

  @Override
  public void close() {
    container.close();
  }
}
