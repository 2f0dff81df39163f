package org.proxyless.search.data;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.proxyless.network.Normalization;
import org.proxyless.search.data.source.Stratification;

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
  private final ThreadLocal<byte[]> pixels; // of one image, of each thread that decodes
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
    this.pixels = ThreadLocal.withInitial(() -> new byte[imageElements()]);
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
    View[] views = views(batch); // drawn before the work is shared, so as not to depend on timing
    split.forEach(
        batchSize,
        i -> {
          View view = views[i];
          split.read(view.position, pixels.get());
          int at = i * imageElements();
          writer.write(pixels.get(), images, at, view.down, view.right, view.flip);
          labels[i] = split.label(view.position);
        });
  }

  /** An image of the split, and how it is moved and flipped. */
  private record View(int position, int down, int right, boolean flip) {}

  private View[] views(long batch) {
    RandomGenerator random = generator(AUGMENTATION, batch);
    int padding = augmentation.padding();
    View[] views = new View[batchSize];
    for (int i = 0; i < batchSize; i++) {
      int position = position(batch * batchSize + i);
      int down = random.nextInt(-padding, padding + 1);
      int right = random.nextInt(-padding, padding + 1);
      boolean flip = augmentation.flip() && random.nextBoolean();
      views[i] = new View(position, down, right, flip);
    }
    return views;
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
