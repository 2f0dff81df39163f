package org.proxyless.network.operators;

/** Rules for the sides of windows. */
final class Windows {
  private Windows() {}

  static void requireOdd(int kernel) {
    if (kernel < 1 || kernel % 2 == 0) {
      throw new IllegalArgumentException("kernel " + kernel + " must be odd");
    }
  }

  static void requireWide(int kernel) {
    if (kernel < 3 || kernel % 2 == 0) {
      throw new IllegalArgumentException("kernel " + kernel + " must be odd and at least 3");
    }
  }

  static void requireSeveral(int kernel) {
    if (kernel < 2) {
      throw new IllegalArgumentException("kernel " + kernel + " must be at least 2");
    }
  }
}
