package org.proxyless.search.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.proxyless.network.Normalization;
import org.proxyless.network.Shape;

class PixelWriterTest {
  private static final byte[] PIXELS = {1, 2, 3, 4, 5, 6};
  private static final Normalization UNITS = new Normalization(List.of(0f), List.of(1 / 255f));

  private static float[] written(int down, int right, boolean flip) {
    float[] images = new float[8];
    Arrays.fill(images, 99); // left from an earlier batch
    new PixelWriter(new Shape(2, 3, 1), UNITS).write(PIXELS, images, 1, down, right, flip);
    assertThat(images[0]).isEqualTo(99);
    assertThat(images[7]).isEqualTo(99);
    return Arrays.copyOfRange(images, 1, 7);
  }

  @Test
  void withoutMoveTheImageIsAsItIs() {
    assertThat(written(0, 0, false)).containsExactly(1, 2, 3, 4, 5, 6);
  }

  @Test
  void movingShowsZerosWhereTheImageEnds() {
    assertThat(written(1, 0, false)).containsExactly(4, 5, 6, 0, 0, 0);
    assertThat(written(-1, 0, false)).containsExactly(0, 0, 0, 1, 2, 3);
    assertThat(written(0, 1, false)).containsExactly(2, 3, 0, 5, 6, 0);
    assertThat(written(0, -2, false)).containsExactly(0, 0, 1, 0, 0, 4);
  }

  @Test
  void movingOutOfSightLeavesZerosOnly() {
    assertThat(written(2, 0, false)).containsOnly(0);
    assertThat(written(0, -5, true)).containsOnly(0);
  }

  @Test
  void flippingSwapsLeftAndRight() {
    assertThat(written(0, 0, true)).containsExactly(3, 2, 1, 6, 5, 4);
    assertThat(written(0, 1, true)).containsExactly(0, 3, 2, 0, 6, 5);
  }

  @Test
  void everyChannelHasItsOwnNormalization() {
    Normalization two = new Normalization(List.of(0f, 1f), List.of(0.5f, 0.25f));
    float[] images = new float[4];
    byte[] pixels = {(byte) 255, (byte) 255, 0, 51};
    new PixelWriter(new Shape(1, 2, 2), two).write(pixels, images, 0, 0, 0, false);
    assertThat(images).containsExactly(new float[] {2f, 0f, 0f, -3.2f}, within(1e-6f));
  }

  @Test
  void aNormalizationForOtherChannelsIsRefused() {
    assertThatThrownBy(() -> new PixelWriter(new Shape(1, 1, 3), UNITS))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
