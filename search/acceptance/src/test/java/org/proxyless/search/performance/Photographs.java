package org.proxyless.search.performance;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;

/** JPEG files that are about as much work as photographs: waves and some noise. */
final class Photographs {
  private static final int WIDTH = 500;
  private static final int HEIGHT = 375;
  private static final int DIFFERENT = 50;
  private static final int CLASSES = 10;
  private static final int NOISE = 12;

  private Photographs() {}

  /** Writes so many, in class folders. Every fiftieth is the same. */
  static void write(Path folder, int count) throws IOException {
    SplittableRandom random = new SplittableRandom(5);
    List<byte[]> encoded = new ArrayList<>();
    for (int i = 0; i < DIFFERENT; i++) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ImageIO.write(image(random), "jpg", out);
      encoded.add(out.toByteArray());
    }
    for (int i = 0; i < count; i++) {
      Path ofClass = Files.createDirectories(folder.resolve("class" + i % CLASSES));
      Files.write(ofClass.resolve(i + ".jpg"), encoded.get(i % DIFFERENT));
    }
  }

  private static BufferedImage image(SplittableRandom random) {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    double across = random.nextDouble(0.01, 0.2);
    double down = random.nextDouble(0.01, 0.2);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        int wave = (int) (110 + 90 * Math.sin(across * x + down * y) * Math.cos(across * y));
        int noise = random.nextInt(NOISE);
        int green = Math.min(255, wave + noise);
        image.setRGB(x, y, wave << 16 | green << 8 | (255 - wave));
      }
    }
    return image;
  }
}
