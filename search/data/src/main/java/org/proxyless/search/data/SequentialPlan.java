package org.proxyless.search.data;

import org.proxyless.network.Normalization;

/** Every image of a split once, in order, as it is. */
final class SequentialPlan implements BatchPlan {
  private final Split split;
  private final int batchSize;
  private final PixelWriter writer;
  private final ThreadLocal<byte[]> pixels; // of one image, of each thread that decodes

  SequentialPlan(Split split, Normalization normalization, int batchSize) {
    this.split = split;
    this.batchSize = batchSize;
    this.writer = new PixelWriter(split.shape(), normalization);
    this.pixels = ThreadLocal.withInitial(() -> new byte[imageElements()]);
  }

  @Override
  public long batches() {
    return (split.size() + batchSize - 1L) / batchSize;
  }

  @Override
  public int size(long batch) {
    return (int) Math.min(batchSize, split.size() - batch * batchSize);
  }

  @Override
  public int imageElements() {
    return (int) split.shape().elements();
  }

  @Override
  public void fill(long batch, float[] images, int[] labels) {
    int first = (int) (batch * batchSize);
    split.forEach(
        labels.length,
        i -> {
          split.read(first + i, pixels.get());
          writer.write(pixels.get(), images, i * imageElements(), 0, 0, false);
          labels[i] = split.label(first + i);
        });
  }
}
