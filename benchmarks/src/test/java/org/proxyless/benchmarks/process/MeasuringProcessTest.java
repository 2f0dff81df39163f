package org.proxyless.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.proxyless.base.InvalidInputException;

class MeasuringProcessTest {
  private static final MeasuringProgress NOBODY = (done, total, current) -> {};

  /** Does what it is told. */
  static final class Obedient {
    public static void main(String[] arguments) throws Exception {
      MeasuringChild.serve(
          String.class,
          (request, progress) -> {
            progress.measuring(0, 1, request);
            System.out.println("this is no message");
            switch (request) {
              case "die" -> {
                System.err.println("out of luck");
                Runtime.getRuntime().halt(7);
              }
              case "sleep" -> sleep();
              case "invalid" -> throw new InvalidInputException("the user erred");
              case "failed" -> throw new MeasuringFailedException("too noisy");
              case "broken" -> throw new IllegalStateException("a bug");
              default -> {}
            }
            return new TreeMap<>(System.getenv());
          });
    }

    private static void sleep() {
      try {
        TimeUnit.MINUTES.sleep(5);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Test
  void theChildRunsWithoutTheLibrariesFlags() {
    List<String> heard = new ArrayList<>();
    Map<?, ?> environment = run("environment", (done, total, current) -> heard.add(current));
    assertThat(heard).containsExactly("environment");
    assertThat(environment.keySet().stream().map(String::valueOf))
        .filteredOn(name -> name.startsWith("TF_"))
        .containsExactly("TF_CPP_MIN_LOG_LEVEL");
  }

  @Test
  void theDeathOfTheChildIsOneLineWithItsLastWords() {
    assertThatThrownBy(() -> run("die", NOBODY))
        .isInstanceOf(MeasuringFailedException.class)
        .hasMessageContaining("exit code 7")
        .hasMessageContaining("out of luck")
        .hasMessageNotContaining("\n");
  }

  @Test
  void aBugInTheChildIsToldToo() {
    assertThatThrownBy(() -> run("broken", NOBODY))
        .isInstanceOf(MeasuringFailedException.class)
        .hasMessageContaining("IllegalStateException: a bug")
        .hasMessageNotContaining("\n");
  }

  @Test
  void whatTheChildFindsWrongComesBackInItsWords() {
    assertThatThrownBy(() -> run("invalid", NOBODY))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("the user erred");
    assertThatThrownBy(() -> run("failed", NOBODY))
        .isInstanceOf(MeasuringFailedException.class)
        .hasMessage("too noisy");
  }

  @Test
  void anInterruptKillsTheChild() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    CompletableFuture<Throwable> outcome = new CompletableFuture<>();
    Thread measuring =
        new Thread(
            () -> {
              try {
                run("sleep", (done, total, current) -> started.countDown());
                outcome.complete(null);
              } catch (RuntimeException e) {
                outcome.complete(e);
              }
            });
    measuring.start();
    assertThat(started.await(1, TimeUnit.MINUTES)).isTrue();
    List<ProcessHandle> children = ProcessHandle.current().children().toList();
    measuring.interrupt();

    assertThat(outcome.get(1, TimeUnit.MINUTES)).hasMessageContaining("interrupted");
    assertThat(children).isNotEmpty().noneMatch(ProcessHandle::isAlive);
  }

  @Test
  void theChildEndsWhenItsParentIsGone() throws Exception {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Obedient.class.getName())
            .start();
    Writer input = child.outputWriter();
    input.write("\"sleep\"\n");
    input.flush();
    assertThat(child.inputReader().readLine()).contains("sleep");
    input.close(); // as the system does for a process that dies

    assertThat(child.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(child.exitValue()).isEqualTo(3);
  }

  @Test
  void aSecondMeasurementIsRefusedWhileOneRuns() throws Exception {
    MachineLock first = MachineLock.take(Duration.ofMinutes(5));
    try {
      assertThatThrownBy(() -> MachineLock.take(Duration.ofMillis(1)))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("another measurement is running")
          .hasMessageNotContaining("\n");
    } finally {
      first.close();
    }
    MachineLock.take(Duration.ofMinutes(5)).close();
  }

  private static Map<?, ?> run(String request, MeasuringProgress progress) {
    return MeasuringProcess.run(Obedient.class, request, Map.class, progress);
  }
}
