package org.proxyless.search.sweep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.proxyless.search.cli.CommandProvider;
import org.proxyless.search.cli.options.ProgramOptions;
import org.proxyless.search.run.progress.Progress;
import org.proxyless.search.run.StopSignal;
import picocli.CommandLine;

class SweepCommandTest {
  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private String mistake = "";

  @Test
  void theProgramFindsTheCommand() {
    List<String> names = new ArrayList<>();
    for (CommandProvider provider : ServiceLoader.load(CommandProvider.class)) {
      names.add(new CommandLine(provider.command(silent())).getCommandName());
    }
    assertThat(names).containsExactly("sweep");
  }

  @Test
  void thePlanShowsCellsAndCostAndMakesNothing() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("imagenet.yaml"),
            """
            search: {device: pixel1, space: proxyless-mobile, target-ms: 80}
            grid: {strategy: [gradient, random, evolution], seed: [1, 2, 3, 4]}
            """);
    Path made = folder.resolve("out");
    assertThat(run(file, "--plan", "--cell-hours=200", "--workers=100", "--out=" + made)).isZero();
    assertThat(out.toString())
        .contains("12 cells, each with 1 processors")
        .contains(
            "12 cells of 200 hours on 100 workers: 2400 worker hours, done after 200.0 to 200.");
    assertThat(made).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--conf=a=b|--conf is [a]; there is no Spark without --master",
        "--plan --cell-hours=0|--cell-hours is 0.0; it must be a number above 0.",
        "--master=local[2]|--master is local[2]; there Spark refuses tasks of several processors",
      })
  void aMistakeIsNamed(String option, String message) throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("sweep.yaml"),
            "search: {device: pixel1, space: proxyless-mobile}\ngrid: {seed: [1]}\n");
    List<String> words = new ArrayList<>(List.of(option.split(" ")));
    words.add("--out=" + folder.resolve("out"));
    assertThat(run(file, words.toArray(String[]::new))).isNotZero();
    assertThat(mistake).contains(message);
  }

  @Test
  void aFolderThatIsNoSweepIsRefused() throws Exception {
    assertThat(run(Path.of("status"), folder.toString())).isNotZero();
    assertThat(mistake).contains("is no folder of a sweep");
    Path file =
        Files.writeString(
            folder.resolve("sweep.yaml"),
            "search: {device: pixel1, space: proxyless-mobile}\ngrid: {seed: [1]}\n");
    assertThat(run(file, "--out=" + folder)).isNotZero();
    assertThat(mistake).contains("it is no folder of a sweep, and not empty");
  }

  private int run(Path first, String... more) {
    CommandLine command = new CommandLine(new SweepCommandProvider().command(silent()));
    command.setOut(new PrintWriter(out, true));
    command.setExecutionExceptionHandler(
        (e, line, result) -> {
          mistake = e.getMessage();
          return 2;
        });
    List<String> words = new ArrayList<>(List.of(first.toString()));
    words.addAll(List.of(more));
    return command.execute(words.toArray(String[]::new));
  }

  private static ProgramOptions silent() {
    return new ProgramOptions() {
      @Override
      public Progress progress() {
        return Progress.silent();
      }

      @Override
      public StopSignal stop() {
        return new StopSignal();
      }
    };
  }
}
