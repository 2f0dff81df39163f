package org.proxyless.search.sweep.cell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class CellCommandTest {
  private static final Place HERE = new Place("here", "");

  @TempDir Path folder;

  @Test
  void aProgramThatEndsWellIsFinishedAndItsWordsAreInTheLog() throws Exception {
    CellOutcome outcome = shell("echo $0 $COLOUR").execute(HERE);
    assertThat(outcome.finished()).isTrue();
    assertThat(outcome.message()).isEmpty();
    assertThat(outcome.where()).isEqualTo(HERE);
    assertThat(folder.resolve("log.txt")).hasContent("anew green");
  }

  @Test
  void theMessageOfAFailureIsTheProgramsOwnAndOfThisAttempt() throws Exception {
    shell("echo error: of the first; exit 2").execute(HERE);
    CellOutcome own = shell("echo error: no luck; echo more; exit 2").execute(HERE);
    assertThat(own.finished()).isFalse();
    assertThat(own.message()).isEqualTo("no luck");
    CellOutcome silent = shell("kill -9 $$").execute(HERE);
    assertThat(silent.message()).startsWith("the program ended with exit code 137");
  }

  @Test
  void aRunThatHasBegunIsGoneOnWith() throws Exception {
    Files.createDirectory(folder.resolve("run"));
    Files.createFile(folder.resolve("run/settings.yaml"));
    assertThat(shell("test $0 = again").execute(HERE).finished()).isTrue();
  }

  @Test
  void itWaitsForAnAttemptThatStillHasTheRun() throws Exception {
    Path run = Files.createDirectory(folder.resolve("run"));
    CompletableFuture<CellOutcome> outcome;
    try (FileChannel channel = open(run.resolve(".lock"));
        FileLock lock = channel.lock()) {
      outcome =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return shell("true").execute(HERE);
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              });
      assertThat(lock.isValid()).isTrue();
      Thread.sleep(300); // long enough to start, were it not to wait
      assertThat(folder.resolve("log.txt")).doesNotExist();
    }
    assertThat(outcome.get(30, TimeUnit.SECONDS).finished()).isTrue();
    assertThat(folder.resolve("log.txt")).exists();
  }

  @Test
  void anInterruptedCellLeavesNoProcess() throws Exception {
    CellCommand command = shell("echo $$ > pid; exec sleep 60");
    Thread thread =
        new Thread(
            () -> {
              try {
                command.execute(HERE);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    thread.start();
    Path pid = folder.resolve("pid");
    while (!Files.exists(pid) || Files.size(pid) == 0) {
      Thread.sleep(20);
    }
    ProcessHandle process =
        ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).orElseThrow();
    thread.interrupt();
    thread.join(30_000);
    process.onExit().get(30, TimeUnit.SECONDS);
    assertThat(thread.isAlive()).isFalse();
  }

  @Test
  void aMachineThatDoesNotShareTheFolderSaysSo() throws Exception {
    String elsewhere = folder.resolve("not/there").toString();
    CellCommand command =
        new CellCommand(List.of("true"), Map.of(), List.of(), List.of(), elsewhere, elsewhere);
    assertThat(command.execute(HERE).message())
        .contains("a sweep's folder must be shared by all machines");
  }

  @Test
  void aProgramThatIsNotThereFailsTheCell() throws Exception {
    String run = folder.resolve("run").toString();
    String log = folder.resolve("log.txt").toString();
    CellCommand command =
        new CellCommand(List.of("/no/such/program"), Map.of(), List.of(), List.of(), run, log);
    assertThat(command.execute(HERE).message()).contains("on here the cell cannot be started");
  }

  private static FileChannel open(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private CellCommand shell(String script) {
    return new CellCommand(
        List.of("sh", "-c", "cd " + folder + "; " + script),
        Map.of("COLOUR", "green"),
        List.of("anew"),
        List.of("again"),
        folder.resolve("run").toString(),
        folder.resolve("log.txt").toString());
  }
}
