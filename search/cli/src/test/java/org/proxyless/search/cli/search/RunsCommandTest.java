package org.proxyless.search.cli.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.proxyless.search.cli.Main;
import org.proxyless.search.run.Provenance;
import org.proxyless.search.run.RunDirectory;
import org.proxyless.search.run.settings.SearchSettings;
import picocli.CommandLine;

class RunsCommandTest {
  @TempDir Path folder;
  private final StringWriter out = new StringWriter();

  @BeforeEach
  void aRunThatFinished() {
    Path run = folder.resolve("one");
    RunDirectory.create(
            SearchSettings.builder().targetMillis(2.5).out(run).build(), LocalDateTime.MIN)
        .close();
    new Provenance(
            "d",
            "t",
            1,
            Map.of(),
            Instant.EPOCH,
            Map.of("testAccuracy", 0.75, "predictedMillis", 2.25, "measuredMillis", 2.375))
        .write(run.resolve(Provenance.FILE));
  }

  @Test
  void theListShowsStateTargetAndResult() throws Exception {
    Path json = folder.resolve("list.json");
    assertThat(run("runs", "list", folder.toString(), "--json", json.toString())).isZero();
    assertThat(out.toString().lines()).hasSize(2);
    assertThat(out.toString())
        .containsPattern(
            "one +finished +\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d +2\\.500 ms +2\\.250 ms +2\\.375 ms"
                + " +75\\.00 %\n");
    JsonNode listed = new ObjectMapper().readTree(json.toFile()).get("runs").get(0);
    assertThat(listed.get("state").textValue()).isEqualTo("finished");
    assertThat(listed.get("measuredMillis").doubleValue()).isEqualTo(2.375);
  }

  @Test
  void anEmptyFolderIsSaidToBeOne() throws Exception {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertThat(run("runs", "list", empty.toString())).isZero();
    assertThat(out.toString()).startsWith("no runs in ");
  }

  @Test
  void theReportIsWrittenIntoTheRunUnlessAskedOtherwise() {
    Path run = folder.resolve("one");
    assertThat(run("report", run.toString())).isZero();
    assertThat(run.resolve("report.html")).isNotEmptyFile();
    Path page = folder.resolve("page.html");
    assertThat(run("report", run.toString(), run.toString(), "--out", page.toString())).isZero();
    assertThat(page).isNotEmptyFile();
    assertThat(out.toString()).contains("written   " + page);
  }

  private int run(String... words) {
    CommandLine commandLine = Main.commandLine();
    commandLine.setOut(new PrintWriter(out, true));
    return commandLine.execute(words);
  }
}
