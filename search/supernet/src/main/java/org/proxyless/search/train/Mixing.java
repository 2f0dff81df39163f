package org.proxyless.search.train;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.proxyless.network.Shape;

/**
 * Images of a batch that are mixed with one another, one share for all of them, as in the papers'
 * code: whole ones (mixup, Zhang et al., ICLR 2018), or a box of one in the other (CutMix, Yun et
 * al., ICCV 2019).
 *
 * @param partners of each image the one that is mixed in
 * @param share of the image itself, 0 to 1, in its pixels and in its label
 */
record Mixing(int[] partners, double share) {
  /**
   * x ← λ x + (1 − λ) x', with λ from Beta(α, α).
   *
   * @param images [size, pixels], changed
   */
  static Mixing mixup(float[] images, int size, double alpha, RandomGenerator random) {
    float share = (float) beta(alpha, random);
    int[] partners = partners(size, random);
    float[] before = images.clone();
    int pixels = images.length / size;
    for (int i = 0; i < size; i++) {
      int own = i * pixels;
      int other = partners[i] * pixels;
      for (int p = 0; p < pixels; p++) {
        images[own + p] = share * before[own + p] + (1 - share) * before[other + p];
      }
    }
    return new Mixing(partners, share);
  }

  /**
   * A box of a share of 1 − λ of the area, at a random place and cut off at the border, comes from
   * the other image; λ is then what is left of the image itself.
   *
   * @param images [size, height, width, channels], changed
   */
  static Mixing cutmix(
      float[] images, int size, Shape shape, double alpha, RandomGenerator random) {
    double side = Math.sqrt(1 - beta(alpha, random));
    int[] partners = partners(size, random);
    Box box =
        Box.around(
            random.nextInt(shape.height()),
            random.nextInt(shape.width()),
            (int) (side * shape.height()),
            (int) (side * shape.width()),
            shape);
    float[] before = images.clone();
    int pixels = images.length / size;
    for (int i = 0; i < size; i++) {
      int own = i * pixels;
      int other = partners[i] * pixels;
      box.forEachRow(
          shape,
          (first, length) -> System.arraycopy(before, other + first, images, own + first, length));
    }
    return new Mixing(partners, 1 - (double) box.area() / (shape.height() * shape.width()));
  }

  /** Sets a square at a random place of each image to 0, the mean (DeVries and Taylor, 2017). */
  static void cutout(float[] images, int size, Shape shape, int side, RandomGenerator random) {
    int pixels = images.length / size;
    for (int i = 0; i < size; i++) {
      int own = i * pixels;
      Box box =
          Box.around(
              random.nextInt(shape.height()), random.nextInt(shape.width()), side, side, shape);
      box.forEachRow(
          shape, (first, length) -> Arrays.fill(images, own + first, own + first + length, 0f));
    }
  }

  /** A random order: image i is mixed with the one that comes at i. */
  private static int[] partners(int size, RandomGenerator random) {
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  /** A draw from Beta(α, α) by Jöhnk's method, which suits α up to 1. */
  static double beta(double alpha, RandomGenerator random) {
    while (true) {
      double x = Math.pow(random.nextDouble(), 1 / alpha);
      double y = Math.pow(random.nextDouble(), 1 / alpha);
      if (x + y <= 1 && x + y > 0) {
        return x / (x + y);
      }
    }
  }

  /** Part of an image; the ends do not belong to it. */
  record Box(int top, int left, int bottom, int right) {
    static Box around(int y, int x, int height, int width, Shape shape) {
      int top = y - height / 2;
      int left = x - width / 2;
      return new Box(
          Math.max(0, top),
          Math.max(0, left),
          Math.min(shape.height(), top + height),
          Math.min(shape.width(), left + width));
    }

    int area() {
      return (bottom - top) * (right - left);
    }

    /** Tells where the numbers of each row begin in an image, and how many they are. */
    void forEachRow(Shape shape, Rows rows) {
      for (int y = top; y < bottom; y++) {
        rows.row((y * shape.width() + left) * shape.channels(), (right - left) * shape.channels());
      }
    }
  }

  /** Hears of rows of numbers. */
  @FunctionalInterface
  interface Rows {
    void row(int first, int length);
  }
}
