package org.proxyless.devices.android;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Some cores of a processor.
 *
 * @param list as in Linux's lists of processors: {@code 4-7} or {@code 0,2}
 * @param mask a bit for each, the lowest for core 0
 */
record Cores(String list, long mask) {
  private static final Pattern PART = Pattern.compile("(\\d{1,2})(?:-(\\d{1,2}))?");

  /** Reads a list; empty if it is none. */
  static Optional<Cores> of(String list) {
    long mask = 0;
    for (String part : list.replace(" ", "").split(",", -1)) {
      Matcher matcher = PART.matcher(part);
      if (!matcher.matches()) {
        return Optional.empty();
      }
      int first = Integer.parseInt(matcher.group(1));
      int last = matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2));
      if (first > last || last >= Long.SIZE) {
        return Optional.empty();
      }
      for (int core = first; core <= last; core++) {
        mask |= 1L << core;
      }
    }
    return Optional.of(new Cores(list.replace(" ", ""), mask));
  }

  /** How many there are. */
  int count() {
    return Long.bitCount(mask);
  }

  /** The number of the first. */
  int first() {
    return Long.numberOfTrailingZeros(mask);
  }

  /** As {@code taskset} takes it. */
  String hexMask() {
    return Long.toHexString(mask);
  }
}
