package org.proxyless.search.data;

import org.proxyless.devices.Normalization;

/** Every image of a split once, in order, as it is. */
final class SequentialPlan implements BatchPlan {
  private final Split split;
  private final int batchSize;
  private final PixelWriter writer;
  private final byte[] pixels;

  SequentialPlan(Split split, Normalization normalization, int batchSize) {
    this.split = split;
    this.batchSize = batchSize;
    this.writer = new PixelWriter(split.shape(), normalization);
    this.pixels = new byte[imageElements()];
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
    for (int i = 0; i < labels.length; i++) {
      split.read(first + i, pixels);
      writer.write(pixels, images, i * pixels.length, 0, 0, false);
      labels[i] = split.label(first + i);
    }
  }
}
