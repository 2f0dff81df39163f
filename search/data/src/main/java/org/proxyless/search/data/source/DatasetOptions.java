package org.proxyless.search.data.source;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.proxyless.base.InvalidInputException;
import org.proxyless.network.Shape;

/**
 * In what form and amount a data set is wanted. What is left empty stays as the data has it.
 *
 * @param height rows of the images
 * @param width columns of the images
 * @param channels 1 for grey, 3 for red, green and blue
 * @param limit the most images that search and training may use, those for validation included; the
 *     test split is not touched
 * @param skipUnreadable whether image files that cannot be decoded are left out, not refused
 * @param checkedImages the folder where it is kept which image files could be decoded, or empty to
 *     check all of them each time
 * @param cache where decoded, resized images are kept on disk, or empty to decode each time
 * @param features what the examples of TFRecord files call image and label
 */
public record DatasetOptions(
    OptionalInt height,
    OptionalInt width,
    OptionalInt channels,
    OptionalInt limit,
    boolean skipUnreadable,
    Optional<Path> checkedImages,
    Optional<ImageCache> cache,
    RecordFeatures features) {
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

  /** In this form and amount, the files read as usual. */
  public DatasetOptions(
      OptionalInt height, OptionalInt width, OptionalInt channels, OptionalInt limit) {
    this(
        height,
        width,
        channels,
        limit,
        false,
        Optional.empty(),
        Optional.empty(),
        RecordFeatures.DEFAULT);
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
    return withSize(OptionalInt.of(side), OptionalInt.of(side));
  }

  private DatasetOptions withSize(OptionalInt rows, OptionalInt columns) {
    return new DatasetOptions(
        rows, columns, channels, limit, skipUnreadable, checkedImages, cache, features);
  }

  /** The same with images of this shape. */
  public DatasetOptions withShape(Shape shape) {
    return withSize(OptionalInt.of(shape.height()), OptionalInt.of(shape.width()))
        .withChannels(shape.channels());
  }

  /** The same with so many channels. */
  public DatasetOptions withChannels(int channels) {
    return new DatasetOptions(
        height,
        width,
        OptionalInt.of(channels),
        limit,
        skipUnreadable,
        checkedImages,
        cache,
        features);
  }

  /** The same with at most so many images for training and validation. */
  public DatasetOptions withLimit(int images) {
    return new DatasetOptions(
        height,
        width,
        channels,
        OptionalInt.of(images),
        skipUnreadable,
        checkedImages,
        cache,
        features);
  }

  /** The same without the image files that cannot be decoded, if so asked. */
  public DatasetOptions withSkipUnreadable(boolean skip) {
    return new DatasetOptions(height, width, channels, limit, skip, checkedImages, cache, features);
  }

  /** The same with a folder where it is kept which image files could be decoded. */
  public DatasetOptions withCheckedImages(Path folder) {
    return new DatasetOptions(
        height, width, channels, limit, skipUnreadable, Optional.of(folder), cache, features);
  }

  /** The same with decoded images kept on disk. */
  public DatasetOptions withCache(ImageCache settings) {
    return new DatasetOptions(
        height,
        width,
        channels,
        limit,
        skipUnreadable,
        checkedImages,
        Optional.of(settings),
        features);
  }

  /** The same with other names in the examples of TFRecord files. */
  public DatasetOptions withFeatures(RecordFeatures names) {
    return new DatasetOptions(
        height, width, channels, limit, skipUnreadable, checkedImages, cache, names);
  }

  /** The shape of the images, given the one that the data has. */
  public Shape shape(Shape natural) {
    return new Shape(
        height.orElse(natural.height()),
        width.orElse(natural.width()),
        channels.orElse(natural.channels()));
  }
}
