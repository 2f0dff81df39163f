package org.proxyless.search.cli.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.proxyless.base.InvalidInputException;
import org.proxyless.search.cli.Main;
import org.proxyless.search.run.RunDirectory;
import org.proxyless.search.run.settings.CandidateWeights;
import org.proxyless.search.run.settings.DerivationSettings;
import org.proxyless.search.run.settings.RecipeKind;
import org.proxyless.search.run.settings.ScoreKind;
import org.proxyless.search.run.settings.SearchSettings;
import org.proxyless.search.run.settings.StrategyKind;
import org.proxyless.search.run.settings.TrainSettings;
import picocli.CommandLine;

class DeriveOptionsTest {
  @TempDir Path folder;
  private Path run;

  @BeforeEach
  void aFinishedSearch() throws IOException {
    run = folder.resolve("run");
    SearchSettings settings =
        SearchSettings.builder()
            .width(0.5)
            .targetMillis(2.0)
            .maxParams(900L)
            .strategy(StrategyKind.of("darts-1"))
            .seed(7L)
            .fineTuneEpochs(3)
            .out(run)
            .build();
    RunDirectory.create(settings, LocalDateTime.now()).close();
    Files.createFile(run.resolve(RunDirectory.TABLE));
  }

  private SearchSettings derive(String... more) {
    DeriveOptions options = new DeriveOptions();
    CommandLine line = Main.configured(options);
    String[] arguments = new String[more.length + 1];
    System.arraycopy(more, 0, arguments, 1, more.length);
    arguments[0] = run.toString();
    line.parseArgs(arguments);
    return options.settings();
  }

  @Test
  void whatIsNotGivenIsAsInTheSearch() {
    SearchSettings settings = derive();
    assertThat(settings.width()).isEqualTo(0.5);
    assertThat(settings.targetMillis()).isEqualTo(2);
    assertThat(settings.maxParams()).isEqualTo(900);
    assertThat(settings.seed()).isEqualTo(7);
    assertThat(settings.table()).isEqualTo(run.toAbsolutePath().resolve(RunDirectory.TABLE));
    assertThat(settings.allowForeignTable()).isTrue();
    assertThat(settings.strategy()).isEqualTo(StrategyKind.of("bayes"));
    assertThat(settings.candidateWeights()).isEqualTo(CandidateWeights.OWN);
    assertThat(settings.fineTuneEpochs()).isZero();
    assertThat(settings.proof()).isTrue();
    assertThat(settings.out()).isNull();
    assertThat(settings.derivation())
        .isEqualTo(new DerivationSettings(run, DerivationSettings.DEFAULT_EVALUATIONS));
  }

  @Test
  void anotherDeviceHasItsOwnTableAndTarget() {
    SearchSettings settings = derive("--device=pixel1");
    assertThat(settings.device()).isEqualTo("pixel1");
    assertThat(settings.table()).isNull();
    assertThat(settings.allowForeignTable()).isFalse();
    assertThat(settings.targetMillis()).isNull();
    assertThat(derive("--device=pixel1", "--target-ms=40").targetMillis()).isEqualTo(40);
    assertThat(derive("--table=pom.xml", "--allow-foreign-table").allowForeignTable()).isTrue();
  }

  @Test
  void everyOptionArrives() {
    SearchSettings settings =
        derive(
            "--target-ms=2.5",
            "--target-percentile=95",
            "--max-params=800",
            "--max-macs=7000",
            "--max-memory=64KiB",
            "--max-file=1MB",
            "--limits-format=fp16",
            "--strategy=evolution",
            "--score=macro-f1",
            "--evaluations=9",
            "--fine-tune-epochs=4",
            "--recipe=full",
            "--no-proof",
            "--seed=8",
            "--threads=1",
            "--out=o");
    assertThat(settings.targetMillis()).isEqualTo(2.5);
    assertThat(settings.targetPercentile()).isEqualTo(95);
    assertThat(settings.maxParams()).isEqualTo(800);
    assertThat(settings.maxMacs()).isEqualTo(7000);
    assertThat(settings.deployed().maxMemoryBytes()).isEqualTo(65_536);
    assertThat(settings.deployed().maxFileBytes()).isEqualTo(1_000_000);
    assertThat(settings.deployed().format()).isEqualTo("fp16");
    assertThat(settings.strategy()).isEqualTo(StrategyKind.of("evolution"));
    assertThat(settings.score()).isEqualTo(ScoreKind.MACRO_F1);
    assertThat(settings.derivation().evaluations()).isEqualTo(9);
    assertThat(settings.fineTuneEpochs()).isEqualTo(4);
    assertThat(settings.recipe().kind()).isEqualTo(RecipeKind.FULL);
    assertThat(settings.proof()).isFalse();
    assertThat(settings.checkTable()).isFalse();
    assertThat(settings.seed()).isEqualTo(8);
    assertThat(settings.threads()).isEqualTo(1);
    assertThat(settings.out()).isEqualTo(Path.of("o").toAbsolutePath());
  }

  @Test
  void aRecipeSaysWhatATrainingStartsFromAndHowLongItIs() {
    TrainSettings plain = train();
    assertThat(plain.fromScratch()).isTrue();
    assertThat(plain.epochs()).isEqualTo(TrainSettings.DEFAULT_EPOCHS);
    assertThat(plain.recipe()).isNull();
    assertThat(train("--recipe=full").epochs()).isEqualTo(300);
    assertThat(train("--recipe=full", "--epochs=9").epochs()).isEqualTo(9);
    TrainSettings quick = train("--recipe=quick", "--average=0.99");
    assertThat(quick.fromScratch()).isFalse();
    assertThat(quick.epochs()).isEqualTo(6);
    assertThat(quick.recipe().averageDecay()).isEqualTo(0.99);
    assertThatThrownBy(() -> train("--recipe=full", "--from=inherited"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("--from is inherited; it does not go with --recipe full: leave one out.");
    assertThatThrownBy(() -> train("--recipe=quick", "--initial-weights=" + run))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("the network starts from what it inherited");
  }

  private TrainSettings train(String... more) {
    TrainOptions options = new TrainOptions();
    String[] arguments = new String[more.length + 1];
    System.arraycopy(more, 0, arguments, 1, more.length);
    arguments[0] = run.toString();
    Main.configured(options).parseArgs(arguments);
    return options.settings();
  }

  @Test
  void withoutARunOneLineSaysSo() {
    DeriveOptions options = new DeriveOptions();
    Main.configured(options).parseArgs("--target-ms=2");
    assertThatThrownBy(options::settings)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("RUN is missing");
  }
}
