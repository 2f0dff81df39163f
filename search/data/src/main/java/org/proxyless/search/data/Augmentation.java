package org.proxyless.search.data;

import org.proxyless.network.Shape;

/**
 * How a training image may be changed each time it is seen.
 *
 * @param padding the image is surrounded by so many pixels of value 0 (after normalization), then
 *     cropped to its own size at a random place; 0 for no crop
 * @param flip whether left and right are swapped every other time
 */
public record Augmentation(int padding, boolean flip) {
  /** Images as they are. */
  public static final Augmentation NONE = new Augmentation(0, false);

  public Augmentation {
    if (padding < 0) {
      throw new IllegalArgumentException("padding " + padding + " must not be negative");
    }
  }

  /** The usual crop for images of this shape: 4 pixels from 32 on, 2 for 28, less for smaller. */
  public static Augmentation usual(Shape shape, boolean flip) {
    int side = Math.min(shape.height(), shape.width());
    return new Augmentation(side >= 32 ? 4 : side / 14, flip);
  }
}
