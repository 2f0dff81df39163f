package org.proxyless.search.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.proxyless.base.InvalidInputException;
import org.proxyless.search.compare.ChainLatency.Basis;
import org.proxyless.search.fixtures.Tiny;
import org.proxyless.search.job.SearchJob;
import org.proxyless.search.job.TinySearch;
import org.proxyless.search.job.TrainJob;
import org.proxyless.search.job.result.SearchResult;
import org.proxyless.search.run.progress.Progress;
import org.proxyless.search.run.progress.Progress.Verbosity;
import org.proxyless.search.run.settings.CompareSettings;
import org.proxyless.search.run.settings.EstimateKind;
import org.proxyless.search.run.settings.Fidelity;
import org.proxyless.search.run.settings.RankSettings;
import org.proxyless.search.run.settings.TrainSettings;

/** Both jobs in miniature; the tests share one search. */
class AfterASearchTest {
  @TempDir static Path shared;
  private static SearchResult search;

  @TempDir Path folder;

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

  private static TrainSettings training(Path out) {
    return new TrainSettings(search.runDirectory(), true, 1, null, 5L, null, null, out);
  }

  private static CompareSettings comparing(int seeds, double band) {
    return new CompareSettings(training(null), 2, seeds, band, true);
  }

  @Test
  void networksOfOneLatencyAreTrainedAlike() throws IOException {
    Comparison comparison = new CompareJob(comparing(2, 0.3), Progress.silent()).run();
    assertThat(comparison.contests()).hasSize(4).allMatch(c -> c.outcomes().size() == 2);
    assertThat(comparison.random())
        .hasSize(2)
        .allMatch(comparison::withinBand)
        .noneMatch(contest -> contest.contender().network().equals(search.network()));
    assertThat(comparison.derived().contender().latencyMillis())
        .isEqualTo(search.prediction().latencyMillis());
    assertThat(comparison.chainBasis()).isEqualTo(Basis.MULTIPLY_ACCUMULATES); // not here
    double trained =
        new TrainJob(training(folder.resolve("trained")), Progress.silent()).run().testAccuracy();
    assertThat(comparison.derived().accuracies().values().get(0)).isEqualTo(trained);

    JsonNode json = json("compare.json");
    assertThat(json.get("seeds")).hasSize(2);
    assertThat(json.get("networks")).hasSize(4);
    assertThat(json.get("networks").get(0).get("kind").textValue()).isEqualTo("derived");
    assertThat(json.get("networks").get(3).get("name").textValue()).isEqualTo("fixed chain");
    assertThat(json.get("networks").get(0).get("measuredMillis").isNull()).isTrue();
    assertThat(json.get("networks").get(0).get("interval95")).hasSize(2);
    assertThat(json.get("derivedMinusRandom").get("difference").doubleValue())
        .isCloseTo(
            json.get("networks").get(0).get("meanTestAccuracy").doubleValue()
                - json.get("randomMeanAccuracy").doubleValue(),
            within(1e-12));
    assertThat(json.get("derivedMinusRandom").get("rankP").doubleValue()).isBetween(0.0, 1.0);

    List<String> lines = ComparisonText.of(comparison);
    assertThat(lines).anyMatch(line -> line.startsWith("derived − random       "));
    assertThat(lines).anyMatch(line -> line.contains("estimated from its multiply-accumulates"));
  }

  @Test
  void whatIsTrainedIsNotTrainedAgain() {
    Comparison first = new CompareJob(comparing(1, 0.3), Progress.silent()).run();
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(shown, true, StandardCharsets.UTF_8);
    Progress progress = new Progress(stream, false, Verbosity.NORMAL, System::nanoTime, () -> 80);
    Comparison again = new CompareJob(comparing(1, 0.3), progress).run();
    assertThat(again).isEqualTo(first);
    assertThat(shown.toString(StandardCharsets.UTF_8))
        .contains("4 of 4 trainings are done already")
        .doesNotContain("loss");
    assertThat(ComparisonText.of(again))
        .anyMatch(line -> line.contains("the t-test needs several on both sides"));
  }

  @Test
  void whereTheDeviceIsHereTheChainIsMeasured() {
    Comparison comparison =
        new CompareJob(
                comparing(1, 0.3), Progress.silent(), network -> network.macs() * 2e-6 + 0.01)
            .run();
    assertThat(comparison.chainBasis()).isEqualTo(Basis.MEASURED);
    Contender chain = comparison.chain().contender();
    Contender derived = comparison.derived().contender();
    assertThat(chain.measuredMillis().getAsDouble() / derived.measuredMillis().getAsDouble())
        .isCloseTo(chain.latencyMillis() / derived.latencyMillis(), within(1e-9));
  }

