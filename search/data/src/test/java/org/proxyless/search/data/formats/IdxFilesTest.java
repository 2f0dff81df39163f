package org.proxyless.search.data.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.proxyless.search.data.ImageFiles.TEST_IMAGES;
import static org.proxyless.search.data.ImageFiles.TEST_LABELS;
import static org.proxyless.search.data.ImageFiles.TRAIN_IMAGES;
import static org.proxyless.search.data.ImageFiles.TRAIN_LABELS;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.proxyless.base.InvalidInputException;
import org.proxyless.network.Shape;
import org.proxyless.search.data.Dataset;
import org.proxyless.search.data.Datasets;
import org.proxyless.search.data.ImageFiles;
import org.proxyless.search.data.source.DatasetOptions;

class IdxFilesTest {
  @TempDir Path folder;

  @BeforeEach
  void writeFiles() {
    ImageFiles.writeIdx(folder, 40, 20);
  }

  private Dataset open(String name) {
    return Datasets.open(name, Optional.of(folder), DatasetOptions.NATURAL);
  }

  private AbstractThrowableAssert<?, ? extends Throwable> assertRefused() {
    return assertThatThrownBy(() -> open("mnist-idx").close())
        .isInstanceOf(InvalidInputException.class)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n").startsWith("" + folder));
  }

  @Test
  void imagesAndLabelsAreReadInTheirOrder() {
    try (Dataset data = open("mnist-idx")) {
      assertThat(data.shape()).isEqualTo(new Shape(4, 4, 1));
      assertThat(data.test().size()).isEqualTo(20);
      byte[] pixels = new byte[16];
      data.test().read(13, pixels);
      assertThat(pixels[0]).isEqualTo((byte) 13);
      assertThat(pixels[15]).isEqualTo((byte) 28);
      assertThat(data.test().label(13)).isEqualTo(3);
    }
  }

  @Test
  void aQuarterOfTheTrainingImagesIsForTheArchitecture() {
    try (Dataset data = open("mnist-idx")) {
      assertThat(data.train().classCounts()).containsOnly(3);
      assertThat(data.validation().classCounts()).containsOnly(1);
    }
  }

  @Test
  void gzippedFilesAreReadLikePlainOnes() throws IOException {
    String plainHash;
    try (Dataset data = open("mnist-idx")) {
      plainHash = data.hash();
    }
    for (String name : List.of(TRAIN_IMAGES, TRAIN_LABELS, TEST_IMAGES, TEST_LABELS)) {
      Path plain = folder.resolve(name);
      ImageFiles.write(folder.resolve(name + ".gz"), ImageFiles.gzipped(ImageFiles.read(plain)));
      Files.delete(plain);
    }
    try (Dataset data = open("mnist-idx")) {
      assertThat(data.hash()).isEqualTo(plainHash);
      byte[] pixels = new byte[16];
      data.test().read(13, pixels);
      assertThat(pixels[0]).isEqualTo((byte) 13);
    }
  }

  @Test
  void digitsAreNotFlippedButClothesAre() {
    try (Dataset digits = open("mnist-idx");
        Dataset clothes = open("fashion-mnist")) {
      assertThat(digits.augmentation().flip()).isFalse();
      assertThat(digits.classNames()).startsWith("0", "1").hasSize(10);
      assertThat(clothes.augmentation().flip()).isTrue();
      assertThat(clothes.classNames()).startsWith("T-shirt/top").hasSize(10);
    }
  }

  @Test
  void aFileOfClassNamesSaysWhichClassesThereAre() {
    String names = String.join("\n", "abcdefghijkl".split(""));
    ImageFiles.write(folder.resolve("classes.txt"), names.getBytes());
    byte[] labels = ImageFiles.idxLabels(40);
    labels[8] = 11;
    ImageFiles.write(folder.resolve(TRAIN_LABELS), labels);
    try (Dataset data = open("mnist-idx")) {
      assertThat(data.classNames()).hasSize(12).endsWith("k", "l");
    }
  }

  @Test
  void withoutTestFilesAFifthOfTheTrainingImagesIsHeldOut() throws IOException {
    ImageFiles.writeIdx(folder, 100, 10);
    Files.delete(folder.resolve(TEST_IMAGES));
    Files.delete(folder.resolve(TEST_LABELS));
    try (Dataset data = open("mnist-idx")) {
      assertThat(data.test().classCounts()).containsOnly(2);
      assertThat(data.validation().classCounts()).containsOnly(2);
      assertThat(data.train().classCounts()).containsOnly(6);
    }
  }

