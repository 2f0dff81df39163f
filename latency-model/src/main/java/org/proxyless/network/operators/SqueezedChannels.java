package org.proxyless.network.operators;

import org.proxyless.network.Layer;

/**
 * Into how many units squeeze and excitation squeezes channels: a quarter, rounded to a multiple of
 * 8, and up where that would be below 0.9 of the quarter (as in the code of Once-for-All, Cai et
 * al., 2020).
 */
final class SqueezedChannels {
  private static final int REDUCTION = 4;
  private static final int MULTIPLE = 8;
  private static final double LEAST_SHARE = 0.9;

  private SqueezedChannels() {}

  static Layer.SqueezeExcitation layer(int channels) {
    int asked = channels / REDUCTION;
    int nearest = Math.max(MULTIPLE, (asked + MULTIPLE / 2) / MULTIPLE * MULTIPLE);
    return new Layer.SqueezeExcitation(
        nearest < LEAST_SHARE * asked ? nearest + MULTIPLE : nearest);
  }
}
