package org.proxyless.search.data;

import java.security.MessageDigest;
import java.util.List;
import java.util.function.Function;
import org.proxyless.latency.Shape;

/** Encoded images, decoded and resized as they are read. */
final class DecodingSource implements ImageSource {
  private final EncodedImages images;
  private final Shape shape;

  /**
   * Images in one shape.
   *
   * @param images closed with this source
   */
  DecodingSource(EncodedImages images, Shape shape) {
    this.images = images;
    this.shape = shape;
  }

  @Override
  public int size() {
    return images.size();
  }

  @Override
  public Shape shape() {
    return shape;
  }

  @Override
  public List<String> classNames() {
    return images.classNames();
  }

  @Override
  public int label(int index) {
    return images.label(index);
  }

  @Override
  public void read(int index, byte[] pixels) {
    Function<DecodedImage, Void> scaled =
        image -> {
          image.scaleInto(shape, pixels);
          return null;
        };
    images.decode(index, scaled);
  }

  @Override
  public void digest(MessageDigest digest) {
    images.digest(digest);
  }

  @Override
  public void close() {
    images.close();
  }
}
