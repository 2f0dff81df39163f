package org.proxyless.search.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.proxyless.base.InvalidInputException;
import org.proxyless.network.Shape;
import org.proxyless.search.data.source.DatasetOptions;

class BuiltInDataTest {
  private static Dataset data;

  @BeforeAll
  static void open() {
    data = Datasets.open(Datasets.BUILT_IN, Optional.empty(), DatasetOptions.NATURAL);
  }

  @AfterAll
  static void close() {
    data.close();
  }

  @Test
  void itHas6000TrainingAnd2000ValidationAnd2000TestImagesEquallyManyOfEachClass() {
    assertThat(data.shape()).isEqualTo(new Shape(28, 28, 1));
    assertThat(data.train().classCounts()).hasSize(10).containsOnly(600);
    assertThat(data.validation().classCounts()).hasSize(10).containsOnly(200);
    assertThat(data.test().classCounts()).hasSize(10).containsOnly(200);
  }

  @Test
  void everyImageIsInExactlyOneSplit() {
    assertThat(
            Stream.of(data.train(), data.validation(), data.test())
                .flatMapToInt(split -> Arrays.stream(split.indices()))
                .sorted())
        .containsExactlyElementsOf(IntStream.range(0, 10_000).boxed().toList());
  }

  @Test
  void theSplitsAreTheSameForEver() {
    assertThat(data.validation().indices()).startsWith(9, 15, 27, 28, 31, 34);
    assertThat(Arrays.hashCode(data.train().indices())).isEqualTo(1482845722);
    assertThat(Arrays.hashCode(data.validation().indices())).isEqualTo(196111539);
    assertThat(Arrays.hashCode(data.test().indices())).isEqualTo(-748984814);
    assertThat(data.hash())
        .isEqualTo("573c065c14ec187282cc6ad8c9f872fbd57fb4a4c25f069b7054429df849ec7c");
  }

  @Test
  void classesHaveTheirNames() {
    assertThat(data.classNames())
        .containsExactly(
            "T-shirt/top",
            "Trouser",
            "Pullover",
            "Dress",
            "Coat",
            "Sandal",
            "Shirt",
            "Sneaker",
            "Bag",
            "Ankle boot");
    assertThat(data.classes()).isEqualTo(10);
  }

  @Test
  void thePixelsHaveTheStatisticsThatAreKnownOfFashionMnist() {
    assertThat(data.normalization().mean().get(0)).isCloseTo(0.286f, within(0.002f));
    assertThat(data.normalization().deviation().get(0)).isCloseTo(0.353f, within(0.002f));
  }

  @Test
  void clothesMayBeFlippedAndMovedByTwoPixels() {
    assertThat(data.augmentation()).isEqualTo(new Augmentation(2, true));
  }

  @Test
  void theTestBatchesArriveNormalized() {
    double sum = 0;
    int images = 0;
    try (BatchStream batches = data.sequential(data.test(), 256)) {
      while (batches.hasNext()) {
        Batch batch = batches.next();
        images += batch.size();
        for (float value : batch.images()) {
          sum += value;
        }
      }
    }
    assertThat(images).isEqualTo(2000);
    assertThat(sum / images / 784).isCloseTo(0, within(0.02));
  }

  @Test
  void aFolderIsRefused() {
    assertThatThrownBy(
            () ->
                Datasets.open(
                    Datasets.BUILT_IN, Optional.of(Path.of("data")), DatasetOptions.NATURAL))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("built in and takes no folder, but data was given");
  }
}
