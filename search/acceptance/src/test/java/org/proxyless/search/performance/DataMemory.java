package org.proxyless.search.performance;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.proxyless.search.data.BatchStream;
import org.proxyless.search.data.Dataset;
import org.proxyless.search.data.Datasets;
import org.proxyless.search.data.source.DatasetOptions;

/**
 * The memory of reading many image files: {@code DataMemory FILES EPOCHS [FOLDER]} writes so many
 * PNG files of 32×32 pixels unless the folder is there, reads the training images so many times,
 * and prints what is resident on the way.
 */
final class DataMemory {
  private static final int SIDE = 32;
  private static final int CLASSES = 100;
  private static final int BATCH = 64;
  private static final int LINES = 5;

  private DataMemory() {}

  public static void main(String[] arguments) throws IOException {
    int count = Integer.parseInt(arguments[0]);
    int epochs = Integer.parseInt(arguments[1]);
    Path folder =
        arguments.length > 2 ? Path.of(arguments[2]) : Files.createTempDirectory("many-images");
    if (arguments.length < 3 || !Files.exists(folder)) {
      write(folder, count);
    }
    long start = System.nanoTime();
    try (Dataset data =
        Datasets.open("image-folder", Optional.of(folder), DatasetOptions.NATURAL)) {
      data.found().forEach(System.out::println);
      print("opened", start);
      long batches = (long) data.train().size() / BATCH;
      try (BatchStream stream = data.shuffled(data.train()).batchSize(BATCH).open()) {
        for (int epoch = 1; epoch <= epochs; epoch++) {
          start = System.nanoTime();
          for (long batch = 1; batch <= batches; batch++) {
            stream.next();
            if (batch % Math.max(1, batches / LINES) == 0) {
              print("epoch %d, image %,d".formatted(epoch, batch * BATCH), start);
            }
          }
        }
      }
    }
  }

  private static void print(String what, long start) throws IOException {
    System.out.printf(
        "%s: %d MiB, %.1f s%n",
        what, StepMemory.residentMebibytes(), (System.nanoTime() - start) / 1e9);
  }

  private static void write(Path folder, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
      for (int pixel = 0; pixel < SIDE * SIDE; pixel++) {
        image.setRGB(pixel % SIDE, pixel / SIDE, (i + pixel) * 0x010307);
      }
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ImageIO.write(image, "png", out);
      Path ofClass = folder.resolve("class%03d".formatted(i % CLASSES));
      Files.createDirectories(ofClass);
      Files.write(ofClass.resolve(i + ".png"), out.toByteArray());
    }
  }
}
