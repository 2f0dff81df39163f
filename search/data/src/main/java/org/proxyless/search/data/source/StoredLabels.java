package org.proxyless.search.data.source;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.proxyless.base.InvalidInputException;

/**
 * Numbers that stand for classes in files. A {@code classes.txt} beside them names the classes from
 * 0 on; without one the classes are the numbers that training images have, in ascending order.
 */
public final class StoredLabels {
  private static final int MOST_CLASSES = 1 << 16;
  private static final String FILE = "classes.txt";

  private final List<String> names;
  private final long[] numbers; // by class
  private final String rule;

  private StoredLabels(List<String> names, long[] numbers, String rule) {
    this.names = names;
    this.numbers = numbers;
    this.rule = rule;
  }

  /**
   * The classes of a data set.
   *
   * @param folder where {@code classes.txt} may be
   * @param train the numbers of the training images
   * @param place what messages call the data
   * @throws InvalidInputException if there are fewer than two classes, or too many
   */
  public static StoredLabels of(Path folder, long[] train, String place) {
    Path named = folder.resolve(FILE);
    if (Files.exists(named)) {
      List<String> names = ClassNames.read(named);
      long[] numbers = IntStream.range(0, names.size()).asLongStream().toArray();
      String rule =
          "with the %d classes of %s it must be from 0 to %d"
              .formatted(names.size(), FILE, names.size() - 1);
      return new StoredLabels(names, numbers, rule);
    }
    long[] numbers = Arrays.stream(train).sorted().distinct().toArray();
    if (numbers.length < 2 || numbers.length > MOST_CLASSES) {
      throw new InvalidInputException(
          "the training images of %s have %,d different label%s; there must be from 2 to %,d."
              .formatted(place, numbers.length, numbers.length == 1 ? "" : "s", MOST_CLASSES));
    }
    String rule =
        "training images have %d different labels from %d to %d, this one not"
            .formatted(numbers.length, numbers[0], numbers[numbers.length - 1]);
    return new StoredLabels(
        Arrays.stream(numbers).mapToObj(Long::toString).toList(), numbers, rule);
  }

  /** The names of the classes, in the order of their labels. */
  public List<String> names() {
    return names;
  }

  /**
   * The classes of images: indices into {@link #names}.
   *
   * @param stored their numbers in the file
   * @param place what messages call the file
   * @throws InvalidInputException if a number stands for no class
   */
  public int[] classes(long[] stored, String place) {
    int[] classes = new int[stored.length];
    for (int i = 0; i < stored.length; i++) {
      classes[i] = Arrays.binarySearch(numbers, stored[i]);
      if (classes[i] < 0) {
        throw new InvalidInputException(
            "%s: label %d of image %d is out of range; %s.".formatted(place, stored[i], i, rule));
      }
    }
    return classes;
  }
}
