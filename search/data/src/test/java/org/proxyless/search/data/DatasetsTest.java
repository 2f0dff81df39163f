package org.proxyless.search.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.proxyless.base.InvalidInputException;
import org.proxyless.network.Normalization;
import org.proxyless.network.Shape;
import org.proxyless.search.data.source.DatasetOptions;
import org.proxyless.search.data.source.EvenSample;
import org.proxyless.search.data.source.NumberedImages;

class DatasetsTest {
  @TempDir Path folder;

  private Dataset digits(DatasetOptions options) {
    return Datasets.open("mnist-idx", Optional.of(folder), options);
  }

  private static void assertRefused(String message, ThrowingCallable action) {
    assertThatThrownBy(action)
        .isInstanceOf(InvalidInputException.class)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"))
        .hasMessageContaining(message);
  }

  @Test
  void everyNameHasADescription() {
    assertThat(Datasets.names())
        .containsExactly(
            "fashion-mnist-10k",
            "fashion-mnist",
            "mnist-idx",
            "cifar10",
            "cifar100",
            "image-folder",
            "tfrecord",
            "numpy")
        .allSatisfy(name -> assertThat(Datasets.description(name)).isNotBlank());
  }

  @Test
  void anUnknownNameIsAnsweredWithThoseThereAre() {
    assertRefused(
        "data set 'mnist' is not known; there are: fashion-mnist-10k, fashion-mnist, mnist-idx",
        () -> Datasets.open("mnist", Optional.empty(), DatasetOptions.NATURAL));
  }

  @Test
  void aFolderThatIsNotGivenOrNotThereIsAskedFor() {
    assertRefused(
        "data set cifar10 needs its files; give their folder",
        () -> Datasets.open("cifar10", Optional.empty(), DatasetOptions.NATURAL));
    assertRefused(
        "absent does not exist; data set image-folder needs it",
        () ->
            Datasets.open(
                "image-folder", Optional.of(folder.resolve("absent")), DatasetOptions.NATURAL));
  }

  @Test
  void aLimitIsStratifiedAndCountsTheValidationImages() {
    ImageFiles.writeIdx(folder, 400, 20);
    try (Dataset data = digits(DatasetOptions.NATURAL.withLimit(80))) {
      assertThat(data.train().classCounts()).containsOnly(6);
      assertThat(data.validation().classCounts()).containsOnly(2);
      assertThat(data.test().size()).isEqualTo(20);
    }
  }

  @Test
  void aLimitThatIsNotReachedChangesNothing() {
    ImageFiles.writeIdx(folder, 40, 20);
    try (Dataset limited = digits(DatasetOptions.NATURAL.withLimit(1000));
        Dataset whole = digits(DatasetOptions.NATURAL)) {
      assertThat(limited.train().indices()).isEqualTo(whole.train().indices());
    }
  }

  @Test
  void otherSizesAndColoursCanBeAskedForAndTheHashStays() {
    ImageFiles.writeIdx(folder, 40, 20);
    try (Dataset data = digits(DatasetOptions.NATURAL.withShape(new Shape(8, 6, 3)));
        Dataset natural = digits(DatasetOptions.NATURAL)) {
      assertThat(data.shape()).isEqualTo(new Shape(8, 6, 3));
      assertThat(data.normalization().mean()).hasSize(3);
      assertThat(data.train().indices()).isEqualTo(natural.train().indices());
      assertThat(data.hash()).isEqualTo(natural.hash());
      try (BatchStream batches = data.sequential(data.test(), 20)) {
        assertThat(batches.next().images()).hasSize(20 * 8 * 6 * 3);
      }
    }
  }

  @Test
  void theHashNoticesEveryPixelAndEveryLabel() {
    ImageFiles.writeIdx(folder, 40, 20);
    String before = hash();
    byte[] images = ImageFiles.idxImages(20);
    images[images.length - 1]++;
    ImageFiles.write(folder.resolve(ImageFiles.TEST_IMAGES), images);
    String otherPixel = hash();
    byte[] labels = ImageFiles.idxLabels(40);
    labels[8] = 5;
    ImageFiles.write(folder.resolve(ImageFiles.TRAIN_LABELS), labels);
    assertThat(hash()).isNotEqualTo(otherPixel);
    assertThat(otherPixel).isNotEqualTo(before);
  }

  private String hash() {
    try (Dataset data = digits(DatasetOptions.NATURAL)) {
      return data.hash();
    }
  }

  @Test
  void tooFewImagesAreRefused() {
    ImageFiles.writeIdx(folder, 1, 1);
    assertRefused("1 training images; that is too few", () -> digits(DatasetOptions.NATURAL));
  }

  @Test
  void optionsOutOfRangeAreRefused() {
    assertRefused("channels 2: must be 1", () -> DatasetOptions.NATURAL.withChannels(2));
    assertRefused("input height 0", () -> DatasetOptions.NATURAL.withSize(0));
    assertRefused("image limit -1", () -> DatasetOptions.NATURAL.withLimit(-1));
  }

  @ParameterizedTest
  @CsvSource({"32, 4", "224, 4", "28, 2", "16, 1", "8, 0"})
  void theUsualCropFitsTheSize(int side, int padding) {
    assertThat(Augmentation.usual(new Shape(side, side, 1), true))
        .isEqualTo(new Augmentation(padding, true));
  }

  @Test
  void aSmallSplitIsDecodedOnceAndALargeOneStaysOutOfMemory() {
    byte[] pixels = new byte[3 << 20];
    NumberedImages small = new NumberedImages(10, new Shape(4, 4, 3), index -> {});
    NumberedImages large = new NumberedImages(1 << 20, new Shape(1 << 10, 1 << 10, 3), i -> {});
    Split smallSplit = small.all();
    Split largeSplit = large.all(); // 3 TiB
    for (int round = 0; round < 3; round++) {
      smallSplit.read(7, pixels);
      assertThat(pixels[47]).isEqualTo((byte) 7);
      largeSplit.read(300, pixels);
      assertThat(pixels[47]).isEqualTo((byte) 300);
    }
    assertThat(small.reads.get()).isEqualTo(1);
    assertThat(large.reads.get()).isEqualTo(3);
  }

  @Test
  void normalizationIsThatOfTheTrainingPixels() {
    NumberedImages images = new NumberedImages(2, new Shape(1, 1, 1), index -> {});
    Normalization normalization = PixelStatistics.of(images.all()); // pixels 0 and 1
    assertThat(normalization.mean().get(0)).isEqualTo((float) (0.5 / 255));
    assertThat(normalization.deviation().get(0)).isEqualTo((float) (0.5 / 255));
    NumberedImages same = new NumberedImages(1, new Shape(1, 1, 1), index -> {});
    assertThat(PixelStatistics.of(same.all()).deviation()).containsExactly(1f);
  }

  @Test
  void aSampleIsSpreadEvenly() {
    assertThat(EvenSample.of(10, 5)).containsExactly(0, 2, 4, 6, 8);
    assertThat(EvenSample.of(3, 5)).containsExactly(0, 1, 2);
    assertThat(Arrays.stream(EvenSample.of(Integer.MAX_VALUE, 3).toArray()).max())
        .hasValue(1431655764);
    assertThat(EvenSample.of(0, 5)).isEmpty();
  }
}
