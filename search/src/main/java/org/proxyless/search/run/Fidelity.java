package org.proxyless.search.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.proxyless.latency.InvalidInputException;

/**
 * How much of a full training a cheap one has; every share is above 0 and at most 1.
 *
 * @param epochs share of the epochs: less is cheaper in proportion, and ends before networks that
 *     learn slowly have caught up
 * @param images share of the training images that are seen at all, spread evenly over them
 * @param side share of the images' height and width; the cost falls with its square
 */
public record Fidelity(
    @JsonProperty(required = true) double epochs,
    @JsonProperty(required = true) double images,
    @JsonProperty(required = true) double side) {
  /** A fifth of the epochs. */
  public static final Fidelity DEFAULT = new Fidelity(0.2, 1, 1);

  /** Checks the values. */
  public Fidelity {
    requireShare("epochs", epochs);
    requireShare("images", images);
    requireShare("side", side);
  }

  private static void requireShare(String what, double value) {
    if (!(value > 0 && value <= 1)) {
      throw new InvalidInputException(
          "--fidelity has "
              + what
              + "="
              + value
              + "; it must be a share of full training, above 0 and at most 1.");
    }
  }

  /** As on the command line: {@code epochs=0.2,images=1.0,side=1.0}. */
  @Override
  public String toString() {
    return "epochs=" + epochs + ",images=" + images + ",side=" + side;
  }
}
