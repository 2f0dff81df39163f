package org.proxyless.search.run.progress;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows how far a run is: on a terminal one bar for the current phase, elsewhere a plain line every
 * few seconds. Also keeps the time that each phase took.
 */
public final class Progress {
  /** How much is shown. */
  public enum Verbosity {
    /** Nothing. */
    QUIET,
    /** Phases and notes. */
    NORMAL,
    /** Details too. */
    VERBOSE
  }

  private static final Logger LOG = LoggerFactory.getLogger(Progress.class);
  private static final String CLEAR_LINE = "\r\u001b[K";
  private static final long BAR_INTERVAL_NANOS = Duration.ofMillis(100).toNanos();
  private static final long LINE_INTERVAL_NANOS = Duration.ofSeconds(5).toNanos();

  private final PrintStream out;
  private final boolean terminal;
  private final Verbosity verbosity;
  private final LongSupplier nanoTime;
  private final IntSupplier columns;
  private final Map<String, Double> phaseSeconds = new LinkedHashMap<>();
  private Phase current;

  /**
   * Shows on a given stream.
   *
   * @param terminal whether the stream understands {@code \r} and "clear to the end of the line"
   * @param nanoTime like {@link System#nanoTime}
   * @param columns the width of the terminal, asked once a phase
   */
  public Progress(
      PrintStream out,
      boolean terminal,
      Verbosity verbosity,
      LongSupplier nanoTime,
      IntSupplier columns) {
    this.out = out;
    this.terminal = terminal;
    this.verbosity = verbosity;
    this.nanoTime = nanoTime;
    this.columns = columns;
  }

  /** Shows on standard error, which is a terminal if the process has one. */
  public static Progress onStandardError(Verbosity verbosity) {
    boolean terminal = System.console() != null;
    return new Progress(System.err, terminal, verbosity, System::nanoTime, TerminalWidth::columns);
  }

  /** Shows nothing, for use as a library. */
  public static Progress silent() {
    return new Progress(System.err, false, Verbosity.QUIET, System::nanoTime, () -> 0);
  }

  /** Shows in the same place, and keeps times of its own: for each of several runs. */
  public Progress ofAnotherRun() {
    return new Progress(out, terminal, verbosity, nanoTime, columns);
  }

  /**
   * Starts a phase; the one before it must be closed.
   *
   * @param name unique among the phases, or its times add up
   * @param steps how many there will be, or 0 if nobody knows
   */
  public synchronized Phase phase(String name, long steps) {
    return phase(name, steps, 0);
  }

  /**
   * Goes on with a phase of a run that was cut short.
   *
   * @param done steps that were done before
   */
  public synchronized Phase phase(String name, long steps, long done) {
    if (current != null) {
      throw new IllegalStateException("phase " + current.name() + " has not ended");
    }
    current =
        new Phase(this, name, steps, done, nanoTime.getAsLong(), terminal ? columns.getAsInt() : 0);
    show(current, true);
    return current;
  }

  /** Says something of interest on a line of its own. */
  public synchronized void note(String line) {
    LOG.info("{}", line);
    print(Verbosity.NORMAL, line);
  }

  /** Says something that only {@code --verbose} shows; the log keeps it in any case. */
  public synchronized void detail(String line) {
    LOG.info("{}", line);
    print(Verbosity.VERBOSE, line);
  }

  /** Seconds of every phase, by name, in order; of the current one those so far. */
  public synchronized Map<String, Double> phaseSeconds() {
    Map<String, Double> seconds = new LinkedHashMap<>(phaseSeconds);
    if (current != null) {
      seconds.merge(current.name(), current.seconds(nanoTime()), Double::sum);
    }
    return Collections.unmodifiableMap(seconds);
  }

  /** Counts what phases took before the run was cut short. */
  public synchronized void addPhaseSeconds(Map<String, Double> seconds) {
    seconds.forEach((name, spent) -> phaseSeconds.merge(name, spent, Double::sum));
  }

  long nanoTime() {
    return nanoTime.getAsLong();
  }

  /** Draws the phase anew if it is time to. */
  synchronized void show(Phase phase, boolean always) {
    if (verbosity == Verbosity.QUIET) {
      return;
    }
    long interval = terminal ? BAR_INTERVAL_NANOS : LINE_INTERVAL_NANOS;
    long now = nanoTime();
    if (always || now - phase.shownNanos() >= interval) {
      phase.shownNanos(now);
      if (terminal) {
        out.print(CLEAR_LINE + phase.bar(now));
      } else {
        out.println(phase.line(now));
      }
      out.flush();
    }
  }

  synchronized void end(Phase phase) {
    long now = nanoTime();
    current = null;
    phaseSeconds.merge(phase.name(), phase.seconds(now), Double::sum);
    LOG.info("{}", phase.summary(now));
    print(Verbosity.NORMAL, phase.summary(now));
  }

  private void print(Verbosity least, String line) {
    if (verbosity.compareTo(least) < 0) {
      return;
    }
    out.println((terminal ? CLEAR_LINE : "") + line);
    if (terminal && current != null) {
      out.print(current.bar(nanoTime()));
    }
    out.flush();
  }
}
