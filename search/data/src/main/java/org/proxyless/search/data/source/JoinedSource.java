package org.proxyless.search.data.source;

import java.security.MessageDigest;
import java.util.List;
import org.proxyless.network.Shape;

/** Two sources of the same classes and shape as one: the images of the first, then the others. */
public final class JoinedSource implements ImageSource {
  private final ImageSource first;
  private final ImageSource second;

  public JoinedSource(ImageSource first, ImageSource second) {
    this.first = first;
    this.second = second;
  }

  @Override
  public int size() {
    return Math.addExact(first.size(), second.size());
  }

  @Override
  public Shape shape() {
    return first.shape();
  }

  @Override
  public List<String> classNames() {
    return first.classNames();
  }

  @Override
  public int label(int index) {
    return index < first.size() ? first.label(index) : second.label(index - first.size());
  }

  @Override
  public void read(int index, byte[] pixels) {
    if (index < first.size()) {
      first.read(index, pixels);
    } else {
      second.read(index - first.size(), pixels);
    }
  }

  @Override
  public boolean decodes() {
    return first.decodes() || second.decodes();
  }

  @Override
  public void digest(MessageDigest digest) {
    first.digest(digest);
    second.digest(digest);
  }

  @Override
  public void close() {
    first.close();
    second.close();
  }
}
