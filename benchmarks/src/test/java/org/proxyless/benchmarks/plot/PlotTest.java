package org.proxyless.benchmarks.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlotTest {
  private static final int BLUE = 0x1f77b4;
  private static final int ORANGE = 0xd95f02;

  @TempDir Path folder;

  private static Plot plot() {
    return new Plot("a < b & c", new Axis("x in ms", 1, 1000), new Axis("y in %", -1, 12))
        .logarithmic()
        .joined("line", List.of(new Point(1, 10), new Point(100, 5)))
        .dots("dots", List.of(new Point(10, 3)))
        .guide("", true, new Point(1, 1), new Point(1000, 2))
        .label(new Point(10, 3), "here");
  }

  @Test
  void theSameDataGivesTheSameBytes() throws IOException {
    plot().writeBoth(folder.resolve("a.png"));
    plot().writeBoth(folder.resolve("b.png"));
    assertThat(folder.resolve("b.png")).hasSameBinaryContentAs(folder.resolve("a.png"));
    assertThat(folder.resolve("b.svg")).hasSameBinaryContentAs(folder.resolve("a.svg"));
  }

  @Test
  void eachSeriesHasAColourOfItsOwn() throws IOException {
    plot().write(folder.resolve("a.png"));
    BufferedImage image = ImageIO.read(folder.resolve("a.png").toFile());
    assertThat(pixels(image, BLUE)).isGreaterThan(pixels(image, ORANGE));
    assertThat(pixels(image, ORANGE)).isPositive();
  }

  private static long pixels(BufferedImage image, int color) {
    int width = image.getWidth();
    return IntStream.range(0, width * image.getHeight())
        .filter(i -> image.getRGB(i % width, i / width) == new Color(color).getRGB())
        .count();
  }

  @Test
  void aSeriesWithoutPointsIsLeftOut() throws IOException {
    Axis axis = Axis.around("one value", DoubleStream.of(0.25));
    assertThat(axis.low()).isLessThan(0.25);
    assertThat(axis.high()).isGreaterThan(0.25);
    new Plot("", axis, axis)
        .dots("none", List.of())
        .dots("one", List.of(new Point(0.25, 0.25)))
        .write(folder.resolve("one.svg"));
    // The other is the legend's.
    assertThat(Files.readString(folder.resolve("one.svg")).split("<circle")).hasSize(1 + 1 + 1);
  }
}
