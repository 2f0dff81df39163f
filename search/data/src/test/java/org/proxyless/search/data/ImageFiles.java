package org.proxyless.search.data;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import javax.imageio.ImageIO;

/** Small files of every format, written for a test. */
public final class ImageFiles {
  public static final String TRAIN_IMAGES = "train-images-idx3-ubyte";
  public static final String TRAIN_LABELS = "train-labels-idx1-ubyte";
  public static final String TEST_IMAGES = "t10k-images-idx3-ubyte";
  public static final String TEST_LABELS = "t10k-labels-idx1-ubyte";

  private ImageFiles() {}

  /**
   * Grey images of 4×4 in ten classes: pixel p of image i is (i + p) mod 256, its label i mod 10.
   */
  public static byte[] idxImages(int count) {
    ByteBuffer buffer = ByteBuffer.allocate(16 + 16 * count);
    buffer.putInt(0x803).putInt(count).putInt(4).putInt(4);
    for (int i = 0; i < count; i++) {
      for (int pixel = 0; pixel < 16; pixel++) {
        buffer.put((byte) (i + pixel));
      }
    }
    return buffer.array();
  }

  public static byte[] idxLabels(int count) {
    ByteBuffer buffer = ByteBuffer.allocate(8 + count);
    buffer.putInt(0x801).putInt(count);
    for (int i = 0; i < count; i++) {
      buffer.put((byte) (i % 10));
    }
    return buffer.array();
  }

  /** The four files, plain. */
  public static void writeIdx(Path folder, int train, int test) {
    write(folder.resolve(TRAIN_IMAGES), idxImages(train));
    write(folder.resolve(TRAIN_LABELS), idxLabels(train));
    write(folder.resolve(TEST_IMAGES), idxImages(test));
    write(folder.resolve(TEST_LABELS), idxLabels(test));
  }

  /**
   * Records of 32×32 images: red is the record's number, green the row, blue the column.
   *
   * @param labelBytes 1 or 2; the first of two is always 9
   */
  public static byte[] cifarRecords(int count, int labelBytes, IntUnaryOperator label) {
    ByteBuffer buffer = ByteBuffer.allocate(count * (labelBytes + 3072));
    for (int record = 0; record < count; record++) {
      if (labelBytes == 2) {
        buffer.put((byte) 9);
      }
      buffer.put((byte) label.applyAsInt(record));
      for (int i = 0; i < 1024; i++) {
        buffer.put((byte) record);
      }
      for (int i = 0; i < 1024; i++) {
        buffer.put((byte) (i / 32));
      }
      for (int i = 0; i < 1024; i++) {
        buffer.put((byte) (i % 32));
      }
    }
    return buffer.array();
  }

  /** CIFAR-10 of 20 records a file. */
  public static void writeCifar10(Path folder) {
    for (int batch = 1; batch <= 5; batch++) {
      write(folder.resolve("data_batch_" + batch + ".bin"), cifarRecords(20, 1, i -> i % 10));
    }
    write(folder.resolve("test_batch.bin"), cifarRecords(20, 1, i -> i % 10));
    write(
        folder.resolve("batches.meta.txt"),
        "airplane\nautomobile\nbird\ncat\ndeer\ndog\nfrog\nhorse\nship\ntruck\n\n".getBytes());
  }

  /** An image of one colour, encoded as {@code jpg} or {@code png}. */
  public static byte[] plain(String format, int height, int width, int rgb) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, rgb);
      }
    }
    return encoded(format, image);
  }

  public static byte[] encoded(String format, BufferedImage image) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, format, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** Classes {@code blue} and {@code red} of 12×10 PNG and JPEG images, 8 each for training. */
  public static void writeImageFolder(Path root) {
    Map<String, Integer> classes = Map.of("red", 0xc00000, "blue", 0x0000c0);
    classes.forEach(
        (name, rgb) -> {
          for (int i = 0; i < 8; i++) {
            String format = i % 2 == 0 ? "png" : "jpg";
            write(
                root.resolve("train/" + name + "/" + i + "." + format), plain(format, 12, 10, rgb));
          }
          write(root.resolve("test/" + name + "/a.jpeg"), plain("jpg", 12, 10, rgb));
          write(root.resolve("test/" + name + "/notes.txt"), new byte[] {1});
        });
  }

  /** Packs what is under {@code from} into a zip file, below {@code prefix}. */
  public static void zip(Path from, Path zip, String prefix) {
    try (FileSystem target = FileSystems.newFileSystem(zip, Map.of("create", "true"));
        Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path to = target.getPath("/" + prefix + from.relativize(file));
        Files.createDirectories(to.getParent());
        Files.copy(file, to);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static byte[] gzipped(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream packed = new GZIPOutputStream(out)) {
      packed.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  public static void write(Path file, byte[] bytes) {
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
