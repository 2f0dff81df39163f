package org.proxyless.search.data;

import java.util.OptionalInt;
import org.proxyless.latency.InvalidInputException;
import org.proxyless.latency.Shape;

/**
 * In what form and amount a data set is wanted. What is left empty stays as the data has it.
 *
 * @param height rows of the images
 * @param width columns of the images
 * @param channels 1 for grey, 3 for red, green and blue
 * @param limit the most images that search and training may use, those for validation included; the
 *     test split is not touched
 */
public record DatasetOptions(
    OptionalInt height, OptionalInt width, OptionalInt channels, OptionalInt limit) {
  /** Everything as the data has it. */
  public static final DatasetOptions NATURAL =
      new DatasetOptions(
          OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());

  /** The longest side that can be asked for. */
  private static final int LONGEST_SIDE = 4096;

  public DatasetOptions {
    checkSide("height", height);
    checkSide("width", width);
    if (channels.isPresent() && channels.getAsInt() != 1 && channels.getAsInt() != 3) {
      throw new InvalidInputException(
          "channels " + channels.getAsInt() + ": must be 1 (grey) or 3 (RGB).");
    }
    if (limit.isPresent() && limit.getAsInt() < 2) {
      throw new InvalidInputException(
          "image limit " + limit.getAsInt() + ": must be at least 2, and better thousands.");
    }
  }

  private static void checkSide(String name, OptionalInt side) {
    if (side.isPresent() && (side.getAsInt() < 1 || side.getAsInt() > LONGEST_SIDE)) {
      throw new InvalidInputException(
          "input %s %d: must be from 1 to %d pixels."
              .formatted(name, side.getAsInt(), LONGEST_SIDE));
    }
  }

  /** The same with square images of this side. */
  public DatasetOptions withSize(int side) {
    return new DatasetOptions(OptionalInt.of(side), OptionalInt.of(side), channels, limit);
  }

  /** The same with images of this shape. */
  public DatasetOptions withShape(Shape shape) {
    return new DatasetOptions(
        OptionalInt.of(shape.height()),
        OptionalInt.of(shape.width()),
        OptionalInt.of(shape.channels()),
        limit);
  }

  /** The same with so many channels. */
  public DatasetOptions withChannels(int channels) {
    return new DatasetOptions(height, width, OptionalInt.of(channels), limit);
  }

  /** The same with at most so many images for training and validation. */
  public DatasetOptions withLimit(int images) {
    return new DatasetOptions(height, width, channels, OptionalInt.of(images));
  }

  /** The shape of the images, given the one that the data has. */
  Shape shape(Shape natural) {
    return new Shape(
        height.orElse(natural.height()),
        width.orElse(natural.width()),
        channels.orElse(natural.channels()));
  }
}
