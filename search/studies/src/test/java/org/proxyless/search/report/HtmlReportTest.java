package org.proxyless.search.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.proxyless.base.InvalidInputException;
import org.proxyless.base.StrictYaml;
import org.proxyless.search.fixtures.ReportPage;
import org.proxyless.search.job.prepare.PriceList;
import org.proxyless.search.run.Provenance;
import org.proxyless.search.run.RunDirectory;
import org.proxyless.search.run.settings.SearchSettings;

class HtmlReportTest {
  private static final String EVIL = "</script><img src=x onerror=alert(1)>&@CSS@\"'";
  private static final String METRICS =
      """
      stage,step,learningRate,loss,accuracy,expectedMillis,entropy
      warmup,0,0.1,2.5,0.125,,
      search,0,0.1,2.25,0.25,,
      architecture,0,,2,0.5,3.5,1.25
      search,1,0.1,NaN,0.25,,
      """;

  @TempDir Path folder;

  @Test
  void theWholePageIsOneFileThatNeedsNothingElse() throws IOException {
    String html = report(run("run"));
    ReportPage.of(html);
    assertThat(html).contains("default-src 'none'");
    assertThat(html).doesNotContain("<link", "@import", "src=", "url(", "fetch(", "import(");
    Matcher addresses = Pattern.compile("https?://[^\\s\"']*").matcher(html);
    while (addresses.find()) { // names of XML's vocabularies, which nobody fetches
      assertThat(addresses.group()).startsWith("http://www.w3.org/");
    }
  }

  @Test
  void namesAreNeverMarkup() throws IOException {
    Path run = run("a<b>&@DATA@'");
    Files.writeString(
        run.resolve("pareto.csv"),
        "target,predicted,measured,accuracy,network\n2,1.9,,0.5,\""
            + EVIL.replace("\"", "\"\"")
            + "\"\n");
    String html = report(run);
    ReportPage page = ReportPage.of(html);
    assertThat(page.title()).isEqualTo("a<b>&@DATA@'");
    assertThat(page.run(0).get("name").textValue()).isEqualTo("a<b>&@DATA@'");
    JsonNode point = page.run(0).get("pareto").get(0);
    assertThat(point.get("network").textValue()).isEqualTo(EVIL);
    assertThat(point.get("measuredMillis").isNull()).isTrue();
    assertThat(point.get("predictedMillis").doubleValue()).isEqualTo(1.9);
    assertThat(html).doesNotContain("<img");
  }

  @Test
  void aRunThatWasInterruptedShowsWhatThereIs() throws IOException {
    Path run = run("run");
    Files.writeString(run.resolve("metrics.csv"), METRICS + "search,2,0.1,1.9");
    JsonNode shown = ReportPage.of(report(run)).run(0);
    assertThat(shown.get("state").textValue()).isEqualTo("interrupted");
    assertThat(shown.get("remark").textValue()).isEqualTo("search, step 1");
    assertThat(shown.get("layers")).isEmpty();
    assertThat(shown.get("provenance").isNull()).isTrue();
    JsonNode search = shown.get("stages").get(1);
    assertThat(search.get("stage").textValue()).isEqualTo("search");
    assertThat(search.get("columns").get("step")).hasSize(2);
    assertThat(search.get("columns").get("loss").get(1).isNull()).isTrue(); // was NaN
    JsonNode architecture = shown.get("stages").get(2).get("columns");
    assertThat(architecture.get("expectedMillis").get(0).doubleValue()).isEqualTo(3.5);
    assertThat(architecture.get("learningRate").get(0).isNull()).isTrue();
  }

  @Test
  void probabilitiesGetTheNamesOfEdgesAndCandidates() throws IOException {
    Path run = run("run");
    Map<String, Object> type = Map.of("type", "Conv", "kernel", 3);
    List<PriceList.Candidate> two =
        List.of(
            new PriceList.Candidate("Conv 3×3", "a", type, 2, 1.9, 2.1),
            new PriceList.Candidate("skip", "b", Map.of("type", "Zero"), 0, null, null));
    PriceList prices =
        new PriceList(
            "s",
            "d",
            "hash",
            3,
            0.5,
            List.of(
                new PriceList.PricedBlock("stem", two.subList(0, 1)),
                new PriceList.PricedBlock("stage1", two)),
            null,
            null,
            null);
    Files.write(run.resolve(PriceList.FILE), StrictYaml.write(prices));
    Files.writeString(
        run.resolve("alphas.csv"),
        "step,edge,candidate,probability\n0,0,0,0.5\n0,0,1,0.5\n25,0,0,0.75\n25,0,1,0.25\n50,0,0,1\n");
    JsonNode shown = ReportPage.of(report(run)).run(0);
    assertThat(shown.get("space").get("minMillis").doubleValue()).isEqualTo(2.5);
    assertThat(shown.get("space").get("maxMillis").doubleValue()).isEqualTo(4.5);
    assertThat(shown.get("edges")).hasSize(1);
    assertThat(shown.get("edges").get(0))
        .hasToString(
            "{\"name\":\"stage1\",\"candidates\":[\"Conv 3×3\",\"skip\"],\"steps\":[0,25],"
                + "\"probabilities\":[[0.5,0.5],[0.75,0.25]]}");
  }

