package org.proxyless.search.job.derive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.proxyless.base.State;
import org.proxyless.network.Network;
import org.proxyless.search.data.BatchStream;
import org.proxyless.search.data.Dataset;
import org.proxyless.search.fixtures.Tiny;
import org.proxyless.search.job.TinySearch;
import org.proxyless.search.job.keeping.StepRecorder;
import org.proxyless.search.job.prepare.Batches;
import org.proxyless.search.job.prepare.SearchInput;
import org.proxyless.search.run.RunDirectory;
import org.proxyless.search.run.progress.Phase;
import org.proxyless.search.run.progress.Progress;
import org.proxyless.search.run.settings.SearchSettings;
import org.proxyless.search.space.SearchSpaces;
import org.proxyless.search.supernet.Supernet;
import org.proxyless.search.train.NetworkTraining;

/** On a network of a few blocks and a few hundred images. */
class FineTuningTest {
  private static final long STEPS = 60;
  private static final double RATE = 0.05;

  /** Destroys weights without overflow. */
  private static final double RUINOUS_RATE = 8;

  @TempDir Path folder;

  private record Outcome(Map<String, float[]> before, Map<String, float[]> after, State state) {}

  private Outcome tune(double fullRate, long warmUpSteps, DerivedTraining.LastSteps lastSteps) {
    SearchSettings settings =
        TinySearch.settings(Tiny.foreignTable(folder.resolve("phone.json")), folder.resolve("run"))
            .allowForeignTable(true)
            .build();
    Supernet.Settings training = new Supernet.Settings(32, 1);
    Network network =
        SearchSpaces.load(Tiny.space().toString(), 1, null, null).network(new int[] {0, 0, 0});
    Progress progress = Progress.silent();
    try (Dataset dataset = SearchInput.openDataset(settings);
        RunDirectory directory = RunDirectory.create(settings, LocalDateTime.now());
        StepRecorder recorder = new StepRecorder(directory, Optional.empty());
        NetworkTraining trainer = new NetworkTraining(network, training, new SplittableRandom(1));
        Phase phase = progress.phase("fine-tune", STEPS)) {
      recorder.show(phase);
      Batches batches = new Batches(dataset, settings);
      try (BatchStream images = batches.training(Batches.Use.SEARCH)) {
        trainer.train(images, 0, warmUpSteps, RATE, (step, rate, score) -> {});
      }
      FineTuning tuning =
          new FineTuning(
              network,
              trainer,
              batches,
              batches.scoring(training, batches::choosing),
              recorder,
              STEPS,
              0,
              Optional.empty());
      Map<String, float[]> before = trainer.state();
      AtomicLong steps = new AtomicLong();
      tuning.train("fine-tune", fullRate, lastSteps, steps::incrementAndGet);
      assertThat(steps.get()).isEqualTo(tuning.done());
      State state = new State();
      tuning.save(state);
      return new Outcome(before, trainer.state(), state);
    }
  }

  private List<String> metrics(String stage) {
    try {
      return Files.readAllLines(folder.resolve("run/metrics.csv")).stream()
          .filter(row -> row.startsWith(stage + ","))
          .toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void weightsThatAreOnlyMadeWorseStayAsTheyWere() {
    Outcome outcome = tune(RUINOUS_RATE, 600, (planned, seconds) -> planned);
    assertThat(outcome.state().number("training.judged")).isEqualTo(1);
    assertThat(metrics("fine-tune-validation")).hasSize(1 + 4 + 4);
    assertThat(outcome.state().numbers("training.best"))
        .isEqualTo(outcome.state().numbers("training.begun"));
    outcome
        .before()
        .forEach((name, values) -> assertThat(outcome.after().get(name)).isEqualTo(values));
  }

  @Test
  void weightsThatBecomeBetterLearnFromAllImagesInTheEnd() {
    Outcome outcome = tune(RATE, 10, (planned, seconds) -> planned);
    assertThat(outcome.state().number("training.judged")).isZero();
    assertThat(outcome.state().number("training.last-steps")).isEqualTo(40);
    assertThat(metrics("fine-tune")).hasSize((int) STEPS);
    assertThat(metrics("fine-tune-validation")).hasSize(1 + 4);
    double[] begun = outcome.state().numbers("training.begun");
    double[] best = outcome.state().numbers("training.best");
    assertThat(best[1]).isGreaterThanOrEqualTo(begun[1]);
  }

  @Test
  void theLastPhaseIsAsLongAsThereIsTimeWhenItBegins() {
    tune(
        RATE,
        10,
        (planned, seconds) -> {
          assertThat(seconds).isPositive();
          return planned / 2;
        });
    assertThat(metrics("fine-tune")).hasSize(40);
  }
}
