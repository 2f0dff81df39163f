package org.proxyless.search.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.proxyless.search.data.source.DatasetOptions;

class ReferenceImagesTest {
  @Test
  void theCifarImagesOfTheReferenceDataAreRead() {
    Path folder = Path.of(System.getProperty("proxyless.referenceData", ""), "cifar10");
    assumeTrue(
        Files.isDirectory(folder),
        "no folder cifar10 in the system property proxyless.referenceData");
    DatasetOptions options = DatasetOptions.NATURAL.withLimit(10_000);
    try (Dataset data = Datasets.open("image-folder", Optional.of(folder), options)) {
      assertThat(data.classNames()).hasSize(10).startsWith("airplane").endsWith("truck");
      assertThat(data.train().classCounts()).containsOnly(750);
      assertThat(data.validation().classCounts()).containsOnly(250);
      assertThat(data.test().classCounts()).containsOnly(1000);
      // CIFAR-10's published statistics: mean 0.491, 0.482, 0.447; deviation 0.247, 0.243, 0.262.
      assertThat(data.normalization().mean().get(0)).isCloseTo(0.491f, within(0.01f));
      assertThat(data.normalization().mean().get(2)).isCloseTo(0.447f, within(0.01f));
      assertThat(data.normalization().deviation().get(1)).isCloseTo(0.243f, within(0.01f));
      try (BatchStream batches = data.shuffled(data.train()).batchSize(250).seed(1).open()) {
        int[] counts = new int[10];
        for (int batch = 0; batch < 30; batch++) {
          for (int label : batches.next().labels()) {
            counts[label]++;
          }
        }
        assertThat(counts).containsOnly(750);
      }
    }
  }
}
