package org.proxyless.search.space;

import org.proxyless.base.InvalidInputException;

/**
 * Scales the channels of a space. Widths are rounded to the nearest multiple of 8, and up where
 * that would be below 0.9 of what was asked (Sandler et al., MobileNetV2, 2018). A factor of 1
 * leaves the space as it is written.
 *
 * @param factor above 0, at most {@value #MAX_FACTOR}
 */
record Width(double factor) {
  static final double MAX_FACTOR = 16;
  private static final int MULTIPLE = 8;
  private static final double LEAST_SHARE = 0.9;

  Width {
    if (!(factor > 0 && factor <= MAX_FACTOR)) {
      throw new InvalidInputException(
          "--width is " + factor + "; it must be above 0 and at most " + MAX_FACTOR + ".");
    }
  }

  int of(int channels) {
    if (factor == 1) {
      return channels;
    }
    double asked = factor * channels;
    int nearest = Math.max(MULTIPLE, (int) Math.round(asked / MULTIPLE) * MULTIPLE);
    return nearest < LEAST_SHARE * asked ? nearest + MULTIPLE : nearest;
  }
}
