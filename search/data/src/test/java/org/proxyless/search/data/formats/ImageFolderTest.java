package org.proxyless.search.data.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.proxyless.base.InvalidInputException;
import org.proxyless.network.Shape;
import org.proxyless.search.data.Dataset;
import org.proxyless.search.data.Datasets;
import org.proxyless.search.data.ImageFiles;
import org.proxyless.search.data.image.DecodedImage;
import org.proxyless.search.data.source.DatasetOptions;

class ImageFolderTest {
  @TempDir Path temporary;
  private Path folder;

  @BeforeEach
  void writeFiles() {
    folder = temporary.resolve("images");
    ImageFiles.writeImageFolder(folder);
  }

  private static Dataset open(Path location) {
    return Datasets.open("image-folder", Optional.of(location), DatasetOptions.NATURAL);
  }

  private AbstractThrowableAssert<?, ? extends Throwable> assertRefused(Path location) {
    return assertThatThrownBy(() -> open(location).close())
        .isInstanceOf(InvalidInputException.class)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n").contains("" + location));
  }

  private static void assertIsTheFolder(Path location) {
    try (Dataset data = open(location)) {
      assertThat(data.classNames()).containsExactly("blue", "red");
      assertThat(data.shape()).isEqualTo(new Shape(12, 10, 3));
      assertThat(data.train().classCounts()).containsExactly(6, 6);
      assertThat(data.validation().classCounts()).containsExactly(2, 2);
      assertThat(data.test().classCounts()).containsExactly(1, 1);
      byte[] pixels = new byte[360];
      data.test().read(1, pixels);
      assertThat(Byte.toUnsignedInt(pixels[0])).isBetween(0xb8, 0xc8);
      assertThat(Byte.toUnsignedInt(pixels[2])).isLessThan(8);
    }
  }

  @Test
  void foldersAreClassesAndOtherFilesAreLeftOut() throws IOException {
    Files.createDirectories(folder.resolve("train/.ipynb_checkpoints"));
    assertIsTheFolder(folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "wrapped/"})
  void aZipFileIsReadLikeAFolder(String prefix) {
    Path zip = temporary.resolve("images.zip");
    ImageFiles.zip(folder, zip, prefix);
    assertIsTheFolder(zip);
  }

  @Test
  void aFolderMayHoldTheZipFile() {
    Path holder = temporary.resolve("holder");
    ImageFiles.write(holder.resolve("README"), new byte[0]);
    ImageFiles.zip(folder, holder.resolve("images.zip"), "");
    assertIsTheFolder(holder);
  }

  @Test
  void folderAndZipFileHaveTheSameHashUntilTheContentDiffers() {
    Path zip = temporary.resolve("images.zip");
    ImageFiles.zip(folder, zip, "");
    try (Dataset plain = open(folder);
        Dataset zipped = open(zip)) {
      assertThat(zipped.hash()).isEqualTo(plain.hash()).hasSize(64);
      Path first = folder.resolve("train/red/0.png");
      ImageFiles.write(first, ImageFiles.plain("png", 12, 10, 0xc00001));
      try (Dataset changed = open(folder)) {
        assertThat(changed.hash()).isNotEqualTo(plain.hash());
      }
    }
  }

  @Test
  void withoutATestFolderAFifthIsHeldOut() throws IOException {
    for (String name : new String[] {"blue", "red"}) {
      Files.delete(folder.resolve("test/" + name + "/a.jpeg"));
      Files.delete(folder.resolve("test/" + name + "/notes.txt"));
      Files.delete(folder.resolve("test/" + name));
    }
    Files.delete(folder.resolve("test"));
    try (Dataset data = open(folder)) {
      assertThat(data.test().size()).isEqualTo(3);
      assertThat(data.train().size() + data.validation().size()).isEqualTo(13);
    }
  }

  @Test
  void imagesOfAllSizesArriveInTheSizeAskedFor() {
    ImageFiles.write(
        folder.resolve("train/red/large.jpg"), ImageFiles.plain("jpg", 90, 300, 0xc00000));
    ImageFiles.write(folder.resolve("train/red/tiny.png"), ImageFiles.plain("png", 1, 1, 0xc00000));
    DatasetOptions options = DatasetOptions.NATURAL.withSize(16).withChannels(1);
    try (Dataset data = Datasets.open("image-folder", Optional.of(folder), options)) {
      assertThat(data.shape()).isEqualTo(new Shape(16, 16, 1));
      assertThat(data.train().size() + data.validation().size()).isEqualTo(18);
      byte[] pixels = new byte[256];
      for (int position = 0; position < data.train().size(); position++) {
        data.train().read(position, pixels);
        int grey = data.train().label(position) == 1 ? 57 : 22; // 0.299 or 0.114 of 192
        for (byte pixel : pixels) {
          assertThat(Byte.toUnsignedInt(pixel)).isBetween(grey - 3, grey + 3);
        }
      }
    }
  }

