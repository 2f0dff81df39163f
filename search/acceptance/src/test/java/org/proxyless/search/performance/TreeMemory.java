package org.proxyless.search.performance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Runs the program with some arguments and tells the most memory that was resident: in the process
 * itself, in any of its children, and in all together. On Linux.
 */
final class TreeMemory {
  private static final long LOOK_MILLIS = 200;

  private TreeMemory() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    List<String> command =
        Stream.concat(
                Stream.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "@search/cli/src/main/launcher/java.options",
                    "-cp",
                    System.getProperty("java.class.path"),
                    "org.proxyless.search.cli.Main"),
                Stream.of(arguments))
            .toList();
    Process process = new ProcessBuilder(command).inheritIO().start();
    long self = 0;
    long child = 0;
    long tree = 0;
    while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
      Map<Long, Long> resident = new TreeMap<>();
      resident.put(process.pid(), mebibytes(process.pid()));
      process.descendants().forEach(other -> resident.put(other.pid(), mebibytes(other.pid())));
      self = Math.max(self, resident.get(process.pid()));
      tree = Math.max(tree, resident.values().stream().mapToLong(Long::longValue).sum());
      resident.remove(process.pid());
      child = Math.max(child, resident.values().stream().max(Long::compare).orElse(0L));
    }
    System.out.printf(
        "exit code %d; resident at most: %d MiB itself, %d MiB in a child, %d MiB in all%n",
        process.exitValue(), self, child, tree);
  }

  /** 0 for a process that has just ended. */
  private static long mebibytes(long process) {
    try (Stream<String> lines = Files.lines(Path.of("/proc", String.valueOf(process), "status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10)
          .findFirst()
          .orElse(0);
    } catch (IOException | UncheckedIOException e) {
      return 0; // it has just ended
    }
  }
}
