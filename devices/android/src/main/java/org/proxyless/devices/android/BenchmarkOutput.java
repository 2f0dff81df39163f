package org.proxyless.devices.android;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.proxyless.devices.DeviceFailedException;

/**
 * What benchmark_model prints, of TensorFlow Lite 2.0 to LiteRT 2. It has two lines of counts,
 * {@code count=50 first=32891 curr=33978 min=32641 max=34005 avg=33209.4 std=450}, in microseconds:
 * the first is of the warm-up, the last counts. Newer ones add {@code p5}, {@code median} and
 * {@code p95}; where all calls took the same it says only {@code count=4 curr=33(all same)}.
 *
 * @param calls how many were timed
 * @param minMicros the quickest
 * @param meanMicros of all
 * @param deviationMicros standard deviation
 * @param medianMicros where it is told
 * @param p95Micros where it is told
 * @param delegated what is said of the delegates, in this order
 */
record BenchmarkOutput(
    long calls,
    double minMicros,
    double meanMicros,
    double deviationMicros,
    OptionalDouble medianMicros,
    OptionalDouble p95Micros,
    List<Delegated> delegated) {
  private static final Pattern COUNTS = Pattern.compile("\\bcount=\\d+.*");
  private static final Pattern FIGURE = Pattern.compile("\\b([a-z]\\w*)=([-+0-9.eE]+)");
  private static final Pattern ALL_SAME = Pattern.compile("\\(\\s*all same\\s*\\)");
  private static final String END = "nference timings in us";
  private static final Pattern REPLACED =
      Pattern.compile("Replacing (\\d+) out of (\\d+) node\\(s\\) with delegate \\(([^)]*)\\)");
  private static final Pattern ON_GPU =
      Pattern.compile(
          "(\\d+) operations will run on the GPU, and the remaining (\\d+) operations will run on"
              + " the CPU");
  private static final Pattern APPLIED =
      Pattern.compile(
          "xplicitly applied,? (?:(\\S+) delegate)?.*?(completely|partially|not be) executed by the"
              + " delegate(?: w/ (\\d+) delegate kernels)?");
  private static final Pattern NOT_APPLIED =
      Pattern.compile("Though (\\S+) delegate is explicitly applied, the model graph will not be");

  /** 1.645 standard deviations above the mean: 95 % of a normal distribution. */
  private static final double TAIL = 1.645;

  private static final double LEAST_STEADY = 0.9;
  private static final double MOST_DEVIATION = 0.05;

  /**
   * What is said of a delegate.
   *
   * @param name as the message calls it
   * @param taken operators that it takes, where that is told
   * @param left operators that it leaves; 0 for none; where it leaves some and does not say how
   *     many, empty
   * @param kernels parts that it computes as a whole, where that is told
   */
  record Delegated(String name, OptionalInt taken, OptionalInt left, OptionalInt kernels) {}

  /**
   * Reads it.
   *
   * @throws DeviceFailedException if it says no latency
   */
  static BenchmarkOutput of(String text) {
    List<String> counts = new ArrayList<>();
    text.lines()
        .forEach(
            line -> {
              Matcher matcher = COUNTS.matcher(line);
              if (matcher.find()) {
                counts.add(matcher.group());
              }
            });
    // One line alone is that of the warm-up, unless the end says that there was none.
    if (counts.isEmpty() || (counts.size() == 1 && !text.contains(END))) {
      throw unparseable(text);
    }
    return of(counts.get(counts.size() - 1), text);
  }

  private static BenchmarkOutput of(String line, String text) {
    Map<String, Double> figures = new HashMap<>();
    Matcher matcher = FIGURE.matcher(line);
    try {
      while (matcher.find()) {
        figures.put(matcher.group(1), Double.parseDouble(matcher.group(2)));
      }
    } catch (NumberFormatException e) {
      throw unparseable(text);
    }
    if (ALL_SAME.matcher(line).find() || figures.getOrDefault("count", 0.0) == 1) {
      Double all = figures.get("curr");
      figures.putIfAbsent("min", all);
      figures.putIfAbsent("avg", all);
      figures.putIfAbsent("std", 0.0);
    }
    double calls = figures.getOrDefault("count", 0.0);
    Double min = figures.get("min");
    Double mean = figures.get("avg");
    Double deviation = figures.get("std");
    if (calls < 1 || min == null || mean == null || deviation == null || !(mean > 0)) {
      throw unparseable(text);
    }
    return new BenchmarkOutput(
        (long) calls,
        min,
        mean,
        deviation,
        optional(figures, "median"),
        optional(figures, "p95"),
        delegated(text));
  }

  private static OptionalDouble optional(Map<String, Double> figures, String name) {
    Double value = figures.get(name);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  private static List<Delegated> delegated(String text) {
    List<Delegated> all = new ArrayList<>();
    for (String line : text.lines().toList()) {
      Matcher replaced = REPLACED.matcher(line);
      Matcher onGpu = ON_GPU.matcher(line);
      Matcher notApplied = NOT_APPLIED.matcher(line);
      Matcher applied = APPLIED.matcher(line);
      if (replaced.find()) {
        int taken = Integer.parseInt(replaced.group(1));
        int nodes = Integer.parseInt(replaced.group(2));
        all.add(
            new Delegated(
                replaced.group(3), OptionalInt.of(taken), OptionalInt.of(nodes - taken), none()));
      } else if (onGpu.find()) {
        all.add(
            new Delegated(
                "GPU",
                OptionalInt.of(Integer.parseInt(onGpu.group(1))),
                OptionalInt.of(Integer.parseInt(onGpu.group(2))),
                none()));
      } else if (notApplied.find()) {
        all.add(new Delegated(notApplied.group(1), OptionalInt.of(0), none(), OptionalInt.of(0)));
      } else if (applied.find()) {
        boolean whole = applied.group(2).equals("completely");
        all.add(
            new Delegated(
                String.valueOf(applied.group(1)),
                none(),
                whole ? OptionalInt.of(0) : none(),
                applied.group(3) == null
                    ? none()
                    : OptionalInt.of(Integer.parseInt(applied.group(3)))));
      }
    }
    return all;
  }

  private static OptionalInt none() {
    return OptionalInt.empty();
  }

  private static DeviceFailedException unparseable(String text) {
    return new DeviceFailedException(
        "benchmark_model said no latency that is understood; it ended with: "
            + Adb.lastLine(text)
            + ". Run it by hand, as docs/android.md shows");
  }

  /** What calls usually took: the median where it is told, else the mean. */
  double typicalMicros() {
    return medianMicros.orElse(meanMicros);
  }

  /** What 95 % of calls took at most; by mean and deviation where it is not told. */
  double tailMicros() {
    return p95Micros.orElse(meanMicros + TAIL * deviationMicros);
  }

  /** Whether calls were alike: nothing else ran, and the clock stayed what it was. */
  boolean isSteady() {
    return minMicros >= LEAST_STEADY * meanMicros && deviationMicros <= MOST_DEVIATION * meanMicros;
  }

  /**
   * What is said of a delegate: the message that counts operators, if there is one, else any. That
   * counts, and not what XNNPACK takes of the rest.
   */
  Optional<Delegated> of(Delegate delegate) {
    List<Delegated> said =
        delegated.stream().filter(message -> delegate.isCalled(message.name())).toList();
    return said.stream()
        .filter(message -> message.left().isPresent())
        .findFirst()
        .or(() -> said.stream().findFirst());
  }
}
