package org.proxyless.search.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.proxyless.base.InvalidInputException;
import org.proxyless.search.fixtures.Tiny;
import org.proxyless.search.job.result.SearchResult;
import org.proxyless.search.job.result.TrainResult;
import org.proxyless.search.run.RunControl;
import org.proxyless.search.run.RunDirectory;
import org.proxyless.search.run.RunStoppedException;
import org.proxyless.search.run.StopSignal;
import org.proxyless.search.run.progress.Progress;
import org.proxyless.search.run.settings.SearchSettings;
import org.proxyless.search.run.settings.TrainSettings;

class ResumeTest {
  private static final List<String> OUTCOME =
      List.of(
          "network.json",
          "alphas.csv",
          "candidates.csv",
          "metrics.csv",
          "weights/inherited.weights",
          "weights/trained.weights");
  private static final Duration NEVER = Duration.ofDays(1);

  @TempDir static Path shared;
  private static Path table;
  private static SearchResult undisturbed;

  @TempDir Path folder;
  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

  @BeforeAll
  static void search() {
    table = Tiny.foreignTable(shared.resolve("phone.json"));
    undisturbed = new SearchJob(settings(shared.resolve("run")), Progress.silent()).run();
  }

  private static SearchSettings settings(Path out) {
    return TinySearch.settings(table, out).allowForeignTable(true).build();
  }

  private Progress stoppingAt(String line, StopSignal stop) {
    return StoppingProgress.at(line, stop, shown);
  }

  private void stopAt(String line, Path out) {
    StopSignal stop = new StopSignal();
    SearchJob job =
        new SearchJob(settings(out), stoppingAt(line, stop), new RunControl(NEVER, stop));
    assertThatThrownBy(job::run).isInstanceOf(RunStoppedException.class);
  }

  private Optional<SearchResult> resume(Path out) {
    return SearchJob.resume(out, stoppingAt("never", new StopSignal()), RunControl.standard());
  }

  private static void assertSameOutcome(Path run, Path expected) {
    for (String file : OUTCOME) {
      assertThat(run.resolve(file)).hasSameBinaryContentAs(expected.resolve(file));
    }
  }

  private static Path newestCheckpoint(Path run) throws IOException {
    try (Stream<Path> files = Files.list(run.resolve("checkpoints"))) {
      return files.sorted().reduce((first, last) -> last).orElseThrow();
    }
  }

  @Test
  void everyPhaseGoesOnAsIfNobodyHadStoppedIt() {
    for (String line : List.of("warm-up 3/", "search 20/", "choose 1/", "fine-tune 5/")) {
      Path out = folder.resolve(line.substring(0, line.indexOf(' ')));
      stopAt(line, out);
      assertThat(out.resolve("provenance.json")).doesNotExist();
      SearchResult result = resume(out).orElseThrow();
      assertThat(result.testAccuracy()).isEqualTo(undisturbed.testAccuracy());
      assertThat(result.phaseSeconds()).containsKeys("build", "warm-up", "search", "fine-tune");
      assertSameOutcome(out, undisturbed.runDirectory());
      assertThat(out.resolve("checkpoints")).doesNotExist();
    }
  }

  @Test
  void aRunThatHasFinishedIsLeftAlone() {
    assertThat(resume(undisturbed.runDirectory())).isEmpty();
  }

  @Test
  void aDamagedCheckpointIsSkippedWithAWarning() throws IOException {
    Path out = folder.resolve("run");
    stopAt("search 20/", out);
    Path newest = newestCheckpoint(out);
    byte[] content = Files.readAllBytes(newest);
    content[content.length / 2] ^= 1;
    Files.write(newest, content);
    assertThat(resume(out)).isPresent();
    assertThat(shown.toString(StandardCharsets.UTF_8)).contains(newest + " is damaged");
    assertSameOutcome(out, undisturbed.runDirectory());
  }

  @Test
  void otherSettingsAreRefusedWithTheDifference() throws IOException {
    Path out = folder.resolve("run");
    stopAt("warm-up 3/", out);
    Path file = out.resolve("settings.yaml");
    String settings = Files.readString(file);
    Files.writeString(file, settings.replace("batchSize: 32", "batchSize: 16"));
    assertThatThrownBy(() -> resume(out))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("batchSize was 32 and is 16");
    Files.writeString(file, settings);
    Path other = Tiny.tableOfThisMachine(folder.resolve("other.table"));
    Files.copy(other, out.resolve("latency.table"), StandardCopyOption.REPLACE_EXISTING);
    assertThatThrownBy(() -> resume(out))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("tableHash was ");
  }

  @Test
  void aSecondRunOnTheSameDirectoryIsRefused() {
    try (RunDirectory held = RunDirectory.resume(undisturbed.runDirectory())) {
      assertThatThrownBy(() -> resume(held.path()))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining(
              held.path() + " is in use by process " + ProcessHandle.current().pid());
    }
    assertThat(resume(undisturbed.runDirectory())).isEmpty();
  }

  @Test
  void aTrainingGoesOnAsIfNobodyHadStoppedIt() {
    Path whole = folder.resolve("whole");
    TrainResult expected = new TrainJob(training(whole), Progress.silent()).run();
    Path out = folder.resolve("stopped");
    StopSignal stop = new StopSignal();
    TrainJob job =
        new TrainJob(training(out), stoppingAt("train 4/", stop), new RunControl(NEVER, stop));
    assertThatThrownBy(job::run).isInstanceOf(RunStoppedException.class);
    assertThatThrownBy(() -> resume(out))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("train --resume");
    Progress progress = Progress.silent();
    TrainResult result = TrainJob.resume(out, progress, RunControl.standard()).orElseThrow();
    assertThat(result.testAccuracy()).isEqualTo(expected.testAccuracy());
    for (String file : List.of("metrics.csv", "weights/trained.weights")) {
      assertThat(out.resolve(file)).hasSameBinaryContentAs(whole.resolve(file));
    }
    assertThat(TrainJob.resume(out, progress, RunControl.standard())).isEmpty();
  }

  private static TrainSettings training(Path out) {
    return new TrainSettings(undisturbed.runDirectory(), true, 1, null, null, null, null, out);
  }

  /** On a file system of half a megabyte in memory, where this process may mount one. */
  @Test
  void aFullDiskFailsTheRunAndItsCheckpointsStayGood() throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    assumeTrue(
        succeeds("mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", disk.toString()),
        "no file system can be mounted here");
    try {
      Path out = disk.resolve("run");
      stopAt("warm-up 3/", out);
      Path filler = disk.resolve("filler");
      fill(filler);
      assertThatThrownBy(() -> resume(out))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("cannot write");
      Files.delete(filler);
      assertThat(resume(out)).isPresent();
      assertSameOutcome(out, undisturbed.runDirectory());
    } finally {
      assertThat(succeeds("umount", "-l", disk.toString())).isTrue();
    }
  }

  private static void fill(Path file) throws IOException {
    byte[] block = new byte[4096];
    try (var out = Files.newOutputStream(file)) {
      while (true) {
        out.write(block);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left");
    }
  }

  private static boolean succeeds(String... command) throws Exception {
    return new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }
}