  @Test
  void aBandWithoutOtherNetworksIsRefusedBeforeAnythingIsTrained() {
    CompareJob narrow =
        new CompareJob(new CompareSettings(training(null), 18, 1, 0.001, true), Progress.silent());
    assertThatThrownBy(narrow::run)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("not 18: within 0.1 %")
        .hasMessageContaining("Widen --band");
  }

  @Test
  void theOrdersByBothKindsOfWeightsAreCorrelated() throws IOException {
    RankJob job = new RankJob(new RankSettings(training(null), 6), Progress.silent());
    Ranking ranking = job.run();
    assertThat(ranking.networks().stream().filter(Ranking.Ranked::ofTheSpace)).hasSize(6);
    assertThat(ranking.networks().stream().filter(Ranking.Ranked::withinTarget))
        .hasSizeGreaterThanOrEqualTo(3);
    assertThat(ranking.networks().stream().map(Ranking.Ranked::network)).doesNotHaveDuplicates();
    Agreement shared = ranking.agreements().get(0);
    assertThat(shared.overall().orElseThrow().pairs()).isEqualTo(6);
    assertThat(ranking.networks())
        .allMatch(
            ranked -> ranked.withinTarget() == ranked.latencyMillis() <= search.targetMillis());
    assertThat(shared.networks())
        .anyMatch(estimate -> estimate.score().accuracy() > 0.15) // better than a guess
        .allMatch(estimate -> estimate.work().trainingSteps() == 0);
    JsonNode json = json("rank.json");
    assertThat(json.get("kendallOverall").get("tau").doubleValue())
        .isEqualTo(shared.overall().orElseThrow().tau());
    assertThat(StreamSupport.stream(json.get("networks").spliterator(), false))
        .hasSameSizeAs(ranking.networks());
    assertThat(RankingText.of(ranking)).last().asString().startsWith("Kendall's tau, within");
  }

  @Test
  void everyEstimateIsComparedAndPriced() throws IOException {
    Fidelity fidelity = new Fidelity(0.5, 0.5, 0.75);
    RankSettings settings =
        new RankSettings(training(null), 3, List.of(EstimateKind.values()), fidelity);
    Ranking ranking = new RankJob(settings, Progress.silent()).run();
    assertThat(ranking.agreements().stream().map(Agreement::estimate))
        .containsExactly(EstimateKind.values());
    Map<EstimateKind, Double> cost =
        ranking.agreements().stream()
            .collect(Collectors.toMap(Agreement::estimate, Agreement::costShare));
    assertThat(cost.get(EstimateKind.FULL)).isEqualTo(1);
    assertThat(cost.get(EstimateKind.LOW_FIDELITY)).isLessThan(0.5);
    assertThat(cost.get(EstimateKind.INHERIT)).isLessThan(0.7);
    assertThat(cost.get(EstimateKind.SHARED_WEIGHTS)).isLessThan(cost.get(EstimateKind.INHERIT));
    assertThat(ranking.agreements()).allMatch(agreement -> agreement.secondsANetwork() > 0);
    JsonNode estimates = json("rank.json").get("estimates");
    assertThat(estimates).hasSize(EstimateKind.values().length);
    assertThat(json("rank.json").get("fidelity").get("side").doubleValue()).isEqualTo(0.75);
    JsonNode full = estimates.get(EstimateKind.FULL.ordinal());
    assertThat(full.get("estimate").textValue()).isEqualTo("full");
    assertThat(full.get("costShare").doubleValue()).isEqualTo(1);

    Ranking again = new RankJob(settings, Progress.silent()).run();
    assertThat(again).isEqualTo(ranking); // the seconds too: nothing was done again
  }

  @Test
  void aRunWithoutSharedWeightsIsRefusedBeforeAnythingIsTrained() throws IOException {
    Path weights = search.runDirectory().resolve("weights/supernet.weights");
    Path aside = folder.resolve("aside");
    Files.move(weights, aside);
    try {
      assertThatThrownBy(new RankJob(new RankSettings(training(null), 3), Progress.silent())::run)
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("has no weights/supernet.weights");
    } finally {
      Files.move(aside, weights);
    }
  }

  private static JsonNode json(String file) throws IOException {
    return new ObjectMapper().readTree(search.runDirectory().resolve(file).toFile());
  }
}
