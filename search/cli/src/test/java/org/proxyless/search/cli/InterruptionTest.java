package org.proxyless.search.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On real processes. */
@Timeout(30)
@DisabledOnOs(OS.WINDOWS)
class InterruptionTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"TERM, 143", "INT, 130", "HUP, 129"})
  void aSignalEndsProgramAndChildWithOneLine(String signal, int exitCode) throws Exception {
    Process program = start(List.of());
    try {
      long[] pids = pids(program);
      assumeFalse(ignores(pids[0], signal), "SIG" + signal + " is ignored where these tests run");
      assertThat(new ProcessBuilder("kill", "-" + signal, "" + pids[0]).start().waitFor()).isZero();
      assertThat(program.waitFor(10, TimeUnit.SECONDS)).isTrue();
      awaitEnd(pids);
    } finally {
      program.destroyForcibly();
    }
    assertThat(program.exitValue()).isEqualTo(exitCode);
    assertThat(Files.readAllLines(folder.resolve("err"))).containsExactly("interrupted");
  }

  @Test
  void theDeathOfWhoStartedItEndsProgramAndChildWithOneLine() throws Exception {
    Process shell = start(List.of("sh", "-c", "\"$@\" & wait", "sh"));
    long[] pids = pids(shell);
    assertThat(pids[0]).isNotEqualTo(shell.pid());
    shell.destroyForcibly();
    awaitEnd(pids);
    assertThat(Files.readAllLines(folder.resolve("err"))).containsExactly("interrupted");
  }

  /** The program's and its child's. */
  private static long[] pids(Process process) throws IOException {
    String line = process.inputReader().readLine();
    return Arrays.stream(line.split(" ")).mapToLong(Long::parseLong).toArray();
  }

  private static void awaitEnd(long[] pids) throws InterruptedException {
    for (long pid : pids) {
      while (runs(pid)) { // as long as the test's time allows
        Thread.sleep(50);
      }
    }
  }

  /** Not so of a zombie, which an init process that doesn't reap may leave. */
  private static boolean runs(long pid) {
    Path stat = Path.of("/proc/" + pid + "/stat");
    try {
      return Files.exists(stat)
          ? !Files.readString(stat).contains(") Z")
          : ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    } catch (IOException e) {
      return false; // ended in between
    }
  }

  private Process start(List<String> launcher) throws IOException {
    List<String> command = new ArrayList<>(launcher);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Sleeper.class.getName()));
    if (!launcher.isEmpty()) {
      command.add("watch parent");
    }
    return new ProcessBuilder(command).redirectError(folder.resolve("err").toFile()).start();
  }

  /** A shell's background jobs ignore SIGINT, and their children inherit that. */
  private static boolean ignores(long pid, String signal) throws IOException {
    Path status = Path.of("/proc/" + pid + "/status");
    int number =
        switch (signal) {
          case "HUP" -> 1;
          case "INT" -> 2;
          default -> 15;
        };
    return Files.exists(status)
        && Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .mapToLong(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
            .anyMatch(mask -> (mask >> (number - 1) & 1) == 1);
  }
}
