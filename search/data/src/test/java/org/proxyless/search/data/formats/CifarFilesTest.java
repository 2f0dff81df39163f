package org.proxyless.search.data.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.proxyless.base.InvalidInputException;
import org.proxyless.network.Shape;
import org.proxyless.search.data.Augmentation;
import org.proxyless.search.data.Dataset;
import org.proxyless.search.data.Datasets;
import org.proxyless.search.data.ImageFiles;
import org.proxyless.search.data.Split;
import org.proxyless.search.data.source.DatasetOptions;

class CifarFilesTest {
  @TempDir Path folder;

  @BeforeEach
  void writeFiles() {
    ImageFiles.writeCifar10(folder);
  }

  private Dataset open(String name) {
    return Datasets.open(name, Optional.of(folder), DatasetOptions.NATURAL);
  }

  private AbstractThrowableAssert<?, ? extends Throwable> assertRefused() {
    return assertThatThrownBy(() -> open("cifar10").close())
        .isInstanceOf(InvalidInputException.class)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n").startsWith("" + folder));
  }

  @Test
  void planesBecomePixels() {
    try (Dataset data = open("cifar10")) {
      assertThat(data.shape()).isEqualTo(new Shape(32, 32, 3));
      byte[] pixels = new byte[3072];
      data.test().read(13, pixels);
      int row = 7;
      int column = 21;
      assertThat(Arrays.copyOfRange(pixels, (row * 32 + column) * 3, (row * 32 + column) * 3 + 3))
          .containsExactly(13, row, column);
      assertThat(data.test().label(13)).isEqualTo(3);
      assertThat(data.classNames()).startsWith("airplane").endsWith("truck").hasSize(10);
      assertThat(data.augmentation()).isEqualTo(new Augmentation(4, true));
    }
  }

  @Test
  void theFiveTrainingFilesFollowEachOther() {
    byte[] fourth = ImageFiles.cifarRecords(20, 1, i -> i % 10);
    Arrays.fill(fourth, 1, 3073, (byte) 77); // the image of its first record
    ImageFiles.write(folder.resolve("data_batch_4.bin"), fourth);
    try (Dataset data = open("cifar10")) {
      assertThat(data.train().size() + data.validation().size()).isEqualTo(100);
      Split holder =
          Arrays.stream(data.train().indices()).anyMatch(i -> i == 60)
              ? data.train()
              : data.validation();
      byte[] pixels = new byte[3072];
      holder.read(Arrays.binarySearch(holder.indices(), 60), pixels);
      assertThat(pixels).containsOnly(77);
    }
  }

  @Test
  void cifar100UsesTheFineLabel() {
    String names = IntStream.range(0, 100).mapToObj(i -> "c" + i).collect(Collectors.joining("\n"));
    ImageFiles.write(folder.resolve("fine_label_names.txt"), names.getBytes());
    ImageFiles.write(folder.resolve("train.bin"), ImageFiles.cifarRecords(200, 2, i -> i % 100));
    ImageFiles.write(folder.resolve("test.bin"), ImageFiles.cifarRecords(100, 2, i -> 99 - i));
    try (Dataset data = open("cifar100")) {
      assertThat(data.classes()).isEqualTo(100);
      assertThat(data.test().label(3)).isEqualTo(96);
      byte[] pixels = new byte[3072];
      data.test().read(3, pixels);
      assertThat(Arrays.copyOf(pixels, 6)).containsExactly(3, 0, 0, 3, 0, 1);
    }
  }

  @Test
  void aMissingFileIsNamed() throws IOException {
    Files.delete(folder.resolve("data_batch_3.bin"));
    assertRefused().hasMessageContaining("data_batch_3.bin is missing");
    Files.delete(folder.resolve("batches.meta.txt"));
    assertRefused().hasMessageContaining("batches.meta.txt is missing");
  }

  @Test
  void aTruncatedFileIsRefused() {
    Path file = folder.resolve("data_batch_5.bin");
    ImageFiles.write(file, Arrays.copyOf(ImageFiles.read(file), 20 * 3073 - 100));
    assertRefused().hasMessageContaining("data_batch_5.bin is truncated or of another format");
    ImageFiles.write(file, new byte[0]);
    assertRefused().hasMessageContaining("its 0 bytes");
  }

  @Test
  void aLabelOutOfRangeIsShownWithItsImage() {
    ImageFiles.write(
        folder.resolve("data_batch_2.bin"), ImageFiles.cifarRecords(20, 1, i -> i == 6 ? 10 : 0));
    assertRefused()
        .hasMessageContaining("data_batch_2.bin: label 10 of image 6 is out of range")
        .hasMessageContaining("0 to 9");
  }

  @Test
  void classNamesMustDiffer() {
    ImageFiles.write(folder.resolve("batches.meta.txt"), "cat\ncat\n".getBytes());
    assertRefused().hasMessageContaining("class names [cat, cat]");
  }
}