  @Test
  void longStagesAreThinnedToMeansThatKeepTheirEnd() throws IOException {
    Path run = run("run");
    StringBuilder rows =
        new StringBuilder("stage,step,learningRate,loss,accuracy,expectedMillis,entropy\n");
    for (int step = 0; step < 1500; step++) {
      rows.append("search,").append(step).append(",0.1,").append(step).append(",1,,\n");
    }
    Files.writeString(run.resolve("metrics.csv"), rows);
    JsonNode stage = ReportPage.of(report(run)).run(0).get("stages").get(0);
    assertThat(stage.get("stepsAPoint").intValue()).isEqualTo(3);
    JsonNode columns = stage.get("columns");
    assertThat(columns.get("step")).hasSize(500);
    assertThat(columns.get("step").get(499).longValue()).isEqualTo(1499);
    assertThat(columns.get("loss").get(0).doubleValue()).isEqualTo(1);
    assertThat(columns.get("loss").get(499).doubleValue()).isEqualTo(1498);
  }

  @Test
  void severalRunsAreInOnePage() throws IOException {
    ReportPage page = ReportPage.of(report(run("one"), run("two")));
    assertThat(page.title()).isEqualTo("one, two");
    assertThat(page.data().get("runs")).hasSize(2);
    assertThat(page.run(1).get("name").textValue()).isEqualTo("two");
  }

  @Test
  void aComparisonOfStrategiesComesFirst() throws IOException {
    ReportPage page =
        ReportPage.of(
            HtmlReport.of(
                    List.of(RunRecord.read(run("random-1")), RunRecord.read(run("bayes-1"))),
                    Map.of("targetMillis", 2.5, "strategies", List.of(Map.of("strategy", EVIL))))
                .toString());
    assertThat(page.title()).isEqualTo("Comparison of strategies");
    JsonNode strategies = page.data().get("strategies");
    assertThat(strategies.get("targetMillis").doubleValue()).isEqualTo(2.5);
    assertThat(strategies.get("strategies").get(0).get("strategy").textValue()).isEqualTo(EVIL);
    assertThat(page.data().get("runs")).hasSize(2);
  }

  @Test
  void theFiguresAreThoseOfTheProvenance() throws IOException {
    Path run = run("run");
    new Provenance(
            "d1",
            "t1",
            3,
            Map.of("strategy", "gradient"),
            Instant.EPOCH,
            Map.of("testAccuracy", 0.875, "measuredMillis", 2.5, "predictedMillis", 2.25))
        .write(run.resolve(Provenance.FILE));
    JsonNode shown = ReportPage.of(report(run)).run(0);
    assertThat(shown.get("state").textValue()).isEqualTo("finished");
    assertThat(shown.get("testAccuracy").doubleValue()).isEqualTo(0.875);
    assertThat(shown.get("measuredMillis").doubleValue()).isEqualTo(2.5);
    assertThat(shown.get("provenance").get("dataHash").textValue()).isEqualTo("d1");
  }

  @Test
  void aFolderThatIsNoRunAndADamagedFileAreRefused() throws IOException {
    assertThatThrownBy(() -> RunRecord.read(folder))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("no run directory");
    Path run = run("run");
    Files.writeString(run.resolve("metrics.csv"), METRICS.replace("2.25", "two"));
    assertThatThrownBy(() -> RunRecord.read(run))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("metrics.csv, line 3: loss is 'two'");
    Files.writeString(run.resolve("metrics.csv"), METRICS.replace("warmup,0,", "warmup,"));
    assertThatThrownBy(() -> RunRecord.read(run))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("metrics.csv, line 2: 6 cells under 7 columns");
  }

  private Path run(String name) throws IOException {
    Path run = folder.resolve(name);
    SearchSettings settings = SearchSettings.builder().out(run).build();
    RunDirectory.create(settings, LocalDateTime.of(2026, 3, 4, 5, 6)).close();
    Files.writeString(run.resolve("metrics.csv"), METRICS);
    return run;
  }

  private static String report(Path... runs) {
    return HtmlReport.of(List.of(runs).stream().map(RunRecord::read).toList()).toString();
  }
}
