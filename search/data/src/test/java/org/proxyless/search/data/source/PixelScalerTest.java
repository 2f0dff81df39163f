package org.proxyless.search.data.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.proxyless.network.Shape;

class PixelScalerTest {
  private static int[] scale(Shape from, Shape to, int... pixels) {
    byte[] bytes = new byte[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      bytes[i] = (byte) pixels[i];
    }
    byte[] scaled = new byte[(int) to.elements()];
    new PixelScaler(from, to).scale(bytes, scaled);
    int[] result = new int[scaled.length];
    for (int i = 0; i < scaled.length; i++) {
      result[i] = Byte.toUnsignedInt(scaled[i]);
    }
    return result;
  }

  @Test
  void theSameShapeKeepsEveryPixel() {
    Shape shape = new Shape(2, 2, 1);
    assertThat(scale(shape, shape, 0, 50, 200, 255)).containsExactly(0, 50, 200, 255);
  }

  @Test
  void enlargingInterpolatesBetweenPixelCentres() {
    int[] scaled = scale(new Shape(2, 2, 1), new Shape(4, 4, 1), 0, 100, 0, 100);
    assertThat(Arrays.copyOf(scaled, 4)).containsExactly(0, 25, 75, 100);
    assertThat(Arrays.copyOfRange(scaled, 12, 16)).containsExactly(0, 25, 75, 100);
  }

  @Test
  void shrinkingWeighsAllPixels() {
    int[] stripes = new int[64];
    for (int i = 0; i < 64; i++) {
      stripes[i] = i % 2 * 200;
    }
    // A point sampler would return one of the stripes' colours, not their mixture.
    assertThat(Arrays.stream(scale(new Shape(8, 8, 1), new Shape(2, 2, 1), stripes)))
        .allMatch(pixel -> pixel >= 80 && pixel <= 120);
  }

  @Test
  void whatIsTooWideLosesBothSidesEqually() {
    assertThat(scale(new Shape(1, 3, 1), new Shape(1, 1, 1), 10, 20, 30)).containsExactly(20);
    assertThat(scale(new Shape(5, 1, 1), new Shape(3, 1, 1), 10, 20, 30, 40, 50))
        .containsExactly(20, 30, 40);
  }

  @Test
  void coloursBecomeTheirBrightness() {
    assertThat(
            scale(new Shape(1, 4, 3), new Shape(1, 4, 1), 255, 0, 0, 0, 255, 0, 0, 0, 255, 9, 9, 9))
        .containsExactly(76, 150, 29, 9);
  }

  @Test
  void greyBecomesThreeEqualColours() {
    assertThat(scale(new Shape(1, 2, 1), new Shape(1, 2, 3), 7, 250))
        .containsExactly(7, 7, 7, 250, 250, 250);
  }

  @Property(tries = 300)
  void anImageOfOneColourStaysSo(
      @ForAll @IntRange(min = 1, max = 40) int height,
      @ForAll @IntRange(min = 1, max = 40) int width,
      @ForAll @IntRange(min = 1, max = 40) int newHeight,
      @ForAll @IntRange(min = 1, max = 40) int newWidth,
      @ForAll @IntRange(min = 0, max = 255) int level) {
    int[] pixels = new int[height * width];
    Arrays.fill(pixels, level);
    assertThat(scale(new Shape(height, width, 1), new Shape(newHeight, newWidth, 1), pixels))
        .containsOnly(level);
  }
}
