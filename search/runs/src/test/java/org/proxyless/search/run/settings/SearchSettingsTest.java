package org.proxyless.search.run.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.proxyless.base.InvalidInputException;
import org.proxyless.base.StrictYaml;

class SearchSettingsTest {
  /** Those with rungs need an estimate, and a certain one. */
  static Stream<StrategyKind> withoutRungs() {
    return StrategyKind.all().stream().filter(kind -> !kind.hasRungs());
  }

  @ParameterizedTest
  @MethodSource("withoutRungs")
  void aStrategyThatMixesCandidatesTakesOneTarget(StrategyKind strategy) {
    SearchSettings.Builder several =
        SearchSettings.builder().strategy(strategy).targetsMillis(List.of(2.0, 3.0));
    if (List.of("darts-1", "darts-2", "snas").contains(strategy.toString())) {
      assertThatThrownBy(several::build)
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("--target-ms is [2.0, 3.0]")
          .hasMessageContaining("--strategy " + strategy)
          .hasMessageContaining("gradient or gdas")
          .hasMessageNotContaining("\n");
    } else {
      assertThat(several.build().targetsMillis()).containsExactly(2.0, 3.0);
    }
    assertThat(SearchSettings.builder().strategy(strategy).targetMillis(2.0).build().strategy())
        .isEqualTo(strategy);
  }

  @Test
  void everythingHasADefault() {
    SearchSettings settings = SearchSettings.builder().build();
    assertThat(settings.device()).isEqualTo("local-cpu");
    assertThat(settings.strategy()).isEqualTo(StrategyKind.GRADIENT);
    assertThat(settings.gates()).isEqualTo(GateMode.TWO);
    assertThat(settings.latencyLoss()).isNotNull();
    assertThat(settings.targetMillis()).isNull();
    assertThat(settings.threads()).isPositive();
  }

  @Test
  void aNetworkThatInheritsNothingIsTrainedInFull() {
    SearchSettings.Builder estimates =
        SearchSettings.builder().strategy(StrategyKind.of("evolution")).estimate(EstimateKind.FULL);
    SearchSettings full = estimates.build();
    assertThat(full.epochs()).isEqualTo(TrainSettings.DEFAULT_EPOCHS);
    assertThat(full.fineTuneEpochs()).isEqualTo(full.epochs());
    assertThat(full.warmupEpochs()).isZero();
    assertThat(estimates.epochs(5).build().fineTuneEpochs()).isEqualTo(5);
    SearchSettings inherit = estimates.estimate(EstimateKind.INHERIT).build();
    assertThat(inherit.warmupEpochs()).isEqualTo(SearchSettings.DEFAULT_WARMUP_EPOCHS);
    assertThat(inherit.fineTuneEpochs()).isEqualTo(SearchSettings.DEFAULT_FINE_TUNE_EPOCHS);
  }

  @ParameterizedTest
  @MethodSource("withoutRungs")
  void estimatesAreForStrategiesThatOnlyEvaluate(StrategyKind strategy) {
    SearchSettings.Builder estimates =
        SearchSettings.builder().strategy(strategy).estimate(EstimateKind.LEARNING_CURVE);
    if (List.of("gradient", "darts-1", "darts-2", "snas", "gdas").contains(strategy.toString())) {
      assertThatThrownBy(estimates::build)
          .isInstanceOf(InvalidInputException.class)
          .hasMessageStartingWith("--estimate is learning-curve; it needs a strategy that only")
          .hasMessageContaining("(reinforce, random, asng, enas, nasnet-ppo, evolution, bayes, ")
          .hasMessageContaining("--strategy is " + strategy)
          .hasMessageNotContaining("\n");
    } else {
      assertThat(estimates.build().estimate().evaluations()).isEqualTo(50);
    }
    assertThat(
            SearchSettings.builder()
                .strategy(strategy)
                .estimate(EstimateKind.SHARED_WEIGHTS)
                .build()
                .estimate())
        .isNull();
  }

  @Test
  void settingsOfRunsBeforeThereWereEstimatesAreRead() {
    SearchSettings settings = SearchSettings.builder().strategy(StrategyKind.of("bayes")).build();
    String yaml = new String(StrictYaml.write(settings), StandardCharsets.UTF_8);
    assertThat(yaml).doesNotContain("estimate");
    assertThat(read(yaml)).isEqualTo(settings);
  }

