package org.proxyless.search.data;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.proxyless.devices.Normalization;

/**
 * Endless epochs laid end to end, each a permutation of the split drawn from (seed, epoch), cut
 * into batches; crop and flip are drawn from (seed, batch). So any batch can be made without those
 * before it, and no image is left out of an epoch.
 */
final class ShuffledPlan implements BatchPlan {
  private static final long PERMUTATION = 1;
  private static final long AUGMENTATION = 2;

  private final Split split;
  private final Augmentation augmentation;
  private final int batchSize;
  private final long seed;
  private final PixelWriter writer;
  private final byte[] pixels;
  private long epoch = -1; // whose permutation this is
  private int[] permutation;

  ShuffledPlan(
      Split split,
      Normalization normalization,
      Augmentation augmentation,
      int batchSize,
      long seed) {
    this.split = split;
    this.augmentation = augmentation;
    this.batchSize = batchSize;
    this.seed = seed;
    this.writer = new PixelWriter(split.shape(), normalization);
    this.pixels = new byte[imageElements()];
  }

  @Override
  public long batches() {
    return Long.MAX_VALUE;
  }

  @Override
  public int size(long batch) {
    return batchSize;
  }

  @Override
  public int imageElements() {
    return (int) split.shape().elements();
  }

  @Override
  public void fill(long batch, float[] images, int[] labels) {
    RandomGenerator random = generator(AUGMENTATION, batch);
    for (int i = 0; i < batchSize; i++) {
      int position = position(batch * batchSize + i);
      split.read(position, pixels);
      int padding = augmentation.padding();
      int down = random.nextInt(-padding, padding + 1);
      int right = random.nextInt(-padding, padding + 1);
      boolean flip = augmentation.flip() && random.nextBoolean();
      writer.write(pixels, images, i * pixels.length, down, right, flip);
      labels[i] = split.label(position);
    }
  }

  /** The position in the split of an item of the endless sequence. */
  private int position(long item) {
    long wanted = item / split.size();
    if (wanted != epoch) {
      permutation = IntStream.range(0, split.size()).toArray();
      Stratification.shuffle(permutation, generator(PERMUTATION, wanted));
      epoch = wanted;
    }
    return permutation[(int) (item % split.size())];
  }

  private RandomGenerator generator(long purpose, long number) {
    return new SplittableRandom(mixed(mixed(mixed(seed) + purpose) + number));
  }

  /** Stafford's 13th variant of MurmurHash3's finaliser: neighbours get unrelated generators. */
  private static long mixed(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
