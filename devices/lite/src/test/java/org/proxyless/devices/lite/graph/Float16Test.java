package org.proxyless.devices.lite.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class Float16Test {
  private static final int INFINITY = 0x7c00;
  private static final int SIGN = 0x8000;

  @Test
  void everyHalfNumberIsItself() {
    for (int bits = 0; bits < INFINITY; bits++) {
      assertThat(Float16.bits(value(bits))).isEqualTo((short) bits);
      assertThat(Float16.bits(-value(bits))).isEqualTo((short) (bits | SIGN));
    }
  }

  @Test
  void whatLiesBetweenTwoGoesToTheNearerAndTiesToTheEvenOne() {
    for (int bits = 0; bits < INFINITY - 1; bits++) {
      float middle = (value(bits) + value(bits + 1)) / 2;
      assertThat(Float16.bits(middle)).isEqualTo((short) (bits + bits % 2));
      assertThat(Float16.bits(Math.nextDown(middle))).isEqualTo((short) bits);
      assertThat(Float16.bits(Math.nextUp(middle))).isEqualTo((short) (bits + 1));
    }
  }

  @Test
  void whatIsBeyondTheLargestIsRefused() {
    for (float value : new float[] {65505, -1e9f, Float.NaN, Float.NEGATIVE_INFINITY}) {
      assertThatThrownBy(() -> Float16.bits(value))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(value + " has no half-precision form");
    }
  }

  /** The definition: ±2^(exponent − 15) · 1.mantissa, or ±2^−14 · 0.mantissa. */
  private static float value(int bits) {
    int exponent = bits >> 10;
    int mantissa = bits & 0x3ff;
    return exponent == 0 ? Math.scalb(mantissa, -24) : Math.scalb(1024 + mantissa, exponent - 25);
  }
}
