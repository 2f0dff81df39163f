package org.proxyless.search.run.progress;

import java.util.Locale;

/** Time spans for people. */
public final class Durations {
  private Durations() {}

  /** {@code 4.2 s}, {@code 3 min 07 s}, {@code 2 h 05 min}. */
  public static String text(double seconds) {
    long whole = Math.round(seconds);
    if (seconds < 9.95) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    }
    if (whole < 60) {
      return whole + " s";
    }
    return whole < 3600
        ? String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60)
        : String.format(Locale.ROOT, "%d h %02d min", whole / 3600, whole % 3600 / 60);
  }
}
