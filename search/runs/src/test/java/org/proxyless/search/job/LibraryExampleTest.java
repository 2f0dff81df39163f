package org.proxyless.search.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.proxyless.devices.DeviceProfiles;
import org.proxyless.devices.tensorflow.LoadedModel;
import org.proxyless.search.data.Dataset;
import org.proxyless.search.data.Datasets;
import org.proxyless.search.data.source.DatasetOptions;
import org.proxyless.search.fixtures.Tiny;
import org.proxyless.search.job.result.SearchResult;
import org.proxyless.search.run.progress.Progress;
import org.proxyless.search.run.settings.SearchSettings;

/** The README's example of use from Java, on a space of three edges. */
class LibraryExampleTest {
  @TempDir Path folder;

  @Test
  void aSearchFromJavaEndsWithANetworkThatClassifies() throws Exception {
    SearchSettings settings =
        SearchSettings.builder()
            .device("local-cpu")
            .space(Tiny.space().toString())
            .table(Tiny.tableOfThisMachine(folder.resolve("tiny.table")))
            .dataset("fashion-mnist-10k")
            .maxImages(600)
            .targetMillis(2.0)
            .warmupEpochs(1)
            .epochs(1)
            .seed(7L)
            .out(folder.resolve("run"))
            .build();
    SearchResult result = new SearchJob(settings, Progress.silent()).run();

    // The test's table predicts far too much, so the proof went on to what is predicted above 2 ms.
    assertThat(result.measuredMillis().orElseThrow()).isLessThanOrEqualTo(2.0);
    byte[] pixels = image();
    try (LoadedModel model =
        LoadedModel.open(result.savedModel(), DeviceProfiles.load("local-cpu"))) {
      float[] probabilities = model.probabilities(pixels, 1)[0];
      int best = 0;
      for (int c = 1; c < probabilities.length; c++) {
        best = probabilities[c] > probabilities[best] ? c : best;
      }
      // Plain TensorFlow Java, which knows nothing of this project, says the same.
      assertThat(ServingExample.classify(result.savedModel().resolve("1"), pixels, 14, 14, 1))
          .isEqualTo(model.classNames().get(best));
    }
  }

  private static byte[] image() {
    try (Dataset dataset =
        Datasets.open("fashion-mnist-10k", Optional.empty(), DatasetOptions.NATURAL.withSize(14))) {
      byte[] pixels = new byte[14 * 14];
      dataset.test().read(0, pixels);
      return pixels;
    }
  }
}
