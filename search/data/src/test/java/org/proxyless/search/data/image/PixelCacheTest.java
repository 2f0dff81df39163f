package org.proxyless.search.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.proxyless.base.InvalidInputException;
import org.proxyless.network.Shape;
import org.proxyless.search.data.BatchStream;
import org.proxyless.search.data.Dataset;
import org.proxyless.search.data.Datasets;
import org.proxyless.search.data.ImageFiles;
import org.proxyless.search.data.source.DatasetOptions;
import org.proxyless.search.data.source.ImageCache;

class PixelCacheTest {
  private static final Shape SHAPE = new Shape(4, 5, 1);
  private static final int FILE_BYTES = 24;

  @TempDir Path temporary;
  private final byte[] pixels = new byte[20];

  private PixelCache open(String place, int mostFiles, int images) {
    ImageCache settings = new ImageCache(temporary.resolve("cache"), mostFiles * FILE_BYTES);
    return PixelCache.open(settings, place, SHAPE, images);
  }

  private static byte[] image(int level) {
    byte[] image = new byte[20];
    Arrays.fill(image, (byte) level);
    return image;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(temporary)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void whatWasWrittenIsReadAlsoAfterOpeningAnew() {
    PixelCache cache = open("a", 10, 2);
    assertThat(cache.read("one", pixels)).isFalse();
    cache.write("one", image(7));
    assertThat(cache.read("one", pixels)).isTrue();
    assertThat(pixels).containsOnly(7);
    assertThat(open("a", 10, 2).read("one", pixels)).isTrue();
    assertThat(open("b", 10, 2).read("one", pixels)).isFalse();
  }

  @Test
  void theBoundIsKeptAndWhatIsThereStays() throws IOException {
    PixelCache cache = open("a", 3, 10);
    for (int i = 0; i < 10; i++) {
      cache.write("image" + i, image(i));
    }
    assertThat(files()).hasSize(3);
    assertThat(cache.read("image0", pixels)).isTrue();
    assertThat(cache.read("image9", pixels)).isFalse();
    open("a", 3, 10).write("image9", image(9));
    assertThat(files()).hasSize(3);
  }

  @Test
  void otherDataGoesWhereSpaceIsNeededTheLongestUnusedFirst() throws IOException {
    open("old", 10, 4).write("one", image(1));
    for (Path folder : List.of(files().get(0).getParent().getParent())) {
      Files.setLastModifiedTime(folder, FileTime.fromMillis(1_000));
    }
    open("new", 10, 4).write("one", image(1));
    PixelCache third = open("third", 10, 9);
    assertThat(files()).hasSize(1);
    assertThat(open("new", 10, 4).read("one", pixels)).isTrue();
    assertThat(third.read("one", pixels)).isFalse();
  }

  @Test
  void aDamagedFileIsNotUsed() throws IOException {
    PixelCache cache = open("a", 10, 2);
    cache.write("one", image(7));
    Path file = files().get(0);
    byte[] content = ImageFiles.read(file);
    content[3]++;
    ImageFiles.write(file, content);
    assertThat(cache.read("one", pixels)).isFalse();
    ImageFiles.write(file, new byte[3]);
    assertThat(cache.read("one", pixels)).isFalse();
  }

  @Test
  void aPlaceThatIsNoFolderIsRefused() throws IOException {
    ImageFiles.write(temporary.resolve("cache"), new byte[1]);
    assertThatThrownBy(() -> open("a", 3, 3))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("the image cache " + temporary.resolve("cache"));
  }

  @Test
  void batchesAreTheSameWithAndWithoutAndFromTheMiddle() throws IOException {
    Path folder = temporary.resolve("images");
    ImageFiles.writeImageFolder(folder);
    DatasetOptions plain = DatasetOptions.NATURAL.withSize(8);
    DatasetOptions cached = plain.withCache(new ImageCache(temporary.resolve("cache"), 1_000_000));
    float[] expected = thirdBatch(folder, plain, 0);
    assertThat(thirdBatch(folder, cached, 0)).isEqualTo(expected);
    long kept = files().stream().filter(file -> file.toString().contains("cache")).count();
    assertThat(kept).isPositive();
    assertThat(thirdBatch(folder, cached, 0)).isEqualTo(expected);
    assertThat(thirdBatch(folder, cached, 2)).isEqualTo(expected);
  }

  private static float[] thirdBatch(Path folder, DatasetOptions options, int skipped) {
    try (Dataset data = Datasets.open("image-folder", Optional.of(folder), options);
        BatchStream batches =
            data.shuffled(data.train()).batchSize(7).seed(5).skip(skipped).open()) {
      for (int i = skipped; i < 2; i++) {
        batches.next();
      }
      return batches.next().images().clone();
    }
  }
}
