package org.proxyless.search.sweep.cell;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.Serializable;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a machine does to run a cell: starts the program, anew or from the checkpoint of an attempt
 * that was cut short, and waits for its end.
 *
 * @param program that is started: its first words
 * @param environment of the program, beside that of this process
 * @param anew words that start the cell
 * @param again words that go on with it
 * @param run the cell's directory, which all machines share
 * @param log what the program says; grows with each attempt
 */
public record CellCommand(
    List<String> program,
    Map<String, String> environment,
    List<String> anew,
    List<String> again,
    String run,
    String log)
    implements Serializable {

  /** Written first of all, so it tells a run from a folder. */
  private static final String SETTINGS = "settings.yaml";

  private static final String LOCK = ".lock";
  private static final String ERROR = "error: ";
  private static final int MOST_OF_LOG = 1 << 16;
  private static final long LOOK_AGAIN_MILLIS = 200;

  /** Within it a search whose sweep died has written its checkpoint and ended. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Copies what is sent to other machines. */
  public CellCommand {
    program = List.copyOf(program);
    environment = new TreeMap<>(environment);
    anew = List.copyOf(anew);
    again = List.copyOf(again);
  }

  /** The same with one more variable of the environment. */
  public CellCommand with(String variable, String value) {
    Map<String, String> more = new TreeMap<>(environment);
    more.put(variable, value);
    return new CellCommand(program, more, anew, again, run, log);
  }

  /**
   * Runs the cell to its end. Where this thread is interrupted, or this process ends, the program
   * ends as well.
   *
   * @param where this is, for the outcome
   */
  public CellOutcome execute(Place where) throws InterruptedException {
    long start = System.nanoTime();
    String failure;
    try {
      failure = failureOf();
    } catch (IOException e) {
      failure = "on " + where + " the cell cannot be started: " + e;
    }
    return new CellOutcome(failure.isEmpty(), failure, where, (System.nanoTime() - start) / 1e9);
  }

  private String failureOf() throws IOException, InterruptedException {
    Path folder = Path.of(run);
    if (!Files.isDirectory(folder.getParent())) {
      return "there is no folder "
          + folder.getParent()
          + " on this machine; a sweep's folder must be shared by all machines";
    }
    awaitFree(folder.resolve(LOCK));
    List<String> words = new ArrayList<>(program);
    words.addAll(Files.exists(folder.resolve(SETTINGS)) ? again : anew);
    Path said = Path.of(log);
    long before = Files.exists(said) ? Files.size(said) : 0;
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.environment().putAll(environment);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(said.toFile()));
    Process process = builder.start();
    Thread end = new Thread(() -> kill(process), "end-of-cell");
    Runtime.getRuntime().addShutdownHook(end);
    try {
      int exitCode = process.waitFor();
      return exitCode == 0 ? "" : message(exitCode, said, before);
    } finally {
      kill(process);
      forget(end);
    }
  }

  private static void kill(Process process) {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // This process is ending: the hook runs.
    }
  }

  /** The attempt before this one may still be writing its last checkpoint. */
  private static void awaitFree(Path lock) throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (isTaken(lock) && System.nanoTime() < end) {
      Thread.sleep(LOOK_AGAIN_MILLIS);
    }
  }

  private static boolean isTaken(Path file) throws IOException {
    if (!Files.exists(file)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true)) {
      return lock == null;
    } catch (OverlappingFileLockException e) {
      return true;
    }
  }

  /** The program's own last word on it, if it had one. */
  private static String message(int exitCode, Path log, long before) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      long from = Math.max(before, file.length() - MOST_OF_LOG);
      byte[] tail = new byte[(int) (file.length() - from)];
      file.seek(from);
      file.readFully(tail);
      return new String(tail, StandardCharsets.UTF_8)
          .lines()
          .filter(line -> line.startsWith(ERROR))
          .reduce((first, second) -> second)
          .map(line -> line.substring(ERROR.length()))
          .orElse("the program ended with exit code " + exitCode + "; it said why in " + log);
    }
  }
}
