package org.proxyless.benchmarks.process;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.proxyless.base.InvalidInputException;
import org.proxyless.benchmarks.jmh.DeviceBenchmark;
import org.proxyless.benchmarks.jmh.Messages;
import org.proxyless.benchmarks.jmh.Turns;
import org.proxyless.devices.DeviceProfile;

/**
 * The measuring process's side of {@link MeasuringProcess}: one line of JSON in, which is the
 * request; lines of JSON out, the last of which is the result. This process is JMH's fork, so JMH
 * forks no further.
 */
public final class MeasuringChild implements MeasuringProgress {
  private static final ObjectMapper JSON = Messages.JSON;
  private static final int PARENT_DIED = 3;

  private final PrintStream output;

  private MeasuringChild(PrintStream output) {
    this.output = output;
  }

  /** What a line from the child is; the line is an object with this one key. */
  enum Message {
    STEP,
    /** A part of the result, which counts even if the whole never comes. */
    PART,
    RESULT,
    /** The user's mistake. */
    INVALID,
    /** Anything else that is understood. */
    FAILED
  }

  /** How far the measurement is. */
  record Step(int done, int total, String current) {}

  /** What the child does with a request. */
  @FunctionalInterface
  public interface Work<Q> {
    /** Measures, and returns what is sent as the result. */
    Object on(Q request, MeasuringChild parent) throws RunnerException, IOException;
  }

  /** Serves one request, then returns. */
  public static <Q> void serve(Class<Q> requestType, Work<Q> work) throws Exception {
    MeasuringChild child = new MeasuringChild(System.out);
    System.setOut(System.err); // whatever else is printed is no message
    BufferedReader input =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    Q request = JSON.readValue(input.readLine(), requestType);
    endWith(input);
    try {
      child.send(Message.RESULT, work.on(request, child));
    } catch (InvalidInputException e) {
      child.send(Message.INVALID, e.getMessage());
    } catch (MeasuringFailedException e) {
      child.send(Message.FAILED, e.getMessage());
    } catch (RunnerException | RuntimeException | LinkageError e) {
      child.send(Message.FAILED, "measuring failed: " + firstCause(e));
    }
  }

  @Override
  public void measuring(int done, int total, String current) {
    send(Message.STEP, new Step(done, total, current));
  }

  /** Sends a part of the result. */
  public void part(Object content) {
    send(Message.PART, content);
  }

  /** In one line; JMH wraps what a benchmark throws several times. */
  private static String firstCause(Throwable thrown) {
    Throwable first = thrown;
    while (first.getCause() != null) {
      first = first.getCause();
    }
    return first.toString().lines().findFirst().orElse("");
  }

  /**
   * Options of JMH for a benchmark that runs in this process and prints nothing.
   *
   * @param context keys of the operators of its reference
   */
  public static ChainedOptionsBuilder jmh(
      Class<? extends DeviceBenchmark> benchmark, DeviceProfile profile, List<String> context) {
    return new OptionsBuilder()
        .include("^" + benchmark.getName().replace(".", "\\.") + "\\.")
        .forks(0)
        .shouldFailOnError(true)
        .verbosity(VerboseMode.SILENT)
        .param("kind", profile.kind().name())
        .param("runtime", profile.runtime().name())
        .param("precision", profile.precision().name())
        .param("threads", String.valueOf(profile.threads()))
        .param("batch", String.valueOf(profile.batch()))
        .param("context", String.join(Turns.SEPARATOR, context));
  }

  /** Runs the one benchmark that the options describe. */
  public static RunResult run(ChainedOptionsBuilder options) throws RunnerException {
    return new Runner(options.build()).runSingle();
  }

  /** The blocks of calls of a result. */
  public static List<IterationResult> blocks(RunResult result) {
    return result.getBenchmarkResults().stream()
        .flatMap(benchmark -> benchmark.getIterationResults().stream())
        .toList();
  }

  /** What a block says under this name. */
  public static double counter(IterationResult block, String name) {
    return block.getSecondaryResults().get(name).getScore();
  }

  private void send(Message kind, Object content) {
    try {
      output.println(JSON.writeValueAsString(Map.of(kind, content)));
      output.flush();
    } catch (IOException e) {
      throw new IllegalStateException("cannot send " + content, e);
    }
  }

  /** The parent never closes its end: when the input ends, the parent is dead. */
  private static void endWith(BufferedReader input) {
    Thread thread =
        new Thread(
            () -> {
              try {
                Optional<String> line = Optional.of("");
                while (line.isPresent()) {
                  line = Optional.ofNullable(input.readLine());
                }
              } catch (IOException e) {
                e.printStackTrace();
              }
              Runtime.getRuntime().halt(PARENT_DIED);
            },
            "end-with-parent");
    thread.setDaemon(true);
    thread.start();
  }
}