  @Test
  void runsBeforeThereWereNestedWeightsHadOwnOnes() {
    SearchSettings settings = SearchSettings.builder().build();
    assertThat(settings.candidateWeights()).isEqualTo(CandidateWeights.NESTED);
    String yaml = new String(StrictYaml.write(settings), StandardCharsets.UTF_8);
    SearchSettings old = read(yaml.replaceFirst("(?m)^candidateWeights: .*\n", ""));
    assertThat(old.candidateWeights()).isEqualTo(CandidateWeights.OWN);
    assertThat(old.withTargetMillis(2).candidateWeights()).isEqualTo(CandidateWeights.OWN);
  }

  @Test
  void aWriteReadCycleChangesNothing() {
    SearchSettings defaults = SearchSettings.builder().build();
    SearchSettings others =
        SearchSettings.builder()
            .device("true")
            .space("spaces/mine.yaml")
            .width(0.35)
            .targetMillis(2.5)
            .targetPercentile(95)
            .maxParams(1_000_000L)
            .maxMacs(1L << 40)
            .alsoDevice("phone.yaml", 80.0)
            .allowForeignTable(true)
            .strategy(StrategyKind.of("random"))
            .candidateWeights(CandidateWeights.OWN)
            .seed(Long.MIN_VALUE)
            .timeLimit(Duration.ofMinutes(90))
            .out(Path.of("somewhere with space: #1"))
            .build();
    SearchSettings several = SearchSettings.builder().targetsMillis(List.of(3.0, 2.0)).build();
    assertThat(several.withTargetMillis(9)).isEqualTo(several);
    assertThat(several.forTarget(2, Path.of("o")).targetsMillis()).isNull();
    assertThat(several.forTarget(2, Path.of("o")).targetMillis()).isEqualTo(2);
    SearchSettings cheap =
        SearchSettings.builder()
            .strategy(StrategyKind.of("asng"))
            .estimate(EstimateKind.LOW_FIDELITY)
            .fidelity(new Fidelity(0.5, 0.25, 0.75))
            .evaluations(9)
            .build();
    SearchSettings full =
        SearchSettings.builder()
            .strategy(StrategyKind.of("bayes"))
            .estimate(EstimateKind.FULL)
            .build();
    for (SearchSettings settings : new SearchSettings[] {defaults, others, several, cheap, full}) {
      byte[] yaml = StrictYaml.write(settings);
      assertThat(StrictYaml.read("settings.yaml", yaml, SearchSettings.class)).isEqualTo(settings);
    }
  }

