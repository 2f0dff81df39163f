package org.proxyless.search.job.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.proxyless.network.NetworkWeights;
import org.proxyless.search.estimate.AccuracyEstimator;
import org.proxyless.search.estimate.CandidateData;
import org.proxyless.search.estimate.CandidateTraining;
import org.proxyless.search.estimate.Estimate;
import org.proxyless.search.estimate.FullTraining;
import org.proxyless.search.fixtures.Tiny;
import org.proxyless.search.job.SearchJob;
import org.proxyless.search.job.TinySearch;
import org.proxyless.search.job.result.SearchResult;
import org.proxyless.search.job.revisit.PastSearch;
import org.proxyless.search.job.revisit.ScratchTraining;
import org.proxyless.search.run.progress.Progress;
import org.proxyless.search.run.settings.EstimateKind;
import org.proxyless.search.run.settings.Fidelity;
import org.proxyless.search.run.settings.SearchSettings;
import org.proxyless.search.run.settings.TrainSettings;
import org.proxyless.search.supernet.Supernet;

class EstimatorsTest {
  private static final int EPOCHS = 2;
  private static final int[] PATH = {1, 0, 0};
  private static final int[] OTHER = {0, 2, 1};

  @TempDir static Path shared;
  private static SearchResult search;

  @BeforeAll
  static void search() {
    Path table = Tiny.foreignTable(shared.resolve("phone.table"));
    search =
        new SearchJob(
                TinySearch.settings(table, shared.resolve("run"))
                    .allowForeignTable(true)
                    .fineTuneEpochs(0)
                    .build(),
                Progress.silent())
            .run();
  }

  private static TrainSettings training() {
    return new TrainSettings(search.runDirectory(), true, EPOCHS, null, 5L, null, null, null);
  }

  private static PastSearch open() {
    return PastSearch.open(training(), Progress.silent());
  }

  private static Estimators estimators(PastSearch past, Fidelity fidelity) {
    return new Estimators(
        past.settings().with(training()), past.dataset(), past.priced().space(), EPOCHS, fidelity);
  }

  private static Estimate ask(AccuracyEstimator estimator, int[] path) {
    return estimator.estimate(path, (step, rate, score) -> {});
  }

  @Test
  void fullTrainingIsTrainingFromScratch() {
    try (PastSearch past = open()) {
      SearchSettings inForce = past.settings().with(training());
      CandidateData data = new Batches(past.dataset(), inForce).ofCandidates();
      CandidateData judgedByTestImages =
          new CandidateData(
              data.batchSize(),
              data.stepsAnEpoch(),
              data.training(),
              data.calibration(),
              () -> past.dataset().sequential(past.dataset().test(), data.batchSize()),
              past.dataset().test().size());
      CandidateTraining training =
          new CandidateTraining(
              new Supernet.Settings(inForce.batchSize(), inForce.threads()),
              judgedByTestImages,
              inForce.seed());
      Estimate estimate =
          ask(new FullTraining(past.priced().space()::network, training, EPOCHS), PATH);
      ScratchTraining.Outcome outcome =
          new ScratchTraining(past, training(), Progress.silent())
              .train(
                  List.of(new ScratchTraining.Task("one", past.priced().space().network(PATH), 5)))
              .get(0);
      assertThat(estimate.score().accuracy()).isEqualTo(outcome.accuracy());
      assertThat(estimate.work().trainingSteps()).isEqualTo(EPOCHS * data.stepsAnEpoch());
    }
  }

  @Test
  void childrenLeaveTheSharedWeightsAloneAndTheirOrderMeansNothing() throws Exception {
    Path file = search.runDirectory().resolve("weights/supernet.weights");
    byte[] before = Files.readAllBytes(file);
    try (PastSearch past = open()) {
      Map<String, float[]> weights = copy(past.sharedWeights().apply(PATH));
      Map<Integer, NetworkWeights> handed = new TreeMap<>();
      AccuracyEstimator estimator =
          estimators(past, Fidelity.DEFAULT)
              .create(
                  EstimateKind.INHERIT,
                  () ->
                      path ->
                          handed.computeIfAbsent(
                              Arrays.hashCode(path), any -> past.sharedWeights().apply(path)));
      Estimate first = ask(estimator, PATH);
      ask(estimator, OTHER);
      assertThat(ask(estimator, PATH)).isEqualTo(first);
      assertThat(copy(handed.get(Arrays.hashCode(PATH))))
          .usingRecursiveComparison()
          .isEqualTo(weights);
    }
    assertThat(file).hasBinaryContent(before);
  }

  private static Map<String, float[]> copy(NetworkWeights weights) {
    Map<String, float[]> copy = new TreeMap<>();
    weights.all().forEach((key, values) -> copy.put(key.toString(), values.clone()));
    return copy;
  }

  @Test
  void lowFidelityTakesThePartOfTheWorkThatItIsAskedFor() {
    try (PastSearch past = open()) {
      double whole = estimators(past, Fidelity.DEFAULT).full().work(PATH).macs();
      long steps = estimators(past, Fidelity.DEFAULT).full().work(PATH).trainingSteps();
      Estimate half = ask(lowFidelity(past, new Fidelity(0.5, 1, 1)), PATH);
      assertThat(half.work().trainingSteps()).isEqualTo(steps / 2);
      Estimate fewer = ask(lowFidelity(past, new Fidelity(1, 0.5, 1)), PATH);
      assertThat(fewer.work().trainingSteps()).isBetween(steps / 2 - EPOCHS, steps / 2);
      Estimate smaller = ask(lowFidelity(past, new Fidelity(1, 1, 0.5)), PATH);
      assertThat(smaller.work().trainingSteps()).isEqualTo(steps);
      assertThat(smaller.work().macs()).isLessThan(0.5 * whole);
      assertThat(smaller.score().accuracy()).isGreaterThan(0.15); // better than a guess
      Estimate narrower = ask(lowFidelity(past, new Fidelity(1, 1, 1, 0.5)), PATH);
      assertThat(narrower.work().trainingSteps()).isEqualTo(steps);
      assertThat(narrower.work().macs()).isLessThan(whole); // most channels are the fewest already
    }
  }

  private static AccuracyEstimator lowFidelity(PastSearch past, Fidelity fidelity) {
    return estimators(past, fidelity).create(EstimateKind.LOW_FIDELITY, past::sharedWeights);
  }

  @Test
  void aLearningCurveThatIsFollowedToTheEndIsFullTraining() {
    try (PastSearch past = open()) {
      Estimators estimators = estimators(past, Fidelity.DEFAULT);
      AccuracyEstimator curve = estimators.create(EstimateKind.LEARNING_CURVE, past::sharedWeights);
      Estimate followed = ask(curve, PATH);
      assertThat(followed.score()).isEqualTo(ask(estimators.full(), PATH).score());
      AccuracyEstimator restored =
          estimators.create(EstimateKind.LEARNING_CURVE, past::sharedWeights);
      restored.restore(curve.state());
      assertThat(ask(restored, OTHER)).isEqualTo(ask(curve, OTHER));
      assertThat(restored.state()).usingRecursiveComparison().isEqualTo(curve.state());
    }
  }
}
