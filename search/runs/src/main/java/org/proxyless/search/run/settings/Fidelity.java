package org.proxyless.search.run.settings;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.stream.IntStream;
import org.proxyless.base.InvalidInputException;

/**
 * How much of a full training a cheap one has; every share is above 0 and at most 1.
 *
 * @param epochs share of the epochs: less is cheaper in proportion, and ends before networks that
 *     learn slowly have caught up
 * @param images share of the training images that are seen at all, spread evenly over them
 * @param side share of the images' height and width; the cost falls with its square
 * @param width share of the channels, as {@code --width} scales them; the cost falls nearly with
 *     its square. Null for all
 */
public record Fidelity(
    @JsonProperty(required = true) double epochs,
    @JsonProperty(required = true) double images,
    @JsonProperty(required = true) double side,
    @JsonInclude(JsonInclude.Include.NON_NULL) Double width) {
  /** A fifth of the epochs. */
  public static final Fidelity DEFAULT = new Fidelity(0.2, 1, 1);

  /** Checks the values. */
  public Fidelity {
    requireShare("epochs", epochs);
    requireShare("images", images);
    requireShare("side", side);
    if (width != null) {
      requireShare("width", width);
      width = width == 1 ? null : width;
    }
  }

  /** With all channels. */
  public Fidelity(double epochs, double images, double side) {
    this(epochs, images, side, null);
  }

  /** The share of the channels as a number: 1 for all. */
  public double channels() {
    return width == null ? 1 : width;
  }

  /** What a training costs, as a share of a full one. */
  public double cost() {
    return epochs * images * side * side * channels() * channels();
  }

  /**
   * From this one to full training in even ratios, each about three times as dear as the one before
   * it: at least these two. All have all channels, since networks are trained on.
   */
  public List<Fidelity> rungs() {
    int steps = (int) Math.max(1, Math.round(Math.log(1 / cost()) / Math.log(3)));
    return IntStream.rangeClosed(0, steps)
        .mapToObj(step -> power(1 - (double) step / steps))
        .toList();
  }

  private Fidelity power(double exponent) {
    return new Fidelity(
        Math.pow(epochs, exponent), Math.pow(images, exponent), Math.pow(side, exponent));
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
    String shares = "epochs=" + epochs + ",images=" + images + ",side=" + side;
    return width == null ? shares : shares + ",width=" + width;
  }
}
