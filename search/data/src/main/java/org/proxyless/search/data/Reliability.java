package org.proxyless.search.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Says what can be trusted where a data set is small or its classes are uneven. */
final class Reliability {
  /** So many test images tell accuracies to three percentage points, which nobody need be told. */
  private static final int ENOUGH = 1_000;

  private static final double TWO_SIDED_95 = 1.96;

  /** Classes that differ by less are even enough for accuracy to mean what it seems to. */
  private static final int UNEVEN = 10;

  private static final int NAMED = 20;

  private Reliability() {}

  /**
   * A line for each thing to know; none if there is nothing.
   *
   * @param classNames in the order of the labels
   */
  static List<String> of(List<String> classNames, Split train, Split validation, Split test) {
    List<String> lines = new ArrayList<>();
    if (test.size() < ENOUGH || validation.size() < ENOUGH) {
      lines.add(
          "Few images: accuracies are known to about %s percentage points on the %,d of the test (95 %% confidence), to %s on the %,d that choose the network."
              .formatted(
                  points(test.size()), test.size(), points(validation.size()), validation.size()));
    }
    addMissing(lines, "training, so that nothing is learned of them", classNames, train);
    addMissing(lines, "validation, so that they have no say in the choice", classNames, validation);
    addMissing(lines, "the test, so that nothing is known of them", classNames, test);
    addUneven(lines, classNames, train, test);
    return lines;
  }

  /** Half of the widest interval of a share of so many. */
  private static String points(int images) {
    return "±%d".formatted(Math.round(100 * TWO_SIDED_95 * Math.sqrt(0.25 / images)));
  }

  private static void addMissing(
      List<String> lines, String consequence, List<String> classNames, Split split) {
    int[] counts = split.classCounts();
    List<String> missing =
        IntStream.range(0, counts.length)
            .filter(label -> counts[label] == 0)
            .mapToObj(classNames::get)
            .toList();
    if (!missing.isEmpty()) {
      String names = missing.stream().limit(NAMED).collect(Collectors.joining(", "));
      lines.add(
          "%,d of %,d classes have no image for %s: %s%s."
              .formatted(
                  missing.size(),
                  counts.length,
                  consequence,
                  names,
                  missing.size() > NAMED ? " and others" : ""));
    }
  }

  private static void addUneven(
      List<String> lines, List<String> classNames, Split train, Split test) {
    int[] counts = train.classCounts();
    int largest = Arrays.stream(counts).max().orElse(0);
    int smallest = Arrays.stream(counts).min().orElse(0);
    if (largest < UNEVEN * Math.max(1, smallest)) {
      return;
    }
    int common = index(counts, largest);
    lines.add(
        "Uneven classes: %s has %,d of the %,d training images, %s only %,d; who always says %s is right for %.1f %% of the test, so compare accuracies with that."
            .formatted(
                classNames.get(common),
                largest,
                train.size(),
                classNames.get(index(counts, smallest)),
                smallest,
                classNames.get(common),
                100.0 * test.classCounts()[common] / test.size()));
  }

  private static int index(int[] counts, int wanted) {
    return IntStream.range(0, counts.length)
        .filter(label -> counts[label] == wanted)
        .findFirst()
        .orElseThrow();
  }
}
