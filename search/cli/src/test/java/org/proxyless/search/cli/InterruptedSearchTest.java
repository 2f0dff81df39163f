package org.proxyless.search.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.proxyless.search.fixtures.Tiny;

/** The program itself, told to end while it searches. */
@Timeout(300) // on a busy machine; alone it takes 15 seconds
@DisabledOnOs(OS.WINDOWS)
class InterruptedSearchTest {
  private static final int EPOCHS = 10;

  @TempDir Path folder;

  @Test
  void aSignalEndsASearchWithACheckpointAndALineThatSaysHowToGoOn() throws Exception {
    Path out = folder.resolve("run");
    Process search =
        start(
            List.of(
                "search",
                "--space=" + Tiny.space(),
                "--table=" + Tiny.foreignTable(folder.resolve("phone.json")),
                "--allow-foreign-table",
                "--max-images=600",
                "--warmup-epochs=1",
                "--epochs=" + EPOCHS,
                "--threads=1",
                "--no-proof",
                "--out=" + out));
    Path metrics = out.resolve("metrics.csv");
    while (search.isAlive() && !(Files.exists(metrics) && lines(metrics).size() > 40)) {
      Thread.sleep(5);
    }
    search.destroy(); // SIGTERM
    assertThat(search.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(search.exitValue()).as(String.join("\n", lines(err()))).isEqualTo(143);
    String goOn = "search --resume " + out.toRealPath();
    assertThat(lines(err())).last().isEqualTo("interrupted; go on with: " + goOn);
    int before = lines(metrics).size();

    Process resumed = start(List.of(goOn.split(" ")));
    assertThat(resumed.waitFor()).as(String.join("\n", lines(err()))).isZero();
    assertThat(lines(metrics)).hasSizeGreaterThan(before).doesNotHaveDuplicates();
    assertThat(out.resolve("export/tiny/1/saved_model.pb")).exists();

    Process again = start(List.of(goOn.split(" ")));
    assertThat(again.waitFor()).isZero();
    assertThat(lines(folder.resolve("out"))).singleElement().asString().contains("has finished");

    Process other = start(List.of("search", "--resume", out.toString(), "--epochs", "3"));
    assertThat(other.waitFor()).isEqualTo(2);
    assertThat(lines(err())).singleElement().asString().contains("leave out --epochs");
  }

  private Path err() {
    return folder.resolve("err");
  }

  private static List<String> lines(Path file) throws IOException {
    return Files.readAllLines(file);
  }

  private Process start(List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(arguments);
    return new ProcessBuilder(command)
        .redirectError(err().toFile())
        .redirectOutput(folder.resolve("out").toFile())
        .start();
  }
}