  @Test
  void aMissingFileIsNamed() throws IOException {
    Files.delete(folder.resolve(TEST_LABELS));
    assertRefused().hasMessageContaining(TEST_LABELS + " is missing");
    Files.delete(folder.resolve(TRAIN_IMAGES));
    assertRefused().hasMessageContaining(TRAIN_IMAGES + " is missing");
  }

  @Test
  void aWrongMagicNumberIsShown() {
    ImageFiles.write(folder.resolve(TRAIN_IMAGES), ImageFiles.idxLabels(40));
    assertRefused()
        .hasMessageContaining(TRAIN_IMAGES)
        .hasMessageContaining("magic number is 0x00000801, it must be 0x00000803");
  }

  @Test
  void aTruncatedFileIsRefused() {
    byte[] whole = ImageFiles.idxImages(40);
    ImageFiles.write(folder.resolve(TRAIN_IMAGES), Arrays.copyOf(whole, whole.length - 1));
    assertRefused().hasMessageContaining("is truncated: 655 bytes").hasMessageContaining("656");
    ImageFiles.write(folder.resolve(TRAIN_IMAGES), Arrays.copyOf(whole, 7));
    assertRefused().hasMessageContaining("is truncated: 7 bytes don't hold the header of 16");
    ImageFiles.write(folder.resolve(TRAIN_IMAGES), new byte[0]);
    assertRefused().hasMessageContaining("is truncated: 0 bytes");
  }

  @Test
  void aFileThatIsTooLongIsRefused() {
    byte[] whole = ImageFiles.idxLabels(40);
    ImageFiles.write(folder.resolve(TRAIN_LABELS), Arrays.copyOf(whole, whole.length + 1));
    assertRefused().hasMessageContaining(TRAIN_LABELS + " is too long: 49 bytes");
  }

  @Test
  void aTruncatedGzipFileIsRefused() {
    byte[] packed = ImageFiles.gzipped(ImageFiles.idxImages(40));
    ImageFiles.write(folder.resolve(TRAIN_IMAGES), Arrays.copyOf(packed, packed.length / 2));
    assertRefused().hasMessageContaining(TRAIN_IMAGES + " is truncated or damaged");
  }

  @Test
  void aDamagedGzipFileIsRefused() {
    byte[] packed = ImageFiles.gzipped(ImageFiles.idxImages(40));
    packed[packed.length - 6] ^= 1; // in the checksum
    ImageFiles.write(folder.resolve(TRAIN_IMAGES), packed);
    assertRefused().hasMessageContaining(TRAIN_IMAGES + " is truncated or damaged");
  }

  @Test
  void aLabelOutOfRangeIsShownWithItsImage() {
    byte[] labels = ImageFiles.idxLabels(40);
    labels[8 + 17] = (byte) 200;
    ImageFiles.write(folder.resolve(TRAIN_LABELS), labels);
    assertRefused().hasMessageContaining("label 200 of image 17").hasMessageContaining("0 to 9");
  }

  @Test
  void differentNumbersOfImagesAndLabelsAreRefused() {
    ImageFiles.write(folder.resolve(TRAIN_LABELS), ImageFiles.idxLabels(39));
    assertRefused().hasMessageContaining("has 40 images but").hasMessageContaining("39 labels");
  }

  @Test
  void anImpossibleHeaderIsRefused() {
    byte[] images = ImageFiles.idxImages(40);
    ImageFiles.write(folder.resolve(TRAIN_IMAGES), ByteBuffer.wrap(images).putInt(8, -4).array());
    assertRefused().hasMessageContaining("states images of -4×4");
    ImageFiles.write(folder.resolve(TRAIN_IMAGES), ByteBuffer.wrap(images).putInt(4, -1).array());
    assertRefused().hasMessageContaining("states -1 images");
  }

  @Test
  void testImagesOfAnotherSizeAreRefused() {
    byte[] images = ByteBuffer.wrap(ImageFiles.idxImages(20)).putInt(8, 8).putInt(12, 2).array();
    ImageFiles.write(folder.resolve(TEST_IMAGES), images);
    assertThatThrownBy(() -> open("mnist-idx").close())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("training images are 4x4x1 but the test images 8x2x1");
  }
}
