package org.proxyless.search.data.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.proxyless.base.InvalidInputException;
import org.proxyless.network.Shape;
import org.proxyless.search.data.Dataset;
import org.proxyless.search.data.Datasets;
import org.proxyless.search.data.ImageFiles;
import org.proxyless.search.data.source.DatasetOptions;

class NpyImagesTest {
  @TempDir Path folder;

  private static Dataset open(Path place) {
    return Datasets.open("numpy", Optional.of(place), DatasetOptions.NATURAL);
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> assertRefused(Path place) {
    return assertThatThrownBy(() -> open(place).close())
        .isInstanceOf(InvalidInputException.class)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
  }

  private static byte[] array(String type, String shape, byte[] elements) {
    String header =
        "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }\n".formatted(type, shape);
    return ByteBuffer.allocate(10 + header.length() + elements.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
        .putShort((short) header.length())
        .put(header.getBytes(StandardCharsets.US_ASCII))
        .put(elements)
        .array();
  }

  /** Grey images of 2×3, each of the level of its number. */
  private static byte[] images(int count) {
    byte[] pixels = new byte[6 * count];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i / 6);
    }
    return array("|u1", count + ", 2, 3", pixels);
  }

  /** 0 and 1 in turn. */
  private static byte[] labels(int count) {
    ByteBuffer bytes = ByteBuffer.allocate(8 * count).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      bytes.putLong(i % 2);
    }
    return array("<i8", count + ",", bytes.array());
  }

  private Path archive(String name, String[] names, byte[]... arrays) throws IOException {
    Path file = folder.resolve(name);
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (int i = 0; i < names.length; i++) {
        zip.putNextEntry(new ZipEntry(names[i] + ".npy"));
        zip.write(arrays[i]);
        zip.closeEntry();
      }
    }
    return file;
  }

  private void assertIsWhole(Path place) {
    try (Dataset data = open(place)) {
      assertThat(data.shape()).isEqualTo(new Shape(2, 3, 1));
      assertThat(data.classNames()).containsExactly("0", "1");
      assertThat(data.trainAndValidation().size()).isEqualTo(20);
      assertThat(data.test().size()).isEqualTo(6);
      byte[] pixels = new byte[6];
      data.test().read(5, pixels);
      assertThat(pixels).containsOnly(5);
      assertThat(data.test().label(5)).isEqualTo(1);
    }
  }

  @Test
  void anArchiveAndAFolderAreRead() throws IOException {
    Path file =
        archive(
            "data.npz",
            new String[] {"x_train", "y_train", "x_test", "y_test"},
            images(20),
            labels(20),
            images(6),
            labels(6));
    assertIsWhole(file);
    assertIsWhole(folder);
    Path plain = folder.resolve("plain");
    ImageFiles.write(plain.resolve("X_train.npy"), images(20));
    ImageFiles.write(plain.resolve("y_train.npy"), labels(20));
    ImageFiles.write(plain.resolve("X_test.npy"), images(6));
    ImageFiles.write(plain.resolve("y_test.npy"), labels(6));
    assertIsWhole(plain);
  }

  @Test
  void otherNamesAreKnown() throws IOException {
    Path medical =
        archive(
            "medical.npz",
            new String[] {"train_images", "train_labels", "val_images", "val_labels"},
            images(20),
            labels(20),
            images(6),
            labels(6));
    assertIsWhole(medical);
    Path two = archive("two.npz", new String[] {"x", "y"}, images(20), labels(20));
    try (Dataset data = open(two)) {
      assertThat(data.test().size()).isEqualTo(4);
    }
  }

  @ParameterizedTest
  @CsvSource({"|u1, 1, 0", "|i1, 1, 0", "<i2, 2, 0", ">i4, 4, 3", "<u4, 4, 0", ">i8, 8, 7"})
  void labelsAreIntegersOfAnyKind(String type, int size, int least) throws IOException {
    byte[] bytes = new byte[20 * size];
    for (int i = 0; i < 20; i++) {
      bytes[i * size + least] = (byte) (3 + i % 2);
    }
    Path file = archive("a.npz", new String[] {"x", "y"}, images(20), array(type, "20, 1", bytes));
    try (Dataset data = open(file)) {
      assertThat(data.classNames()).containsExactly("3", "4");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"<f4", "<i4", "|b1"})
  void imagesOfAnotherTypeAreRefused(String type) throws IOException {
    int size = type.charAt(2) - '0';
    byte[] x = array(type, "20, 2, 3", new byte[120 * size]);
    assertRefused(archive("a.npz", new String[] {"x", "y"}, x, labels(20)))
        .hasMessageContaining("a.npz!x.npy has shape [20, 2, 3] and type " + type)
        .hasMessageContaining("images must be uint8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"20, 6", "20, 1, 2, 3, 1", "20, 3, 1, 2"})
  void imagesOfAnotherRankAreRefused(String shape) throws IOException {
    byte[] x = array("|u1", shape, new byte[120]);
    assertRefused(archive("a.npz", new String[] {"x", "y"}, x, labels(20)))
        .hasMessageContaining("or [N, height, width, 1 or 3]");
  }

  @Test
  void labelsThatDoNotFitAreRefused() throws IOException {
    String[] names = {"x", "y"};
    assertRefused(archive("a.npz", names, images(20), array("<f4", "20,", new byte[80])))
        .hasMessageContaining("a.npz!y.npy has shape [20] and type <f4; labels must be integers");
    assertRefused(archive("b.npz", names, images(20), labels(19)))
        .hasMessageContaining("has 20 images, but there are 19 labels");
    assertRefused(archive("c.npz", new String[] {"x"}, images(20)))
        .hasMessageContaining("has the arrays [x]; y is missing beside its images");
    assertRefused(archive("d.npz", new String[] {"z"}, images(20)))
        .hasMessageContaining("has the arrays [z]; there must be x_train and y_train");
    assertRefused(archive("e.npz", names, images(20), array("|u1", "20,", new byte[20])))
        .hasMessageContaining("1 different label; there must be from 2");
    byte[] three = new byte[6];
    three[4] = 3;
    String[] four = {"x_train", "y_train", "x_test", "y_test"};
    byte[] test = array("|u1", "6,", three);
    assertRefused(archive("f.npz", four, images(20), labels(20), images(6), test))
        .hasMessageContaining("f.npz!x_test.npy: label 3 of image 4 is out of range");
  }

  @Test
  void damagedFilesAreRefused() throws IOException {
    byte[] whole = images(20);
    byte[] cut = Arrays.copyOf(whole, whole.length - 4);
    assertRefused(archive("a.npz", new String[] {"x", "y"}, cut, labels(20)))
        .hasMessageContaining("a.npz!x.npy is truncated");
    assertRefused(archive("b.npz", new String[] {"x", "y"}, new byte[20], labels(20)))
        .hasMessageContaining("is no array in NumPy's format");
    ImageFiles.write(folder.resolve("c.npz"), new byte[100]);
    assertRefused(folder.resolve("c.npz")).hasMessageContaining("is no .npz file or is damaged");
    byte[] columns = images(20);
    assertRefused(
            archive(
                "e.npz",
                new String[] {"x", "y"},
                array("|u1", "99999999999999999999, 2, 3", new byte[6]),
                labels(20)))
        .hasMessageContaining("has the impossible shape (99999999999999999999, 2, 3)");
    byte[] flipped = ImageFiles.read(archive("g.npz", new String[] {"x", "y"}, whole, labels(20)));
    flipped[60] ^= 4; // in what is packed
    ImageFiles.write(folder.resolve("g.npz"), flipped);
    assertRefused(folder.resolve("g.npz"));
    String text = new String(columns, StandardCharsets.ISO_8859_1).replace("False", "True ");
    byte[] changed = text.getBytes(StandardCharsets.ISO_8859_1);
    assertRefused(archive("d.npz", new String[] {"x", "y"}, changed, labels(20)))
        .hasMessageContaining("is in Fortran's order");
    assertRefused(folder).hasMessageContaining("has no arrays (*.npy) and 6 archives");
  }
}
