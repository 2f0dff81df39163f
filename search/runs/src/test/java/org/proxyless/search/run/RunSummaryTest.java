package org.proxyless.search.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.proxyless.base.InvalidInputException;
import org.proxyless.search.run.settings.SearchSettings;

class RunSummaryTest {
  private static final LocalDateTime START = LocalDateTime.of(2026, 3, 4, 5, 6, 7);

  @TempDir Path home;

  @Test
  void aRunWithoutAResultWasInterruptedWhereItsMetricsEnd() throws IOException {
    Path run = create("run");
    assertThat(state(run)).isEqualTo("interrupted: before the first step");
    Files.writeString(run.resolve("metrics.csv"), "stage,step\nsearch,1\nsearch,2\nsea");
    assertThat(state(run)).isEqualTo("interrupted: search, step 2");
  }

  @Test
  void aResultMakesItFinished() {
    Path run = create("run");
    provenance(Map.of()).write(run.resolve(Provenance.FILE)); // written before the export, too
    assertThat(state(run)).startsWith("interrupted");
    provenance(Map.of("testAccuracy", 0.75, "measuredMillis", 2))
        .write(run.resolve(Provenance.FILE));
    RunSummary summary = RunSummary.of(run);
    assertThat(summary.state()).isEqualTo(RunState.FINISHED);
    assertThat(summary.testAccuracy()).isEqualTo(0.75);
    assertThat(summary.measuredMillis()).isEqualTo(2);
    assertThat(summary.predictedMillis()).isNull();
    assertThat(summary.targetMillis()).isEqualTo(2.5);
  }

  @Test
  void anErrorMakesItFailedUntilItGoesOn() {
    Path folder = home.resolve("run");
    try (RunDirectory run = RunDirectory.create(settings(folder), START)) {
      assertThatThrownBy(
              () ->
                  run.recorded(
                      () -> {
                        throw new InvalidInputException("the disk\nis full");
                      }))
          .isInstanceOf(InvalidInputException.class);
    }
    assertThat(state(folder)).isEqualTo("failed: the disk is full");
    try (RunDirectory run = RunDirectory.resume(folder)) {
      run.recorded(() -> 1);
    }
    assertThat(state(folder)).startsWith("interrupted");
  }

  @Test
  void aLockThatAnotherProcessHoldsMakesItRunning() throws Exception {
    Path run = create("run");
    Process holder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                run.resolve(RunLock.FILE).toString())
            .start();
    try (var said = holder.inputReader()) {
      assertThat(said.readLine()).isEqualTo("locked");
      assertThat(state(run)).startsWith("running");
    } finally {
      holder.destroyForcibly();
      holder.waitFor();
    }
    assertThat(run.resolve(RunLock.FILE)).exists();
    assertThat(state(run)).startsWith("interrupted"); // a dead process holds nothing
  }

  /** Holds a lock until it is killed. */
  static final class Holder {
    public static void main(String[] arguments) throws Exception {
      try (FileChannel channel =
          FileChannel.open(
              Path.of(arguments[0]), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        channel.lock();
        System.out.println("locked");
        Thread.sleep(Long.MAX_VALUE);
      }
    }
  }

  @Test
  void runsAreListedInTheOrderInWhichTheyBeganAndNothingElseIs() throws IOException {
    begun(create("later"), "2026-03-04T05:06:08Z");
    begun(create("earlier"), "2026-03-04T05:06:07Z");
    Files.createDirectory(home.resolve("no run"));
    assertThat(RunSummary.list(home))
        .extracting(run -> run.path().getFileName().toString())
        .containsExactly("earlier", "later");
    assertThat(RunSummary.list(home.resolve("later"))).hasSize(1);
    assertThatThrownBy(() -> RunSummary.list(home.resolve("none")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("none");
  }

  @Test
  void aDamagedRunDoesNotHideTheOthers() throws IOException {
    create("good");
    Files.writeString(create("bad").resolve("settings.yaml"), "nonsense: 1\n");
    assertThat(RunSummary.list(home))
        .anyMatch(run -> run.state() == RunState.DAMAGED && run.remark().contains("settings.yaml"))
        .anyMatch(run -> run.state() == RunState.INTERRUPTED);
  }

  private static void begun(Path run, String time) throws IOException {
    Files.setLastModifiedTime(run.resolve("settings.yaml"), FileTime.from(Instant.parse(time)));
  }

  private Path create(String name) {
    Path run = home.resolve(name);
    RunDirectory.create(settings(run), START).close();
    return run;
  }

  private static SearchSettings settings(Path run) {
    return SearchSettings.builder().targetMillis(2.5).out(run).build();
  }

  private static Provenance provenance(Map<String, ?> figures) {
    return new Provenance("d", "t", 1, Map.of(), Instant.EPOCH, figures);
  }

  private static String state(Path run) {
    RunSummary summary = RunSummary.of(run);
    return summary.state() + ": " + summary.remark();
  }
}
