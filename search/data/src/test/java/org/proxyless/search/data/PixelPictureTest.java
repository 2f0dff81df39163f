package org.proxyless.search.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.proxyless.network.Shape;

class PixelPictureTest {
  @TempDir Path folder;

  @Test
  void thePixelsAreThoseOfTheImage() throws IOException {
    byte[] pixels = {10, 20, 30, (byte) 200, (byte) 210, (byte) 220};
    PixelPicture.write(pixels, new Shape(1, 2, 3), folder.resolve("color.png"));
    BufferedImage color = ImageIO.read(folder.resolve("color.png").toFile());
    assertThat(color.getWidth()).isEqualTo(2);
    assertThat(color.getHeight()).isEqualTo(1);
    assertThat(color.getRGB(0, 0) & 0xffffff).isEqualTo(0x0a141e);
    assertThat(color.getRGB(1, 0) & 0xffffff).isEqualTo(0xc8d2dc);

    PixelPicture.write(pixels, new Shape(3, 2, 1), folder.resolve("grey.png"));
    BufferedImage grey = ImageIO.read(folder.resolve("grey.png").toFile());
    assertThat(grey.getRGB(1, 1) & 0xffffff).isEqualTo(0xc8c8c8);
  }
}
