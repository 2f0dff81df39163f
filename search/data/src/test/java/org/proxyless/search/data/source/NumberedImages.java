package org.proxyless.search.data.source;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.proxyless.network.Normalization;
import org.proxyless.network.Shape;
import org.proxyless.search.data.Split;

/** Images without files: every pixel is the image's number modulo 256, the label its parity. */
public final class NumberedImages implements ImageSource {
  public static final Normalization UNITS = new Normalization(List.of(0f), List.of(1 / 255f));

  public final AtomicInteger reads = new AtomicInteger();
  private final byte[] pattern;
  private final int size;
  private final Shape shape;
  private final IntConsumer beforeRead;

  public NumberedImages(int size, Shape shape, IntConsumer beforeRead) {
    this(size, shape, beforeRead, null);
  }

  /** All of them look like this pattern. */
  public NumberedImages(int size, Shape shape, IntConsumer beforeRead, byte[] pattern) {
    this.pattern = pattern;
    this.size = size;
    this.shape = shape;
    this.beforeRead = beforeRead;
  }

  /** A split of all of them. */
  public Split all() {
    return new Split(this, IntStream.range(0, size).toArray());
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public Shape shape() {
    return shape;
  }

  @Override
  public List<String> classNames() {
    return List.of("even", "odd");
  }

  @Override
  public int label(int index) {
    return index % 2;
  }

  @Override
  public void read(int index, byte[] pixels) {
    beforeRead.accept(index);
    reads.incrementAndGet();
    if (pattern != null) {
      System.arraycopy(pattern, 0, pixels, 0, pattern.length);
    } else {
      Arrays.fill(pixels, 0, (int) shape.elements(), (byte) index);
    }
  }

  @Override
  public void digest(MessageDigest digest) {
    ContentHash.addPixels(digest, this);
  }

  @Override
  public void close() {}
}
