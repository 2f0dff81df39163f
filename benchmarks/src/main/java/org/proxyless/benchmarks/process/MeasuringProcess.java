package org.proxyless.benchmarks.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.proxyless.base.InvalidInputException;
import org.proxyless.benchmarks.jmh.Messages;
import org.proxyless.benchmarks.jmh.OneThread;
import org.proxyless.devices.MeasuringEnvironment;

/**
 * A process of its own that measures: TensorFlow reads its flags and sizes its threads once in a
 * process, and what is measured must run with those of a deployed network. {@link MeasuringChild}
 * is the other end. The child ends with this process, because its input then ends.
 */
public final class MeasuringProcess {
  private static final ObjectMapper JSON = Messages.JSON;

  /** How long one waits for another measurement to end. */
  public static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final int LAST_LINES = 3;
  private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));

  private MeasuringProcess() {}

  /**
   * Runs a main class of this class path as a measuring process and waits for its result; while
   * another measurement runs on this machine, waits for that first.
   *
   * @param main reads a request and writes a result, see {@link MeasuringChild}
   * @throws InvalidInputException if the child finds the request impossible, or another measurement
   *     goes on and on
   * @throws MeasuringFailedException if the child dies, or this thread is interrupted (which kills
   *     the child)
   */
  public static <R> R run(
      Class<?> main, Object request, Class<R> result, MeasuringProgress progress) {
    return run(main, request, result, TEMPORARY, progress, part -> {});
  }

  /**
   * Does the same.
   *
   * @param folder for what the child says while it measures
   * @param parts gets the parts of the result as they come, in this thread
   */
  public static <R> R run(
      Class<?> main,
      Object request,
      Class<R> result,
      Path folder,
      MeasuringProgress progress,
      Consumer<JsonNode> parts) {
    try {
      MachineLock lock = MachineLock.take(PATIENCE);
      try {
        QuietWait.ofProgram().await(progress);
        return runAlone(main, request, result, folder, progress, parts);
      } finally {
        lock.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MeasuringFailedException("the measurement was interrupted", e);
    } catch (IOException e) {
      throw new MeasuringFailedException("the measuring process cannot be run: " + e, e);
    }
  }

  private static <R> R runAlone(
      Class<?> main,
      Object request,
      Class<R> result,
      Path folder,
      MeasuringProgress progress,
      Consumer<JsonNode> parts)
      throws IOException, InterruptedException {
    Path errors = Files.createTempFile(folder, "proxyless-measuring", ".log");
    Process process = start(main, errors);
    try {
      return exchange(process, errors, request, result, progress, parts);
    } finally {
      process.destroyForcibly();
      process.onExit().join();
      Files.delete(errors);
    }
  }

  private static Process start(Class<?> main, Path errors) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // No collector threads beside the measured one; JMH's lock is inside ours.
                "-XX:+UseSerialGC",
                // Graphs come and go by the dozen: a small heap keeps their garbage small. What
                // TensorFlow holds besides must not be limited by JavaCPP.
                "-Xmx512m",
                "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                "-Djmh.ignoreLock=true",
                "-Djmh.executor=CUSTOM",
                "-Djmh.executor.class=" + OneThread.class.getName(),
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    MeasuringEnvironment.prepare(builder.environment());
    return builder.redirectError(errors.toFile()).start();
  }

  private static <R> R exchange(
      Process process,
      Path errors,
      Object request,
      Class<R> resultType,
      MeasuringProgress progress,
      Consumer<JsonNode> parts)
      throws IOException, InterruptedException {
    BlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>();
    Thread reader = new Thread(() -> read(process, lines), "measuring-output");
    reader.setDaemon(true);
    reader.start();
    // Never closed before the result is there: the child lives as long as its input.
    try (Writer input = process.outputWriter(StandardCharsets.UTF_8)) {
      input.write(JSON.writeValueAsString(request) + "\n");
      input.flush();
      while (true) {
        Optional<String> line = lines.take();
        if (line.isEmpty()) {
          throw died(process, errors);
        }
        JsonNode message = JSON.readTree(line.get());
        JsonNode content = message.elements().next();
        switch (MeasuringChild.Message.valueOf(message.fieldNames().next())) {
          case RESULT -> {
            return JSON.treeToValue(content, resultType);
          }
          case PART -> parts.accept(content);
          case INVALID -> throw new InvalidInputException(content.asText());
          case FAILED -> throw new MeasuringFailedException(content.asText());
          case STEP -> {
            var step = JSON.treeToValue(content, MeasuringChild.Step.class);
            progress.measuring(step.done(), step.total(), step.current());
          }
        }
      }
    } catch (IOException e) {
      if (process.isAlive()) {
        throw e;
      }
      throw died(process, errors); // before it had read the request
    }
  }

  /** Passes the child's lines on, then an empty one, so that the waiting thread can be stopped. */
  private static void read(Process process, BlockingQueue<Optional<String>> lines) {
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      output.lines().map(Optional::of).forEach(lines::add);
    } catch (IOException | UncheckedIOException e) {
      lines.add(Optional.empty()); // the pipe broke: that is the end as well
      return;
    }
    lines.add(Optional.empty());
  }

  private static MeasuringFailedException died(Process process, Path errors)
      throws IOException, InterruptedException {
    int exitCode = process.waitFor();
    List<String> said = Files.readAllLines(errors);
    List<String> last = said.subList(Math.max(0, said.size() - LAST_LINES), said.size());
    return new MeasuringFailedException(
        "the measuring process ended with exit code "
            + exitCode
            + " before it had a result"
            + (last.isEmpty() ? "" : "; its last words: " + String.join(" | ", last)));
  }
}
