package org.proxyless.search.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.proxyless.network.Shape;
import org.proxyless.search.data.source.DatasetOptions;
import org.proxyless.search.data.source.NumberedImages;

class ReliabilityTest {
  @TempDir Path folder;

  private List<String> found(int common, int rare) {
    byte[] image = ImageFiles.plain("png", 2, 2, 0);
    for (int i = 0; i < common; i++) {
      ImageFiles.write(folder.resolve("common/" + i + ".png"), image);
    }
    for (int i = 0; i < rare; i++) {
      ImageFiles.write(folder.resolve("rare/" + i + ".png"), image);
    }
    try (Dataset data =
        Datasets.open("image-folder", Optional.of(folder), DatasetOptions.NATURAL)) {
      return data.found();
    }
  }

  @Test
  void oneImageOf120IsToldOf() {
    List<String> found = found(119, 1);
    assertThat(found).hasSize(5);
    assertThat(found.get(1))
        .isEqualTo(
            "Few images: accuracies are known to about ±20 percentage points on the 24 of the test"
                + " (95 % confidence), to ±20 on the 24 that choose the network.");
    assertThat(found.get(2))
        .isEqualTo(
            "1 of 2 classes have no image for validation, so that they have no say in the choice: rare.");
    assertThat(found.get(3))
        .contains("no image for the test, so that nothing is known of them: rare");
    assertThat(found.get(4))
        .startsWith("Uneven classes: common has 71 of the 72 training images, rare only 1; who")
        .contains("is right for 100.0 % of the test");
  }

  @Test
  void ofManyEvenImagesThereIsNothingToTell() {
    NumberedImages images = new NumberedImages(5_000, new Shape(1, 1, 1), i -> {});
    Split all = images.all();
    assertThat(Reliability.of(images.classNames(), all, all, all)).isEmpty();
  }
}
