package org.proxyless.search.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.proxyless.search.fixtures.Tiny;
import org.proxyless.search.run.RunControl;
import org.proxyless.search.run.StopSignal;
import org.proxyless.search.run.progress.Progress;
import org.proxyless.search.run.settings.SearchSettings;

/**
 * A run that is killed by SIGKILL at random moments and resumed each time ends like one that nobody
 * disturbed. {@code -Dproxyless.kills=20} kills more often, {@code -Dproxyless.killSeed} at other
 * moments.
 */
class KilledRunTest {
  private static final int KILLS = Integer.getInteger("proxyless.kills", 2);
  private static final long SEED = Long.getLong("proxyless.killSeed", 1);
  private static final List<String> OUTCOME =
      List.of(
          "network.json",
          "alphas.csv",
          "metrics.csv",
          "weights/inherited.weights",
          "weights/trained.weights");

  @TempDir Path folder;

  @Test
  void aRunThatIsKilledAndResumedEndsWithTheSameBits() throws Exception {
    Path table = Tiny.foreignTable(folder.resolve("phone.json"));
    Path undisturbed = folder.resolve("undisturbed");
    long start = System.nanoTime();
    assertThat(start(table, undisturbed).waitFor()).isZero();
    long wholeMillis = (System.nanoTime() - start) / 1_000_000;

    Random random = new Random(SEED);
    int kills = 0;
    int duringCheckpoint = 0;
    for (int run = 0; kills < KILLS; run++) {
      Path out = folder.resolve("run" + run);
      boolean done = false;
      while (!done) {
        Process process = start(table, out);
        if (kills < KILLS) {
          boolean whileWriting = kills % 2 == 1;
          done = process.waitFor(random.nextLong(wholeMillis), TimeUnit.MILLISECONDS);
          while (!done && whileWriting && !isWriting(out)) {
            done = !process.isAlive();
          }
          process.destroyForcibly();
        }
        int exitCode = process.waitFor();
        assertThat(exitCode).as(log(out)).isIn(0, 128 + 9);
        done = exitCode == 0;
        kills += done ? 0 : 1;
        duringCheckpoint += !done && isWriting(out) ? 1 : 0;
      }
      for (String file : OUTCOME) {
        assertThat(out.resolve(file)).hasSameBinaryContentAs(undisturbed.resolve(file));
      }
      assertThat(out.resolve("checkpoints")).doesNotExist();
    }
    System.out.printf(
        "%d kills, %d of them while a checkpoint was being written%n", kills, duringCheckpoint);
  }

  private static boolean isWriting(Path out) throws IOException {
    Path checkpoints = out.resolve("checkpoints");
    if (!Files.isDirectory(checkpoints)) {
      return false;
    }
    try (Stream<Path> files = Files.list(checkpoints)) {
      return files.anyMatch(file -> file.toString().endsWith(".part"));
    }
  }

  private static String log(Path out) throws IOException {
    Path log = out.resolve("log.txt");
    return Files.exists(log) ? Files.readString(log) : "no log";
  }

  private static Process start(Path table, Path out) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(StartOrGoOn.class.getName(), table.toString(), out.toString()));
    return new ProcessBuilder(command).inheritIO().start();
  }

  /** The search in a process of its own, with a checkpoint as often as there can be. */
  static final class StartOrGoOn {
    public static void main(String[] arguments) {
      Path out = Path.of(arguments[1]);
      RunControl control = new RunControl(Duration.ofMillis(100), new StopSignal());
      if (Files.exists(out.resolve("settings.yaml"))) {
        SearchJob.resume(out, Progress.silent(), control);
      } else {
        SearchSettings settings =
            TinySearch.settings(Path.of(arguments[0]), out).allowForeignTable(true).build();
        new SearchJob(settings, Progress.silent(), control).run();
      }
    }
  }
}
