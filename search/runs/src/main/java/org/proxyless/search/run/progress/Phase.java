package org.proxyless.search.run.progress;

import java.util.Locale;
import java.util.stream.Stream;

/** A part of a run that takes a while; close it when it ends, also when it fails. */
public final class Phase implements AutoCloseable {
  private static final int BAR_CELLS = 20;
  private static final int LEAST_BAR_CELLS = 5;

  private final Progress progress;
  private final String name;
  private long steps;
  private final long startNanos;
  private final int columns;
  private long shownNanos;
  private final long doneBefore;
  private long done;
  private String text = "";
  private boolean ended;

  Phase(Progress progress, String name, long steps, long doneBefore, long startNanos, int columns) {
    this.progress = progress;
    this.name = name;
    this.steps = steps;
    this.doneBefore = doneBefore;
    this.done = doneBefore;
    this.startNanos = startNanos;
    this.columns = columns;
  }

  /**
   * One step more is done.
   *
   * @param what to show beside the bar, such as loss and accuracy; may be empty
   */
  public void step(String what) {
    step(1, what);
  }

  /** As many steps more are done. */
  public void step(long number, String what) {
    synchronized (progress) {
      done += number;
      text = what;
      progress.show(this, false);
    }
  }

  /** There are other than so many steps in all, since there is more to do than was thought. */
  public void total(long steps) {
    synchronized (progress) {
      this.steps = steps;
    }
  }

  /** Ends the phase. */
  @Override
  public void close() {
    synchronized (progress) {
      if (!ended) {
        ended = true;
        progress.end(this);
      }
    }
  }

  /** Steps that are done. */
  public long done() {
    synchronized (progress) {
      return done;
    }
  }

  String name() {
    return name;
  }

  long shownNanos() {
    return shownNanos;
  }

  void shownNanos(long now) {
    shownNanos = now;
  }

  double seconds(long now) {
    return (now - startNanos) / 1e9;
  }

  /**
   * For a terminal: never wider than it, so that it can be drawn over. What does not fit goes, the
   * least important first: the bar, the rate, the time left, the end.
   */
  String bar(long now) {
    int room = Math.max(0, columns - 1); // the last column may wrap
    String whole = line(now);
    int cells = Math.min(BAR_CELLS, room - whole.length() - " []".length());
    if (steps > 0 && cells >= LEAST_BAR_CELLS) {
      int full = (int) Math.min(cells, cells * done / steps);
      return name + " [" + "#".repeat(full) + ".".repeat(cells - full) + "]" + state(now);
    }
    String withoutRate = name + count() + timeLeft(now) + remark();
    String figures = name + count() + remark();
    return Stream.of(whole, withoutRate)
        .filter(text -> text.length() <= room)
        .findFirst()
        .orElse(figures.length() <= room ? figures : figures.substring(0, room));
  }

  /** For a log or a pipe. */
  String line(long now) {
    return name + state(now);
  }

  /** When the phase has ended. */
  String summary(long now) {
    return name + " took " + Durations.text(seconds(now)) + (text.isEmpty() ? "" : ", " + text);
  }

  private String state(long now) {
    double seconds = seconds(now);
    long here = done - doneBefore;
    String rate = here > 0 && seconds > 0 ? ", " + rate(here / seconds) : "";
    return count() + rate + timeLeft(now) + remark();
  }

  private String count() {
    if (steps > 0) {
      return " " + done + "/" + steps;
    }
    return done > 0 ? " " + done : "";
  }

  private String timeLeft(long now) {
    double seconds = seconds(now);
    long here = done - doneBefore;
    return here > 0 && seconds > 0 && steps > done
        ? ", " + Durations.text(seconds / here * (steps - done)) + " left"
        : "";
  }

  private String remark() {
    return text.isEmpty() ? "" : ", " + text;
  }

  private static String rate(double perSecond) {
    return perSecond >= 1
        ? String.format(Locale.ROOT, "%.1f/s", perSecond)
        : String.format(Locale.ROOT, "%.1f s each", 1 / perSecond);
  }
}
