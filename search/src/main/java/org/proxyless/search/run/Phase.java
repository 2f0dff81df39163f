package org.proxyless.search.run;

import java.util.Locale;

/** A part of a run that takes a while; close it when it ends, also when it fails. */
public final class Phase implements AutoCloseable {
  private static final int BAR_CELLS = 20;

  private final Progress progress;
  private final String name;
  private final long steps;
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

  /** For a terminal: never wider than it, so that it can be drawn over. */
  String bar(long now) {
    int room = Math.max(0, columns - 1); // the last column may wrap
    String plain = line(now);
    if (steps == 0 || plain.length() + BAR_CELLS + 3 > room) {
      return plain.length() <= room ? plain : plain.substring(0, room);
    }
    int full = (int) Math.min(BAR_CELLS, BAR_CELLS * done / steps);
    return name + " [" + "#".repeat(full) + ".".repeat(BAR_CELLS - full) + "]" + state(now);
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
    StringBuilder state = new StringBuilder();
    double seconds = seconds(now);
    if (steps > 0) {
      state.append(' ').append(done).append('/').append(steps);
    } else if (done > 0) {
      state.append(' ').append(done);
    }
    long here = done - doneBefore;
    if (here > 0 && seconds > 0) {
      state.append(", ").append(rate(here / seconds));
      if (steps > done) {
        state.append(", ").append(Durations.text(seconds / here * (steps - done))).append(" left");
      }
    }
    if (!text.isEmpty()) {
      state.append(", ").append(text);
    }
    return state.toString();
  }

  private static String rate(double perSecond) {
    return perSecond >= 1
        ? String.format(Locale.ROOT, "%.1f/s", perSecond)
        : String.format(Locale.ROOT, "%.1f s each", 1 / perSecond);
  }
}
