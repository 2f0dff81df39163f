package org.proxyless.search.cli.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.proxyless.base.InvalidInputException;
import org.proxyless.devices.DeviceProfile;
import org.proxyless.network.Shape;
import org.proxyless.search.cli.Main;
import org.proxyless.search.cli.MavenArguments;
import org.proxyless.search.cli.profile.MeasureOptions;
import org.proxyless.search.cli.profile.ProfileOptions;
import org.proxyless.search.cli.table.PredictOptions;
import org.proxyless.search.data.Datasets;
import org.proxyless.search.run.settings.CandidateWeights;
import org.proxyless.search.run.settings.ClassWeights;
import org.proxyless.search.run.settings.DeployedLimits;
import org.proxyless.search.run.settings.EstimateKind;
import org.proxyless.search.run.settings.EstimateSettings;
import org.proxyless.search.run.settings.Fidelity;
import org.proxyless.search.run.settings.GateMode;
import org.proxyless.search.run.settings.LatencyLossKind;
import org.proxyless.search.run.settings.ReadingSettings;
import org.proxyless.search.run.settings.RecipeKind;
import org.proxyless.search.run.settings.RecipeSettings;
import org.proxyless.search.run.settings.ScoreKind;
import org.proxyless.search.run.settings.SearchSettings;
import org.proxyless.search.run.settings.StrategyKind;
import org.proxyless.search.run.settings.UnreadableFiles;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

class SearchOptionsTest {
  @Test
  void withoutOptionsTheDefaultsAreInForce() {
    assertThat(search().settings()).isEqualTo(SearchSettings.builder().build());
    assertThat(search().plan()).isFalse();
    assertThat(search().json()).isNull();
  }

  @Test
  void everyOptionArrives() {
    SearchOptions options =
        search(
            "--device=pixel1 --space=proxyless-cifar --width=0.35 --dataset=cifar10 --data-dir=."
                + " --input-size=24 --max-images=500 --unreadable=skip --image-cache=c"
                + " --image-cache-gb=3 --image-feature=i --label-feature=l --target-ms=2.5"
                + " --target-percentile=95 --max-params=900 --max-macs=8000 --max-memory=64KiB"
                + " --max-file=1.5MB --limits-format=fp16 --also-device=phone.x=3.5"
                + " --also-table=pom.xml --table=pom.xml --allow-foreign-table --strategy=gradient"
                + " --score=macro-f1 --initial-weights=src --recipe=quick --label-smoothing=0.2"
                + " --class-weights=balanced --cutout=4 --mixup=0.2 --distil=0.5 --average=0.999"
                + " --gates=full --candidate-weights=own --latency-loss=add-linear"
                + " --warmup-epochs=0 --epochs=3 --fine-tune-epochs=2 --batch-size=32 --seed=-7"
                + " --threads=1 --time-limit=1h30m --no-check-table --strict-table --no-proof"
                + " --out=o --plan --json=j.json");
    Path here = Path.of("").toAbsolutePath();
    assertThat(options.settings())
        .isEqualTo(
            new SearchSettings(
                "pixel1",
                "proxyless-cifar",
                0.35,
                "cifar10",
                here,
                24,
                500,
                new ReadingSettings(UnreadableFiles.SKIP, here.resolve("c"), 3, "i", "l"),
                2.5,
                null,
                95,
                900L,
                8000L,
                new DeployedLimits("fp16", 65_536L, 1_500_000L),
                "phone.x",
                3.5,
                here.resolve("pom.xml"),
                here.resolve("pom.xml"),
                true,
                false,
                true,
                false,
                StrategyKind.GRADIENT,
                GateMode.FULL,
                CandidateWeights.OWN,
                LatencyLossKind.ADD_LINEAR,
                null,
                null,
                here.resolve("src"),
                new RecipeSettings(
                    RecipeKind.QUICK, 0.2, ClassWeights.BALANCED, 4, 0.2, null, 0.5, 0.999),
                ScoreKind.MACRO_F1,
                0,
                3,
                2,
                32,
                -7,
                1,
                5400L,
                here.resolve("o")));
    assertThat(options.plan()).isTrue();
    assertThat(options.json()).isEqualTo(Path.of("j.json"));
  }

  @Test
  void estimatesCanBeChosen() {
    SearchSettings cheap =
        search("--strategy=bayes --estimate=low-fidelity --evaluations=7 --fidelity=side=0.5")
            .settings();
    assertThat(cheap.estimate())
        .isEqualTo(
            new EstimateSettings(EstimateKind.LOW_FIDELITY, 7, new Fidelity(0.2, 1, 0.5), null));
    assertThat(search("--estimate=shared-weights").settings())
        .isEqualTo(SearchSettings.builder().build());
  }

  @Test
  void aRunThatCanBeRepeatedDoesNotCheckItsTable() {
    assertThat(search().settings().checkTable()).isTrue();
    assertThat(search("--no-check-table").settings().checkTable()).isFalse();
    assertThat(search("--no-proof").settings().checkTable()).isFalse();
  }

