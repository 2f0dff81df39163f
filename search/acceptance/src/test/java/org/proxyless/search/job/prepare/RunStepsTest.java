package org.proxyless.search.job.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.proxyless.base.InvalidInputException;
import org.proxyless.search.data.Dataset;
import org.proxyless.search.job.TinySearch;
import org.proxyless.search.run.settings.SearchSettings;

class RunStepsTest {
  private static final SearchSettings SETTINGS = TinySearch.settings(null, Path.of("none")).build();

  @Test
  void epochsAreStepsInWhichTheTrainingImagesAreSeenOnce() {
    try (Dataset dataset = SearchInput.openDataset(SETTINGS)) { // 600 images, 450 for training
      RunSteps steps = RunSteps.of(SETTINGS, new Batches(dataset, SETTINGS));
      assertThat(steps.schedule().warmupSteps()).isEqualTo(14);
      assertThat(steps.schedule().searchSteps()).isEqualTo(28);
      assertThat(steps.fineTuneSteps()).isEqualTo(28);
    }
  }

  @Test
  void aPhaseThatWasNotAskedForHasNoSteps() {
    SearchSettings cold = TinySearch.settings(null, Path.of("none")).warmupEpochs(0).build();
    try (Dataset dataset = SearchInput.openDataset(cold)) {
      RunSteps steps = RunSteps.of(cold, new Batches(dataset, cold));
      assertThat(steps.schedule().warmupSteps()).isZero();
      assertThat(steps.schedule().searchSteps()).isEqualTo(28);
    }
  }

  @Test
  void aBatchThatTheDataCannotFillIsRefused() {
    SearchSettings large = TinySearch.settings(null, Path.of("none")).batchSize(151).build();
    try (Dataset dataset = SearchInput.openDataset(large)) {
      assertThatThrownBy(() -> new Batches(dataset, large))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("--batch-size is 151")
          .hasMessageContaining("150");
    }
  }
}
