package org.proxyless.search.performance;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Starts the program again and again while other work comes and goes: processes that spin on one
 * processor for some seconds and rest for others. Tells each exit code and how long it took.
 */
final class StartsBesideLoad {
  private StartsBesideLoad() {}

  /**
   * Runs it.
   *
   * @param arguments how many starts, how many spinning processes, the seconds that they work and
   *     rest, and the program's arguments
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int starts = Integer.parseInt(arguments[0]);
    for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
      startSpinning(arguments[2], arguments[3]);
    }
    String[] program = Arrays.copyOfRange(arguments, 4, arguments.length);
    int succeeded = 0;
    for (int start = 1; start <= starts; start++) {
      long begin = System.nanoTime();
      int code =
          new ProcessBuilder(java("org.proxyless.search.cli.Main", program))
              .inheritIO()
              .start()
              .waitFor();
      succeeded += code == 0 ? 1 : 0;
      System.out.printf(
          "start %d of %d: exit code %d after %d s%n",
          start, starts, code, Duration.ofNanos(System.nanoTime() - begin).toSeconds());
    }
    System.out.printf("%d of %d starts ended with exit code 0%n", succeeded, starts);
  }

  /** By a shell that ends at once: a relative would not count as another program. */
  private static void startSpinning(String workSeconds, String restSeconds)
      throws IOException, InterruptedException {
    String until = String.valueOf(ProcessHandle.current().pid());
    List<String> command = new ArrayList<>(List.of("sh", "-c", "\"$@\" &", "sh"));
    command.addAll(java(Spinning.class.getName(), workSeconds, restSeconds, until));
    new ProcessBuilder(command).inheritIO().start().waitFor();
  }

  private static List<String> java(String main, String... arguments) {
    return Stream.concat(
            Stream.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@search/cli/src/main/launcher/java.options",
                "-cp",
                System.getProperty("java.class.path"),
                main),
            Stream.of(arguments))
        .toList();
  }

  /** Works on one processor and rests, in turns, as long as another process lives. */
  static final class Spinning {
    private Spinning() {}

    public static void main(String[] arguments) throws InterruptedException {
      Duration work = Duration.ofSeconds(Long.parseLong(arguments[0]));
      Duration rest = Duration.ofSeconds(Long.parseLong(arguments[1]));
      long until = Long.parseLong(arguments[2]);
      double sum = 0;
      while (ProcessHandle.of(until).isPresent()) {
        long end = System.nanoTime() + work.toNanos();
        while (System.nanoTime() < end) {
          sum = Math.sin(sum) + 1;
        }
        Thread.sleep(rest.toMillis());
      }
      System.exit(sum > 0 ? 0 : 1); // so that the work is not optimised away
    }
  }
}