  @Test
  void anOptionThatDoesNotApplyToTheStrategyIsRefusedOnlyIfGiven() {
    assertThat(search("--strategy=random").settings().gates()).isNull();
    SearchOptions given = search("--strategy=random --gates=two"); // the default, but given
    assertThatThrownBy(given::settings)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("--gates");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--epochs=x",
        "--epochs=1.5",
        "--epochs=99999999999",
        "--seed=0x1",
        "--target-ms=2,x",
        "--also-device=pixel1",
        "--also-device=pixel1=",
        "--also-device=pixel1=1e",
        "--max-macs=1.5",
        "--max-memory=64kibi",
        "--max-memory=-1",
        "--max-file=1e6",
        "--gates=three",
        "--unreadable=keep",
        "--estimate=guess",
        "--fidelity=epochs",
        "--fidelity=epochs=0.5,epochs=0.5",
        "--fidelity=depth=0.5",
        "--fidelity=images=2",
        "--strategy=GRADIENT_",
        "--time-limit=10",
        "--time-limit=-",
        "--json=.",
        "--json=no/such/folder.json",
        "--epochs=1 --epochs=2",
        "--epoch=3",
        "surplus",
      })
  void aTextThatIsNoValueIsRefusedWhileParsing(String arguments) {
    assertThatThrownBy(() -> search(arguments)).isInstanceOf(ParameterException.class);
  }

  @Test
  void severalTargetsAreSeparatedByCommas() {
    SearchSettings settings = search("--target-ms=4,2.5,3").settings();
    assertThat(settings.targetsMillis()).containsExactly(2.5, 3.0, 4.0);
    assertThat(settings.targetMillis()).isEqualTo(4);
    assertThatThrownBy(() -> search("--target-ms=2,3,2").settings())
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("--target-ms is [2.0, 2.0, 3.0]; no value may be there twice.");
  }

  @Test
  void aMisspelledChoiceIsRefusedWithTheChoices() {
    assertThatThrownBy(() -> search("--gates=three"))
        .hasMessage("Invalid value for option '--gates': 'three' must be one of two, full");
  }

  @Test
  void theDefaultDataSetIsTheBuiltInOne() {
    assertThat(SearchSettings.DEFAULT_DATASET).isEqualTo(Datasets.BUILT_IN);
    assertThat(SearchSettings.DEFAULT_DEVICE).isEqualTo(DeviceProfile.DEFAULT);
  }

  @Test
  void theHelpStatesEveryDefaultThatThereIs() {
    String help = Main.configured(new SearchOptions()).getUsageMessage();
    SearchSettings defaults = SearchSettings.builder().build();
    assertThat(help.replaceAll("\\s+", " "))
        .contains(
            "(default: " + defaults.device() + ")",
            "(default: " + defaults.space() + ")",
            "(default: " + defaults.dataset() + ")",
            "(default: " + defaults.strategy() + ")",
            StrategyKind.all().stream()
                .map(StrategyKind::toString)
                .collect(Collectors.joining(", ", "", " (default: ")),
            "two, full (default: " + defaults.gates() + ")",
            "lagrangian, mul-log, add-linear (default: " + defaults.latencyLoss() + ")");
  }

  @ParameterizedTest
  @CsvSource({"224x192x3, 224, 192, 3", "1x1x1, 1, 1, 1"})
  void shapesAreWrittenWithCrosses(String text, int height, int width, int channels) {
    ProfileOptions options = new ProfileOptions();
    new CommandLine(options).parseArgs("--input", text);
    assertThat(options.settings().input()).isEqualTo(new Shape(height, width, channels));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"224", "224x224", "0x1x1", "1x00x1", "224X224X3", "1x1x1000000", "-1x1x1"})
  void whatIsNoShapeIsRefused(String text) {
    assertThatThrownBy(() -> new CommandLine(new ProfileOptions()).parseArgs("--input", text))
        .isInstanceOf(ParameterException.class)
        .hasMessageContaining(text);
  }

  @Test
  void theOtherCommandsTakeWhatTheyNeed() {
    TrainOptions train = new TrainOptions();
    new CommandLine(train).parseArgs("src", "--from", "inherited", "--epochs", "3");
    assertThat(train.settings().fromScratch()).isFalse();
    assertThat(train.settings().epochs()).isEqualTo(3);

    ClassifyOptions classify = new ClassifyOptions();
    new CommandLine(classify).parseArgs("src", "pom.xml", "pom.xml", "--top", "2");
    assertThat(classify.model()).isEqualTo(Path.of("src"));
    assertThat(classify.images()).hasSize(2);
    assertThat(classify.top()).isEqualTo(2);

    PredictOptions predict = new PredictOptions();
    CommandLine predictLine = new CommandLine(predict);
    assertThatThrownBy(() -> predictLine.parseArgs("--network", "pom.xml"))
        .hasMessageContaining("--table");
    predictLine.parseArgs("--network", "no.json", "--table", "pom.xml");
    assertThatThrownBy(predict::network).hasMessageContaining("no.json");
    predictLine.parseArgs("--network", "pom.xml", "--table", "pom.xml", "--input-size", "32");
    assertThat(predict.table()).isEqualTo(Path.of("pom.xml"));
    assertThatThrownBy(predict::network).hasMessageContaining("--input-size is 32");

    MeasureOptions measure = new MeasureOptions();
    new CommandLine(measure).parseArgs("nowhere");
    assertThat(measure.device()).isEqualTo("local-cpu");
    assertThatThrownBy(measure::model).hasMessageContaining("nowhere");

    EvaluateOptions evaluate = new EvaluateOptions();
    new CommandLine(evaluate).parseArgs("pom.xml");
    assertThatThrownBy(evaluate::run).hasMessageContaining("RUN is pom.xml");

    ExportOptions export = new ExportOptions();
    new CommandLine(export).parseArgs("src", "--out", "o");
    assertThat(export.run()).isEqualTo(Path.of("src"));
    assertThat(export.out()).isEqualTo(Path.of("o"));
  }

  private static SearchOptions search(String... arguments) {
    SearchOptions options = new SearchOptions();
    Main.configured(options).parseArgs(MavenArguments.split(String.join(" ", arguments)));
    return options;
  }
}
