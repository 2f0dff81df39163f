package org.proxyless.search.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.proxyless.base.InvalidInputException;
import org.proxyless.search.data.Dataset;
import org.proxyless.search.data.Datasets;
import org.proxyless.search.data.ImageFiles;
import org.proxyless.search.data.formats.FolderIndex;
import org.proxyless.search.data.formats.ImageFolder;
import org.proxyless.search.data.source.DatasetOptions;
import org.proxyless.search.data.source.OpeningProgress;

class ImageCheckTest {
  private static final DatasetOptions SKIP = DatasetOptions.NATURAL.withSkipUnreadable(true);

  @TempDir Path temporary;
  private Path folder;

  @BeforeEach
  void writeFiles() {
    folder = temporary.resolve("images");
    ImageFiles.writeImageFolder(folder);
  }

  private Dataset open(DatasetOptions options) {
    return Datasets.open("image-folder", Optional.of(folder), options);
  }

  private void breakFiles(int count) {
    for (int i = 0; i < count; i++) {
      ImageFiles.write(folder.resolve("train/red/broken" + i + ".png"), new byte[50 + i]);
    }
  }

  @Test
  void allThatCannotBeReadAreNamedInOneLine() {
    breakFiles(3);
    assertThatThrownBy(() -> open(DatasetOptions.NATURAL).close())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("3 of the 21 images of " + folder + " cannot be read: ")
        .hasMessageContaining("broken0.png (it is no JPEG, PNG,")
        .hasMessageContaining("broken2.png")
        .hasMessageEndingWith("or leave them out with --unreadable skip.")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
  }

  @Test
  void ofManyTheFirstTwentyAreNamed() {
    breakFiles(30);
    assertThatThrownBy(() -> open(DatasetOptions.NATURAL).close())
        .hasMessageContaining("30 of the 48 images")
        .hasMessageContaining(" and 10 more. Replace")
        .satisfies(e -> assertThat(e.getMessage().split("broken")).hasSize(21));
  }

  @Test
  void theyCanBeLeftOutAndAreNamed() {
    breakFiles(2);
    ImageFiles.write(folder.resolve("test/red/a.png"), new byte[9]);
    try (Dataset data = open(SKIP)) {
      assertThat(data.trainAndValidation().classCounts()).containsExactly(8, 8);
      assertThat(data.test().classCounts()).containsExactly(1, 1);
      assertThat(data.found().get(2))
          .startsWith("Left out of the data, since 3 images cannot be read: ")
          .contains("broken0.png (it is no JPEG", "broken1.png", "test/red/a.png");
    }
  }

  @Test
  void aClassOfWhichNothingIsLeftIsRefused() {
    ImageFiles.write(folder.resolve("test/red/a.jpeg"), new byte[9]);
    assertThatThrownBy(() -> open(SKIP).close())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("test/red has no image that can be read");
  }

  @Test
  void everyImageIsAStep() {
    AtomicInteger steps = new AtomicInteger();
    AtomicInteger closed = new AtomicInteger();
    OpeningProgress progress =
        (what, count) -> {
          assertThat(what).isEqualTo("check images");
          assertThat(count).isEqualTo(18);
          return new OpeningProgress.Steps() {
            @Override
            public void step() {
              steps.incrementAndGet();
            }

            @Override
            public void close() {
              closed.incrementAndGet();
            }
          };
        };
    Datasets.open("image-folder", Optional.of(folder), DatasetOptions.NATURAL, progress).close();
    assertThat(steps).hasValue(18);
    assertThat(closed).hasValue(1);
  }

  @Test
  void whatWasFoundGoodIsKnownUntilItChanges() throws IOException {
    Path kept = temporary.resolve("kept");
    CheckedImages none = CheckedImages.of(Optional.of(kept), "a");
    none.save(LongStream.of(5, -3, 5));
    none.save(LongStream.of(7));
    CheckedImages some = CheckedImages.of(Optional.of(kept), "a");
    assertThat(LongStream.of(-3, 5, 7).allMatch(some::contains)).isTrue();
    assertThat(some.contains(6)).isFalse();
    assertThat(CheckedImages.of(Optional.of(kept), "b").contains(5)).isFalse();

    Path file = folder.resolve("train/red/0.png");
    String before = identity();
    assertThat(identity()).isEqualTo(before);
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000));
    assertThat(identity()).isNotEqualTo(before);
  }

  /** Of the first image of class red. */
  private String identity() {
    try (ImageFolder container = ImageFolder.at(folder)) {
      return FolderIndex.ofTraining(container, folder.resolve("train")).identity(8);
    }
  }

  @Test
  void manyGoodImagesAreNotDecodedTwice() throws IOException {
    byte[] image = ImageFiles.plain("png", 2, 2, 0);
    for (int i = 0; i < 1_000; i++) {
      ImageFiles.write(folder.resolve("train/blue/many" + i + ".png"), image);
    }
    DatasetOptions options = DatasetOptions.NATURAL.withCheckedImages(temporary.resolve("kept"));
    open(options).close();
    Path file = folder.resolve("train/blue/many500.png");
    FileTime time = Files.getLastModifiedTime(file);
    ImageFiles.write(file, new byte[image.length]); // as large, and as old: not looked at again
    Files.setLastModifiedTime(file, time);
    try (ImageFolder container = ImageFolder.at(folder)) {
      FolderIndex index = FolderIndex.ofTraining(container, folder.resolve("train"));
      ImageCheck check = new ImageCheck(options, OpeningProgress.SILENT);
      assertThat(check.checked(folder.toString(), List.of(index)).get(0).size()).isEqualTo(1_016);
      Files.setLastModifiedTime(file, FileTime.fromMillis(1_000));
      assertThatThrownBy(() -> check.checked(folder.toString(), List.of(index)))
          .hasMessageContaining("many500.png");
    }
  }
}
