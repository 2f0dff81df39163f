package org.proxyless.search.run;

import java.nio.file.Files;
import java.nio.file.Path;
import org.proxyless.latency.InvalidInputException;

/** The rules that settings keep; null stands for "not given" and passes. */
public final class Rules {
  private Rules() {}

  /** Finite and above 0. */
  public static void positive(String option, Double value) {
    if (value != null && !(value > 0 && Double.isFinite(value))) {
      throw refused(option, value, "it must be a number above 0");
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

  static void onlyFor(StrategyKind applies, StrategyKind chosen, String option, Object value) {
    if (value != null && chosen != applies) {
      throw refused(
          option,
          value,
          "it applies to --strategy " + applies + " only, not to " + chosen + ": leave it out");
    }
  }

  private static InvalidInputException refused(String option, Object value, String rule) {
    return new InvalidInputException(option + " is " + value + "; " + rule + ".");
  }
}
