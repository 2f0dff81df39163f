package org.proxyless.search.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import org.proxyless.search.run.RunFailure;
import org.proxyless.search.run.StopSignal;

/**
 * What happens when the program is told to end before it is done, by Ctrl-C, SIGTERM or the death
 * of the Maven that started it: a run in progress writes a checkpoint, one line says how to go on,
 * and no child process is left.
 */
public final class Interruption {
  private static final long PARENT_CHECK_MILLIS = 500;

  /** Within it a run should end its present step and write its weights. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final int SIGTERM_EXIT_CODE = 143;
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final PrintStream err;
  private volatile StopSignal stop = new StopSignal();
  private volatile boolean finished;
  private volatile boolean begun;

  private Interruption(PrintStream err) {
    this.err = err;
  }

  public static Interruption install(PrintStream err) {
    Interruption interruption = new Interruption(err);
    Runtime.getRuntime().addShutdownHook(new Thread(interruption::run, "interruption"));
    return interruption;
  }

  /** Whom to ask to stop. */
  void stops(StopSignal signal) {
    stop = signal;
  }

  /** The program ends by itself: there is nothing to interrupt any more. */
  public void finished() {
    finished = true;
  }

  /** Whether the program is being interrupted, so that errors are mere consequences. */
  boolean begun() {
    return begun;
  }

  private void run() {
    if (finished) {
      return;
    }
    begun = true;
    RunFailure.programEnds();
    stop.request();
    killChildren();
    String goOn = "";
    try {
      goOn = stop.awaitEnd(PATIENCE).map(how -> "; go on with: " + how).orElse("");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    killChildren(); // whom the run may have started in its last step
    err.println((System.console() == null ? "" : CLEAR_LINE) + "interrupted" + goOn);
    err.flush();
  }

  private static void killChildren() {
    List<ProcessHandle> all = ProcessHandle.current().descendants().toList();
    // First those that could start others.
    ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);
    all.forEach(ProcessHandle::destroyForcibly);
  }

  /**
   * From now on, ends the program like SIGTERM when the process that started it dies. Compares ids,
   * because a parent that died may linger as a zombie that seems alive.
   */
  void watchParent() {
    long parent = parentId();
    Thread watch =
        new Thread(
            () -> {
              try {
                while (parentId() == parent) {
                  Thread.sleep(PARENT_CHECK_MILLIS);
                }
                System.exit(SIGTERM_EXIT_CODE);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "parent-watch");
    watch.setDaemon(true);
    watch.start();
  }

  private static long parentId() {
    return ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(-1L);
  }
}
