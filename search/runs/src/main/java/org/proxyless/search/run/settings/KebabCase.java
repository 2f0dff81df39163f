package org.proxyless.search.run.settings;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How constants are written on the command line and in files: {@code mul-log}. */
final class KebabCase {
  private KebabCase() {}

  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static <E extends Enum<E>> E parse(Class<E> type, String text) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> of(constant).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'"
                        + text
                        + "' must be one of "
                        + Arrays.stream(type.getEnumConstants())
                            .map(KebabCase::of)
                            .collect(Collectors.joining(", "))
                        + "."));
  }
}
