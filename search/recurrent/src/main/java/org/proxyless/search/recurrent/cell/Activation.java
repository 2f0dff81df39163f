package org.proxyless.search.recurrent.cell;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.proxyless.base.InvalidInputException;

/** What a node of a recurrent cell applies to its sum; in the order of enas_lm's codes. */
public enum Activation {
  TANH,
  RELU,
  SIGMOID,
  IDENTITY;

  /** As in cells: {@code tanh}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The one that is written like this.
   *
   * @throws InvalidInputException if there is none
   */
  public static Activation of(String text) {
    return Arrays.stream(values())
        .filter(activation -> activation.toString().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "activation '"
                        + text
                        + "' must be one of "
                        + Arrays.stream(values())
                            .map(Activation::toString)
                            .collect(Collectors.joining(", "))
                        + "."));
  }
}
