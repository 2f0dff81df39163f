package org.proxyless.search.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.proxyless.base.InvalidInputException;
import org.proxyless.latency.LatencyEntry;
import org.proxyless.latency.LatencyTable;
import org.proxyless.latency.LatencyTables;
import org.proxyless.network.NetworkWeights;
import org.proxyless.search.fixtures.Tiny;
import org.proxyless.search.job.keeping.SharedWeightsFile;
import org.proxyless.search.job.keeping.TrainedNetwork;
import org.proxyless.search.job.result.SearchResult;
import org.proxyless.search.report.RunRecord;
import org.proxyless.search.run.RunControl;
import org.proxyless.search.run.RunDirectory;
import org.proxyless.search.run.RunStoppedException;
import org.proxyless.search.run.StopSignal;
import org.proxyless.search.run.progress.Progress;
import org.proxyless.search.run.settings.DerivationSettings;
import org.proxyless.search.run.settings.SearchSettings;
import org.proxyless.search.run.settings.StrategyKind;

class DeriveTest {
  private static final List<String> OUTCOME =
      List.of(
          "network.json",
          "candidates.csv",
          "metrics.csv",
          "weights/supernet.weights",
          "weights/inherited.weights",
          "weights/trained.weights");

  @TempDir static Path shared;
  private static Path search;

  @TempDir Path folder;

  @BeforeAll
  static void search() {
    Path table = Tiny.foreignTable(shared.resolve("phone.json"));
    search =
        new SearchJob(
                TinySearch.settings(table, shared.resolve("run"))
                    .allowForeignTable(true)
                    .epochs(1)
                    .fineTuneEpochs(0)
                    .build(),
                Progress.silent())
            .run()
            .runDirectory();
  }

  /** Of the 18 networks, at most this many are asked for. */
  private SearchSettings.Builder settings(double targetMillis, String out) {
    return RunDirectory.derivation(search)
        .derivation(new DerivationSettings(search, 12))
        .targetMillis(targetMillis)
        .out(folder.resolve(out));
  }

  private static SearchResult run(SearchSettings settings) {
    return new SearchJob(settings, Progress.silent()).run();
  }

  @Test
  void anotherTargetGetsTheBestOfTheNetworksThatUseItWithTheSharedWeights() throws IOException {
    SearchResult result = run(settings(1.55, "run").build());
    assertThat(result.prediction().latencyMillis()).isBetween(0.95 * 1.55, 1.55);
    List<String[]> scored =
        Files.readAllLines(result.runDirectory().resolve("candidates.csv")).stream()
            .map(row -> row.split(","))
            .filter(row -> row[0].equals("12"))
            .toList();
    String path =
        String.join(
            " ", IntStream.of(result.path()).mapToObj(Integer::toString).toArray(String[]::new));
    double most =
        scored.stream().mapToDouble(row -> Double.parseDouble(row[3])).max().orElseThrow();
    assertThat(scored)
        .filteredOn(row -> row[4].equals(path))
        .singleElement()
        .satisfies(row -> assertThat(Double.parseDouble(row[3])).isEqualTo(most));

    assertThat(result.runDirectory().resolve("weights/supernet.weights"))
        .hasSameBinaryContentAs(search.resolve("weights/supernet.weights"));
    try (RunDirectory own = RunDirectory.open(result.runDirectory());
        RunDirectory origin = RunDirectory.open(search)) {
      NetworkWeights inherited = TrainedNetwork.readInherited(own, result.network());
      NetworkWeights of =
          SharedWeightsFile.of(
              SharedWeightsFile.read(origin), result.space(), result.path(), origin);
      assertThat(inherited.all().keySet()).isEqualTo(of.all().keySet());
      inherited.all().forEach((key, values) -> assertThat(values).isEqualTo(of.get(key)));
    }
    assertThat(result.savedModel().resolve("1/saved_model.pb")).exists();
    RunRecord record = RunRecord.read(result.runDirectory());
    assertThat(record.summary().testAccuracy()).isEqualTo(result.testAccuracy());
    assertThat(record.layers()).hasSameSizeAs(result.network().operators());
  }

