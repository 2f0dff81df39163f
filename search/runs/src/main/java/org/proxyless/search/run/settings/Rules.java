package org.proxyless.search.run.settings;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.proxyless.base.InvalidInputException;

/** The rules that settings keep; null stands for "not given" and passes. */
public final class Rules {
  private Rules() {}

  /** Finite and above 0. */
  public static void positive(String option, Double value) {
    if (value != null && !(value > 0 && Double.isFinite(value))) {
      throw refused(option, value, "it must be a number above 0");
    }
  }

  /** From 0 to below 1. */
  static void share(String option, Double value) {
    if (value != null && !(value >= 0 && value < 1)) {
      throw refused(option, value, "it must be at least 0 and less than 1");
    }
  }

  /** Above 0, and at most 1. */
  static void positiveUpTo1(String option, Double value) {
    if (value != null && !(value > 0 && value <= 1)) {
      throw refused(option, value, "it must be above 0 and at most 1");
    }
  }

  /** At least this. */
  public static void atLeast(String option, long least, Number value) {
    if (value != null && value.longValue() < least) {
      throw refused(option, value, "it must be at least " + least);
    }
  }

  /** In this range, its ends included. */
  public static void between(String option, long least, long most, Number value) {
    if (value != null && (value.longValue() < least || value.longValue() > most)) {
      throw refused(option, value, "it must be from " + least + " to " + most);
    }
  }

  /** Numbers above 0, each greater than the one before. */
  static void ascending(String option, List<Double> values) {
    if (values == null) {
      return;
    }
    values.forEach(value -> positive(option, value));
    for (int i = 1; i < values.size(); i++) {
      if (values.get(i) <= values.get(i - 1)) {
        throw refused(option, values, "no value may be there twice");
      }
    }
  }

  /** One of these. */
  public static void either(String option, int one, int other, Integer value) {
    if (value != null && value != one && value != other) {
      throw refused(option, value, "it must be " + one + " or " + other);
    }
  }

  /** Not blank. */
  public static void named(String option, String value) {
    if (value != null && value.isBlank()) {
      throw refused(option, "'" + value + "'", "it must be a name or a file");
    }
  }

  /** A file that is there and can be read. */
  public static void file(String option, Path value) {
    if (value != null && !(Files.isRegularFile(value) && Files.isReadable(value))) {
      throw refused(option, value, "there is no such readable file");
    }
  }

  /** A file that can be written, there or not. */
  public static void newFile(String option, Path value) {
    if (value == null) {
      return;
    }
    Path folder = value.toAbsolutePath().getParent();
    if (Files.isDirectory(value) || folder == null) {
      throw refused(option, value, "it must be a file, not a folder");
    }
    if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
      throw refused(option, value, "its folder must be there and writable");
    }
  }

  /** A file or folder that is there. */
  public static void present(String option, Path value) {
    if (value != null && !Files.exists(value)) {
      throw refused(option, value, "there is no such file or folder");
    }
  }

  /** A folder that is there. */
  public static void folder(String option, Path value) {
    if (value != null && !Files.isDirectory(value)) {
      throw refused(option, value, "there is no such folder");
    }
  }

  static void together(String option, Object value, String other, Object otherValue) {
    if ((value == null) != (otherValue == null)) {
      throw new InvalidInputException(
          option + " is " + value + " and " + other + " " + otherValue + "; give both or none.");
    }
  }

  static void onlyWith(String needed, Object neededValue, String option, Object value) {
    if (value != null && neededValue == null) {
      throw refused(option, value, "it applies with " + needed + " only: leave it out");
    }
  }

  static void onlyFor(StrategyKind applies, StrategyKind chosen, String option, Object value) {
    if (value != null && !applies.equals(chosen)) {
      throw refused(
          option,
          value,
          "it applies to --strategy " + applies + " only, not to " + chosen + ": leave it out");
    }
  }

  static void notForMixtures(String option, Object value, StrategyKind chosen) {
    if (value != null && chosen.mixes()) {
      throw refused(
          option,
          value,
          "--strategy " + chosen + " mixes candidates with weights of their own: leave it out");
    }
  }

  /** Strategies that learn from mixtures train the weights for one target alone. */
  static void onePerMixture(String option, List<Double> several, StrategyKind chosen) {
    if (several != null && chosen.mixes()) {
      throw refused(
          option,
          several,
          "--strategy "
              + chosen
              + " searches for one target at a time: give one, or take "
              + StrategyKind.GRADIENT
              + " or "
              + StrategyKind.GDAS);
    }
  }

  private static InvalidInputException refused(String option, Object value, String rule) {
    return new InvalidInputException(option + " is " + value + "; " + rule + ".");
  }
}
