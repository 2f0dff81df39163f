package org.proxyless.search.data.source;

import java.security.MessageDigest;
import java.util.List;
import org.proxyless.network.Shape;

/** Another source, its images in another shape. */
public final class ResizedSource implements ImageSource {
  private final ImageSource original;
  private final Shape shape;
  private final PixelScaler scaler;

  private ResizedSource(ImageSource original, Shape shape) {
    this.original = original;
    this.shape = shape;
    this.scaler = new PixelScaler(original.shape(), shape);
  }

  /** The source itself when it has this shape already. */
  public static ImageSource of(ImageSource original, Shape shape) {
    return original.shape().equals(shape) ? original : new ResizedSource(original, shape);
  }

  @Override
  public int size() {
    return original.size();
  }

  @Override
  public Shape shape() {
    return shape;
  }

  @Override
  public List<String> classNames() {
    return original.classNames();
  }

  @Override
  public int label(int index) {
    return original.label(index);
  }

  @Override
  public void read(int index, byte[] pixels) {
    byte[] whole = new byte[(int) original.shape().elements()];
    original.read(index, whole);
    scaler.scale(whole, pixels);
  }

  @Override
  public boolean decodes() {
    return original.decodes();
  }

  @Override
  public void digest(MessageDigest digest) {
    original.digest(digest);
  }

  @Override
  public void close() {
    original.close();
  }
}