  @Test
  void limitsAndOtherTablesCountToo() {
    SearchResult fewer = run(settings(3.1, "fewer").maxParams(1500L).build());
    assertThat(fewer.network().parameters()).isLessThanOrEqualTo(1500);

    LatencyTable table = LatencyTables.read(search.resolve(RunDirectory.TABLE));
    LatencyTable.Builder slower = LatencyTable.builder("slower", "tiny");
    table
        .entries()
        .forEach((key, entry) -> slower.put(key, LatencyEntry.ofMillis(10 * entry.medianMillis())));
    LatencyTables.write(slower.build(), folder.resolve("slower.table"));
    SearchResult elsewhere =
        run(settings(17, "elsewhere").table(folder.resolve("slower.table")).build());
    assertThat(elsewhere.prediction().latencyMillis()).isBetween(12.0, 17.0);
  }

  @Test
  void aRunThatWasCutShortGoesOnWithTheSameBitsAlsoWithoutTheRunThatItCameFrom()
      throws IOException {
    Path origin = folder.resolve("origin");
    for (String file :
        List.of("settings.yaml", "latency.table", "provenance.json", "weights/supernet.weights")) {
      Files.createDirectories(origin.resolve(file).getParent());
      Files.copy(search.resolve(file), origin.resolve(file));
    }
    SearchSettings.Builder settings =
        RunDirectory.derivation(origin)
            .derivation(new DerivationSettings(origin, 12))
            .targetMillis(2.2)
            .fineTuneEpochs(1);
    Path undisturbed = run(settings.out(folder.resolve("undisturbed")).build()).runDirectory();
    assertThat(Files.readAllLines(undisturbed.resolve("metrics.csv")))
        .anyMatch(row -> row.startsWith("fine-tune,"));
    Path out = folder.resolve("run");
    StoppingProgress.stop(settings.out(out).build(), "derive 4/");
    try (var files = Files.walk(origin.resolve("weights"))) {
      files.filter(Files::isRegularFile).forEach(file -> file.toFile().delete());
    }
    StopSignal stop = new StopSignal();
    assertThatThrownBy(
            () ->
                SearchJob.resume(
                    out,
                    StoppingProgress.at("fine-tune 5/", stop, OutputStream.nullOutputStream()),
                    new RunControl(Duration.ofDays(1), stop)))
        .isInstanceOf(RunStoppedException.class);
    assertThat(SearchJob.resume(out, Progress.silent(), RunControl.standard())).isPresent();
    for (String file : OUTCOME) {
      assertThat(out.resolve(file)).hasSameBinaryContentAs(undisturbed.resolve(file));
    }
  }

  @Test
  void whatHasNoSharedWeightsOrOtherDataIsRefusedBeforeARunBegins() throws IOException {
    Path bare = folder.resolve("bare");
    Files.createDirectories(bare);
    assertThatThrownBy(() -> RunDirectory.derivation(bare))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("is no run directory");
    Files.copy(search.resolve("settings.yaml"), bare.resolve("settings.yaml"));
    Files.copy(search.resolve("latency.table"), bare.resolve("latency.table"));
    SearchSettings without =
        RunDirectory.derivation(bare).out(folder.resolve("out")).targetMillis(2.0).build();
    assertThatThrownBy(() -> run(without))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("has no weights/supernet.weights");

    Files.createDirectories(bare.resolve("weights"));
    Files.copy(
        search.resolve("weights/supernet.weights"), bare.resolve("weights/supernet.weights"));
    ObjectNode provenance =
        (ObjectNode) new ObjectMapper().readTree(search.resolve("provenance.json").toFile());
    Files.writeString(
        bare.resolve("provenance.json"), provenance.put("dataHash", "other").toString());
    assertThatThrownBy(() -> run(without))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("is not the one that " + bare.toAbsolutePath());
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void strategiesThatNeedGradientsAndSeveralTargetsAreRefused() {
    SearchSettings.Builder gradient = settings(2, "out").strategy(StrategyKind.GDAS);
    assertThatThrownBy(gradient::build)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("--strategy is gdas; to derive a network takes one that only");
    SearchSettings.Builder several = settings(2, "out").targetsMillis(Arrays.asList(2.0, 3.0));
    assertThatThrownBy(several::build)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("one at a time");
  }
}
