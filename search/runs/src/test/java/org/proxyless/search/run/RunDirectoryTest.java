package org.proxyless.search.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.proxyless.base.CsvFile;
import org.proxyless.base.InvalidInputException;
import org.proxyless.search.run.settings.SearchSettings;
import org.slf4j.LoggerFactory;

class RunDirectoryTest {
  private static final LocalDateTime START = LocalDateTime.of(2026, 3, 4, 5, 6, 7);

  @TempDir Path temporary;

  @Test
  void outIsTheRunDirectoryItselfAndKeepsTheSettings() {
    SearchSettings settings = settings("a/b");
    try (RunDirectory run = RunDirectory.create(settings, START)) {
      assertThat(run.path()).isEqualTo(temporary.resolve("a/b")).isAbsolute();
      assertThat(run.settings()).isEqualTo(settings);
    }
    try (RunDirectory again = RunDirectory.open(temporary.resolve("a/b"))) {
      assertThat(again.settings()).isEqualTo(settings);
    }
  }

  @Test
  void aRunNeverOverwritesAnother() {
    RunDirectory.create(settings("run"), START).close();
    assertThatThrownBy(() -> RunDirectory.create(settings("run"), START))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("--out is " + temporary.resolve("run"))
        .hasMessageContaining("not empty");
  }

  @Test
  void aFileIsNoRunDirectory() throws IOException {
    Files.writeString(temporary.resolve("file"), "");
    assertThatThrownBy(() -> RunDirectory.create(settings("file"), START))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("it is a file");
    assertThatThrownBy(() -> RunDirectory.create(settings("file/below"), START))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("it cannot be made");
    assertThatThrownBy(() -> RunDirectory.open(temporary))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("no run directory");
  }

  @Test
  void withoutOutEveryRunGetsAFolderOfItsOwn() throws IOException {
    Path first = RunDirectory.fresh(temporary, "small-local-cpu", START);
    Path second = RunDirectory.fresh(temporary, "small-local-cpu", START);
    assertThat(first).hasFileName("small-local-cpu-20260304-050607").isDirectory();
    assertThat(second).hasFileName("small-local-cpu-20260304-050607-2").isDirectory();
  }

  @Test
  void theLogGoesToTheRunAndEndsWithIt() throws IOException {
    RunDirectory run = RunDirectory.create(settings("run"), START);
    LoggerFactory.getLogger("test").info("during");
    assertThat(RunLog.recordDefect(new IllegalStateException("broken")))
        .isEqualTo(run.file("log.txt"));
    run.close();
    LoggerFactory.getLogger("test").info("after");
    assertThat(Files.readString(run.file("log.txt")))
        .contains("during", "java.lang.IllegalStateException: broken", "\tat ")
        .doesNotContain("after");
  }

  @Test
  void withoutARunADefectGetsALogOfItsOwn() throws IOException {
    Path file = RunLog.recordDefect(new IllegalStateException("broken"));
    assertThat(Files.readString(file)).contains("IllegalStateException: broken", "\tat ");
    Files.delete(file);
  }

  @Test
  void metricsAreInTheFileAsSoonAsAppended() throws IOException {
    try (RunDirectory run = RunDirectory.create(settings("run"), START);
        CsvFile metrics = run.metrics(0, "step", "loss")) {
      metrics.append(1, 0.5);
      assertThat(Files.readString(run.file("metrics.csv"))).isEqualTo("step,loss\n1,0.5\n");
    }
  }

  @Test
  void provenanceSaysWhatSomethingCameOutOf() throws IOException {
    Path file = temporary.resolve("provenance.json");
    SearchSettings settings = settings("run");
    new Provenance("d1", "t1", 3, settings, Instant.EPOCH, Map.of("testAccuracy", 0.9)).write(file);
    JsonNode json = new ObjectMapper().readTree(file.toFile());
    assertThat(json.get("versions").get("proxyless").textValue()).matches("\\d+\\.\\d+.*");
    assertThat(json.get("versions").get("tensorflow-java").textValue()).matches("\\d+\\.\\d+.*");
    assertThat(json.get("settings").get("out").textValue()).isEqualTo(settings.out().toString());
    assertThat(json.get("time").textValue()).isEqualTo("1970-01-01T00:00:00Z");
    assertThat(json.get("figures").get("testAccuracy").doubleValue()).isEqualTo(0.9);
  }

  private SearchSettings settings(String out) {
    return SearchSettings.builder().out(temporary.resolve(out)).build();
  }
}
