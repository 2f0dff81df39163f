package org.proxyless.search.cli.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.proxyless.search.cli.Failures;
import org.proxyless.search.cli.Interruption;
import org.proxyless.search.cli.Main;
import org.proxyless.search.run.settings.SearchSettings;
import org.proxyless.search.run.settings.StrategiesSettings;
import org.proxyless.search.run.settings.StrategyKind;
import picocli.CommandLine;

class CompareOptionsTest {
  @TempDir Path folder;

  private static StrategiesSettings strategies(String arguments) {
    CompareOptions options = new CompareOptions();
    Main.configured(options).parseArgs(arguments.split(" "));
    return options.strategiesSettings();
  }

  @Test
  void theOptionsOfASearchArrive() {
    StrategiesSettings settings =
        strategies(
            "--strategies gradient,nasnet-ppo --space proxyless-cifar --width 0.5 --target-ms 3"
                + " --warmup-epochs 1 --search-epochs 4 --epochs 7 --batch-size 16 --seed 5 --seeds 4"
                + " --threads 1 --out o");
    assertThat(settings.strategies())
        .containsExactly(StrategyKind.GRADIENT, StrategyKind.of("nasnet-ppo"));
    assertThat(settings.seedList()).containsExactly(5L, 6L, 7L, 8L);
    assertThat(settings.epochs()).isEqualTo(7);
    assertThat(settings.search())
        .isEqualTo(
            SearchSettings.builder()
                .space("proxyless-cifar")
                .width(0.5)
                .targetMillis(3.0)
                .warmupEpochs(1)
                .epochs(4)
                .fineTuneEpochs(0)
                .batchSize(16)
                .seed(5L)
                .threads(1)
                .out(Path.of("o"))
                .build());
  }

  @Test
  void aTimeLimitMayBeFilledWithMoreEpochsThanASearchHasByDefault() {
    SearchSettings search = strategies("--strategies random,bayes --time-limit 5m").search();
    assertThat(search.timeLimitSeconds()).isEqualTo(300);
    assertThat(search.warmupEpochs()).isEqualTo(SearchSettings.TIMED_WARMUP_EPOCHS);
    assertThat(search.epochs()).isEqualTo(SearchSettings.TIMED_EPOCHS);
    assertThat(
            strategies("--strategies random,bayes --time-limit 5m --search-epochs 2")
                .search()
                .epochs())
        .isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "compare|neither a RUN nor --strategies is given",
        "compare RUN --strategies random,bayes|both a RUN and --strategies are given",
        "compare RUN --space small|--space applies with --strategies only: leave it out.",
        "compare RUN --search-epochs 2|--search-epochs applies with --strategies only",
        "compare --strategies random,bayes --band 0.1|--band applies with a RUN only",
        "compare --strategies random,magic|'magic' must be one of gradient,",
        "compare --strategies random|--strategies is random; name at least two",
        "compare --strategies random,random|name each once",
        "compare --strategies random,bayes --target-ms 2,3|strategies are compared at one target",
        "compare --strategies random,bayes --seeds 0|--seeds is 0",
      })
  void whatDoesNotFitTogetherIsRefusedInOneLine(String arguments, String message) {
    StringWriter err = new StringWriter();
    CommandLine program = Main.commandLine().setErr(new PrintWriter(err, true));
    Interruption interruption = Interruption.install(System.err);
    interruption.finished(); // the test's own end is no interruption
    Failures failures = new Failures(program.getErr(), interruption);
    program.setParameterExceptionHandler(failures).setExecutionExceptionHandler(failures);
    List<String> words = List.of(arguments.replace("RUN", folder.toString()).split(" "));
    assertThat(program.execute(words.toArray(String[]::new))).isNotZero();
    assertThat(err.toString()).contains(message);
    assertThat(err.toString().strip().lines()).hasSize(1);
  }
}