  @Test
  void largeImagesAreTakenAt224PixelsUnlessAskedOtherwise() {
    ImageFiles.write(
        folder.resolve("train/blue/0.png"), ImageFiles.plain("png", 300, 260, 0x0000c0));
    try (Dataset data = open(folder)) {
      assertThat(data.shape()).isEqualTo(new Shape(224, 224, 3));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_USHORT_GRAY})
  void greyLevelsAreTakenAsTheyAreStored(int type) {
    BufferedImage image = new BufferedImage(2, 1, type);
    int sixteenBits = type == BufferedImage.TYPE_USHORT_GRAY ? 256 : 1;
    image.getRaster().setSample(0, 0, 0, 100 * sixteenBits);
    image.getRaster().setSample(1, 0, 0, 200 * sixteenBits);
    Path file = temporary.resolve("grey.png");
    ImageFiles.write(file, ImageFiles.encoded("png", image));
    DecodedImage decoded = DecodedImage.read(file);
    assertThat(decoded.shape()).isEqualTo(new Shape(1, 2, 1));
    assertThat(decoded.pixels()).containsExactly(100, (byte) 200);
  }

  @Test
  void transparencyIsDropped() {
    BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, 0x80102030);
    Path file = temporary.resolve("clear.png");
    ImageFiles.write(file, ImageFiles.encoded("png", image));
    assertThat(DecodedImage.read(file).pixels()).containsExactly(0x10, 0x20, 0x30);
  }

  @Test
  void anEmptyClassFolderIsNamed() throws IOException {
    Files.createDirectories(folder.resolve("train/green"));
    assertRefused(folder).hasMessageContaining("train/green has no images");
  }

  @Test
  void aClassThatOnlyOnePartHasIsNamed() throws IOException {
    Files.createDirectories(folder.resolve("test/green"));
    assertRefused(folder).hasMessageContaining("test/green is a class that train doesn't have");
    ImageFiles.write(folder.resolve("train/green/a.png"), ImageFiles.plain("png", 2, 2, 0));
    Files.delete(folder.resolve("test/green"));
    assertRefused(folder).hasMessageContaining("test/green is missing");
  }

  @Test
  void oneClassIsNotEnough() {
    ImageFiles.write(temporary.resolve("one/train/a/a.png"), ImageFiles.plain("png", 2, 2, 0));
    assertRefused(temporary.resolve("one")).hasMessageContaining("[a]; there must be at least two");
  }

  @Test
  void aPlaceWithoutTrainIsRefused() {
    assertRefused(folder.resolve("train/red")).hasMessageContaining("has no folder 'train'");
    Path zip = temporary.resolve("images.zip");
    ImageFiles.zip(folder.resolve("test"), zip, "test/");
    assertRefused(zip).hasMessageContaining("has no folder 'train'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "photos/"})
  void classFoldersAtTheTopAreAllForTrainingAndSplit(String prefix) {
    Path zip = temporary.resolve("images.zip");
    ImageFiles.zip(folder.resolve("train"), zip, prefix);
    try (Dataset data = open(zip)) {
      assertThat(data.classNames()).containsExactly("blue", "red");
      assertThat(data.test().size()).isEqualTo(3);
      assertThat(data.train().size() + data.validation().size()).isEqualTo(13);
      assertThat(data.found())
          .startsWith(
              "Data: 2 classes; 10 images for training, 3 for validation (held out of the training"
                  + " images), 3 for the test (held out of the training images).");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"val", "valid", "validation"})
  void imagesForValidationAreTakenAsSuchBesideATest(String name) {
    for (int i = 0; i < 3; i++) {
      ImageFiles.write(
          folder.resolve(name + "/red/" + i + ".png"), ImageFiles.plain("png", 12, 10, 0x40 << 16));
      ImageFiles.write(
          folder.resolve(name + "/blue/" + i + ".png"), ImageFiles.plain("png", 12, 10, 0x40));
    }
    try (Dataset data = open(folder)) {
      assertThat(data.train().classCounts()).containsExactly(8, 8);
      assertThat(data.validation().classCounts()).containsExactly(3, 3);
      assertThat(data.test().classCounts()).containsExactly(1, 1);
      byte[] pixels = new byte[360];
      data.validation().read(0, pixels);
      assertThat(data.validation().label(0)).isZero();
      assertThat(pixels).startsWith(0, 0, 0x40);
      assertThat(data.trainAndValidation().classCounts()).containsExactly(11, 11);
    }
    try (Dataset few =
        Datasets.open("image-folder", Optional.of(folder), DatasetOptions.NATURAL.withLimit(8))) {
      assertThat(few.train().classCounts()).containsExactly(3, 3);
      assertThat(few.validation().classCounts()).containsExactly(1, 1);
    }
  }

  @Test
  void imagesForValidationAloneAreTheTest() throws IOException {
    Files.move(folder.resolve("test"), folder.resolve("val"));
    try (Dataset data = open(folder)) {
      assertThat(data.test().classCounts()).containsExactly(1, 1);
      assertThat(data.validation().classCounts()).containsExactly(2, 2);
      assertThat(data.found().get(0))
          .contains("4 for validation (held out of folder train)")
          .contains("2 for the test (folder val: there is no folder test, so it decides nothing).");
    }
  }

  @Test
  void aFolderThatIsLinkedTwiceIsRefused() throws IOException {
    Files.createSymbolicLink(folder.resolve("val"), folder.resolve("train"));
    assertRefused(folder).hasMessageContaining("val is the same folder as");
  }

  @Test
  void twoFoldersForValidationAreRefused() throws IOException {
    Files.createDirectories(folder.resolve("val"));
    Files.createDirectories(folder.resolve("valid"));
    assertRefused(folder).hasMessageContaining("several folders for validation");
  }

  @Test
  void imagesInFoldersBelowAClassAreTaken() {
    ImageFiles.write(
        folder.resolve("train/red/near/dark/b.png"), ImageFiles.plain("png", 12, 10, 0xc00000));
    ImageFiles.write(
        folder.resolve("train/red/.hidden/c.png"), ImageFiles.plain("png", 12, 10, 0xc00000));
    Path zip = temporary.resolve("images.zip");
    ImageFiles.zip(folder, zip, "");
    for (Path location : new Path[] {folder, zip}) {
      try (Dataset data = open(location)) {
        assertThat(data.trainAndValidation().classCounts()).containsExactly(8, 9);
      }
    }
  }

  @Test
  void whatIsLeftOutIsSaid() {
    ImageFiles.write(folder.resolve("train/a.png"), new byte[1]);
    ImageFiles.write(folder.resolve("unlabelled/a.png"), new byte[1]);
    try (Dataset data = open(folder)) {
      assertThat(data.found().get(1))
          .startsWith("Left out of the data: 1 file in no class folder (")
          .contains("2 files no image by name (", "notes.txt, ...)")
          .endsWith("folder unlabelled beside train.");
    }
  }

  @Test
  void aFileThatIsNoZipIsRefused() {
    assertRefused(folder.resolve("test/red/notes.txt")).hasMessageContaining("good zip file");
    Path zip = temporary.resolve("images.zip");
    ImageFiles.zip(folder, zip, "");
    byte[] whole = ImageFiles.read(zip);
    ImageFiles.write(zip, Arrays.copyOf(whole, whole.length - 200));
    assertRefused(zip).hasMessageContaining("good zip file");
  }

  @Test
  void anImageThatIsNoneIsNamed() {
    ImageFiles.write(folder.resolve("test/red/a.jpeg"), "no image".getBytes());
    assertRefused(folder)
        .hasMessageContaining("test/red/a.jpeg cannot be read: it is no JPEG")
        .hasMessageEndingWith("or leave it out with --unreadable skip.");
  }

  @Test
  void aTruncatedPngIsRefusedAndATruncatedJpegNamed() {
    Path cut = writeCut("png");
    assertRefused(folder).hasMessageContaining("cut.png cannot be read");
    ImageFiles.write(cut, ImageFiles.plain("png", 12, 10, 0));
    writeCut("jpg");
    try (Dataset data = open(folder)) {
      assertThat(data.found().get(2))
          .startsWith("Damaged, what is missing in 1 image is made up: ")
          .endsWith("cut.jpg.");
    }
  }

  /** Half of an image. */
  private Path writeCut(String format) {
    BufferedImage noise = new BufferedImage(40, 40, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 1600; i++) {
      noise.setRGB(i % 40, i / 40, i * 0x9e3779);
    }
    byte[] whole = ImageFiles.encoded(format, noise);
    Path file = folder.resolve("train/red/cut." + format);
    ImageFiles.write(file, Arrays.copyOf(whole, whole.length / 2));
    return file;
  }

  @Test
  void anUnreadableImageInAZipFileIsNamedWithTheZipFile() {
    ImageFiles.write(folder.resolve("train/red/0.png"), new byte[100]);
    Path zip = temporary.resolve("images.zip");
    ImageFiles.zip(folder, zip, "");
    assertRefused(zip).hasMessageContaining("images.zip!/train/red/0.png cannot be read");
  }
}
