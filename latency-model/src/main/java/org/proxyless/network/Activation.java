package org.proxyless.network;

/** What follows a layer's batch normalisation, element by element. */
public enum Activation {
  /** x. */
  LINEAR,
  /** max(x, 0). */
  RELU,
  /** min(max(x, 0), 6). */
  RELU6,
  /** min(max(x + 3, 0), 6) / 6 (Howard et al., MobileNetV3, 2019, section 5.2). */
  HARD_SIGMOID,
  /** x · min(max(x + 3, 0), 6) / 6, h-swish (the same, equation 2). */
  HARD_SWISH;

  /** Its value. */
  public double of(double x) {
    return switch (this) {
      case LINEAR -> x;
      case RELU -> Math.max(x, 0);
      case RELU6 -> Math.min(Math.max(x, 0), 6);
      case HARD_SIGMOID -> RELU6.of(x + 3) / 6;
      case HARD_SWISH -> x * RELU6.of(x + 3) / 6;
    };
  }

  /** Its derivative; at a kink, the one of the outer side. */
  public double slope(double x) {
    return switch (this) {
      case LINEAR -> 1;
      case RELU -> x > 0 ? 1 : 0;
      case RELU6 -> x > 0 && x < 6 ? 1 : 0;
      case HARD_SIGMOID -> RELU6.slope(x + 3) / 6;
      case HARD_SWISH -> (RELU6.of(x + 3) + x * RELU6.slope(x + 3)) / 6;
    };
  }
}
