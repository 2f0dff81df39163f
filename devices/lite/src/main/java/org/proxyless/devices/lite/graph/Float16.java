package org.proxyless.devices.lite.graph;

/** Half precision (IEEE 754 binary16), which Java 17 has no conversion to. */
public final class Float16 {
  /** The largest finite number. */
  public static final float GREATEST = 65504;

  private static final int EXPONENT_BIAS_DIFFERENCE = 127 - 15;
  private static final int MANTISSA_BITS_DROPPED = 23 - 10;
  private static final int HIDDEN_BIT = 1 << 23;

  private Float16() {}

  /**
   * The bits of the nearest half-precision number, ties to even.
   *
   * @throws IllegalArgumentException if it is beyond the largest one, or no number
   */
  public static short bits(float value) {
    if (!(Math.abs(value) <= GREATEST)) {
      throw new IllegalArgumentException(value + " has no half-precision form");
    }
    int bits = Float.floatToRawIntBits(value);
    int sign = bits >>> 16 & 0x8000;
    int exponent = (bits >>> 23 & 0xff) - EXPONENT_BIAS_DIFFERENCE;
    int mantissa = bits & 0x7fffff;
    if (exponent > 0) {
      // A carry out of the mantissa is what the exponent needs then.
      return (short) (sign | rounded(exponent << 23 | mantissa, MANTISSA_BITS_DROPPED));
    }
    int dropped = MANTISSA_BITS_DROPPED + 1 - exponent; // subnormal: the exponent stays, bits go
    return (short) (dropped > 24 ? sign : sign | rounded(mantissa | HIDDEN_BIT, dropped));
  }

  /** Without the last bits, to the nearest, ties to even. */
  private static int rounded(int bits, int dropped) {
    int kept = bits >> dropped;
    int rest = bits & (1 << dropped) - 1;
    int half = 1 << dropped - 1;
    return rest > half || rest == half && (kept & 1) == 1 ? kept + 1 : kept;
  }
}