  @Test
  void aMissingOrUnknownKeyIsRefused() {
    String yaml =
        new String(StrictYaml.write(SearchSettings.builder().build()), StandardCharsets.UTF_8);
    assertThatThrownBy(() -> read(yaml.replaceFirst("(?m)^seed: .*\n", "")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageMatching("settings.yaml, line \\d+: key 'seed' is missing\\.");
    assertThatThrownBy(() -> read(yaml + "speed: 3\n"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("unknown key 'speed'");
    assertThatThrownBy(() -> read(yaml.replaceFirst("epochs: \\d+", "epochs: -1")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("epochs is -1");
  }

  private static SearchSettings read(String yaml) {
    return StrictYaml.read(
        "settings.yaml", yaml.getBytes(StandardCharsets.UTF_8), SearchSettings.class);
  }

  @Test
  void filesBecomeAbsoluteAndNamesStay() {
    SearchSettings settings = SearchSettings.builder().space("a.yaml").device("b").build();
    assertThat(settings.space()).isEqualTo(Path.of("a.yaml").toAbsolutePath().toString());
    assertThat(settings.device()).isEqualTo("b");
  }

  static Stream<Arguments> broken() {
    return Stream.of(
        broken(b -> b.targetMillis(Double.NaN), "--target-ms is NaN; it must be a number above 0."),
        broken(b -> b.targetMillis(0.0), "--target-ms is 0.0"),
        broken(b -> b.targetMillis(Double.POSITIVE_INFINITY), "--target-ms is Infinity"),
        broken(b -> b.targetPercentile(90), "--target-percentile is 90; it must be 50 or 95."),
        broken(b -> b.maxParams(0L), "--max-params is 0; it must be at least 1."),
        broken(b -> b.maxMacs(-5L), "--max-macs is -5"),
        broken(b -> b.maxMemoryBytes(0L), "--max-memory in bytes is 0"),
        broken(b -> b.maxFileBytes(-1L), "--max-file in bytes is -1"),
        broken(b -> b.limitsFormat("int8"), "--limits-format"),
        broken(
            b -> b.alsoDevice("phone", null), "--also-device is phone and its milliseconds null"),
        broken(b -> b.alsoDevice("phone", 0.0), "--also-device in milliseconds is 0.0"),
        broken(
            b -> b.alsoTable(Path.of("pom.xml")),
            "--also-table is " + Path.of("pom.xml").toAbsolutePath()),
        broken(b -> b.width(-1.0), "--width is -1.0"),
        broken(b -> b.epochs(0), "--epochs is 0; it must be at least 1."),
        broken(b -> b.warmupEpochs(-1), "--warmup-epochs is -1"),
        broken(b -> b.fineTuneEpochs(-1), "--fine-tune-epochs is -1"),
        broken(b -> b.batchSize(1), "--batch-size is 1; it must be at least 2."),
        broken(b -> b.threads(0), "--threads is 0"),
        broken(b -> b.timeLimit(Duration.ZERO), "--time-limit in seconds is 0"),
        broken(b -> b.table(Path.of("no.pb")), "--table is no.pb; there is no such readable file."),
        broken(b -> b.dataDir(Path.of("no")), "--data-dir is no; there is no such file or folder."),
        broken(b -> b.space(" "), "--space is ' '"),
        broken(
            b -> b.strategy(StrategyKind.of("random")).gates(GateMode.FULL),
            "--gates is full; it applies to --strategy gradient only, not to random"),
        broken(
            b -> b.strategy(StrategyKind.of("snas")).candidateWeights(CandidateWeights.OWN),
            "--candidate-weights is own; --strategy snas mixes candidates with weights of their"),
        broken(b -> b.evaluations(5), "--evaluations is 5; it does not apply to --estimate shared"),
        broken(b -> b.fidelity(Fidelity.DEFAULT), "--fidelity is epochs=0.2,"),
        broken(
            b -> estimate(b, EstimateKind.FULL).fidelity(Fidelity.DEFAULT),
            "--fidelity is epochs=0.2,images=1.0,side=1.0 with --estimate full; it belongs to"),
        broken(
            b -> estimate(b, EstimateKind.FULL).evaluations(0),
            "--evaluations is 0; it must be at least 1."),
        broken(
            b -> estimate(b, EstimateKind.FULL).warmupEpochs(1),
            "--estimate is full; it needs no shared weights: leave --warmup-epochs out."),
        broken(
            b -> estimate(b, EstimateKind.INHERIT).warmupEpochs(0),
            "--estimate is inherit; it starts from shared weights: --warmup-epochs must be"),
        broken(
            b -> estimate(b, EstimateKind.INHERIT).targetsMillis(List.of(1.0, 2.0)),
            "--estimate is inherit; it searches for one target at a time"),
        broken(
            b -> estimate(b, EstimateKind.INHERIT).timeLimit(Duration.ofHours(1)),
            "--estimate is inherit; it does not go with --time-limit"),
        broken(
            b -> b.strategy(StrategyKind.of("reinforce")).latencyLoss(LatencyLossKind.ADD_LINEAR),
            "--latency-loss is add-linear; it applies to --strategy gradient only"));
  }

  private static SearchSettings.Builder estimate(SearchSettings.Builder b, EstimateKind kind) {
    return b.strategy(StrategyKind.of("random")).estimate(kind);
  }

  private static Arguments broken(UnaryOperator<SearchSettings.Builder> change, String message) {
    return Arguments.of(change, message);
  }

  @ParameterizedTest
  @MethodSource("broken")
  void aBrokenRuleNamesOptionValueAndRule(
      UnaryOperator<SearchSettings.Builder> change, String message) {
    assertThatThrownBy(() -> change.apply(SearchSettings.builder()).build())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(message);
  }
}
