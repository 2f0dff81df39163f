package org.proxyless.search.data;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.proxyless.network.Shape;
import org.proxyless.search.data.source.EvenSample;
import org.proxyless.search.data.source.ImageSource;
import org.proxyless.search.data.source.ResizedSource;

/**
 * A part of a source that serves one purpose: training, validation or test. A small split keeps its
 * decoded images in memory once they were read. Several threads may read at once.
 */
public final class Split {
  /** The most memory that the decoded images of one split may take, unless the heap is small. */
  private static final long CACHE_BYTES = 256L << 20;

  private final ImageSource source;
  private final int[] indices;
  private final AtomicReferenceArray<byte[]> cache; // null when the split is too large for it

  /** The images of the source with these indices, in this order. */
  public Split(ImageSource source, int[] indices) {
    this.source = source;
    this.indices = indices.clone();
    long bytes = indices.length * source.shape().elements();
    long allowed = Math.min(CACHE_BYTES, Runtime.getRuntime().maxMemory() / 8);
    this.cache = bytes <= allowed ? new AtomicReferenceArray<>(indices.length) : null;
  }

  /**
   * At most so many of the images, evenly spaced over the split, in their order: the same ones
   * every time. The source stays this split's to close.
   */
  public Split sample(int most) {
    return new Split(source, EvenSample.of(indices.length, most).map(i -> indices[i]).toArray());
  }

  /**
   * These images and those of another split of the same source, in the order of the source. The
   * source stays the splits' to close.
   */
  Split and(Split other) {
    if (other.source != source) {
      throw new IllegalArgumentException("the splits are of different sources");
    }
    int[] both = IntStream.concat(IntStream.of(indices), IntStream.of(other.indices)).toArray();
    Arrays.sort(both);
    return new Split(source, both);
  }

  /** The number of images. */
  public int size() {
    return indices.length;
  }

  /** The shape of every image. */
  public Shape shape() {
    return source.shape();
  }

  /** The class of the image at this position. */
  public int label(int position) {
    return source.label(indices[position]);
  }

  /** The number of images of each class, in the order of the labels. */
  public int[] classCounts() {
    int[] counts = new int[source.classNames().size()];
    for (int index : indices) {
      counts[source.label(index)]++;
    }
    return counts;
  }

  /**
   * Reads the image at this position, see {@link ImageSource#read}.
   *
   * @param pixels receives unsigned bytes as [height, width, channels]
   */
  public void read(int position, byte[] pixels) {
    if (cache == null) {
      source.read(indices[position], pixels);
      return;
    }
    byte[] cached = cache.get(position);
    if (cached == null) {
      cached = new byte[(int) source.shape().elements()];
      source.read(indices[position], cached);
      cache.set(position, cached);
    }
    System.arraycopy(cached, 0, pixels, 0, cached.length);
  }

  /**
   * Does so many pieces of work that read images: on all processors where images are decoded as
   * they are read, else one after the other.
   *
   * @param work takes numbers from 0 on, in any order
   */
  void forEach(int count, IntConsumer work) {
    IntStream numbers = IntStream.range(0, count);
    (source.decodes() ? numbers.parallel() : numbers).forEach(work);
  }

  /** The same images in another size. The source stays this split's to close. */
  Split resized(Shape size) {
    return new Split(ResizedSource.of(source, size), indices);
  }

  public int[] indices() {
    return indices.clone();
  }

  /** Closes the source, which other splits may share. */
  void close() {
    source.close();
  }
}
