package org.proxyless.search.cli.options;

import org.proxyless.network.Shape;
import org.proxyless.search.run.settings.SearchSettings;
import picocli.CommandLine.Option;

/** The options that scale a space and fit it to images and classes. */
public final class SpaceSizeOptions {
  @Option(
      names = "--width",
      paramLabel = "FACTOR",
      defaultValue = "" + SearchSettings.DEFAULT_WIDTH,
      description = "Scales the channels of the space (default: ${DEFAULT-VALUE}).")
  private double width;

  @Option(
      names = "--input",
      paramLabel = "HxWxC",
      converter = Converters.ImageShape.class,
      description = "Height, width and channels of an image (default: the space's own).")
  private Shape input;

  @Option(
      names = "--classes",
      paramLabel = "N",
      description = "The number of classes (default: the space's own).")
  private Integer classes;

  public double width() {
    return width;
  }

  /** Or null for the space's own. */
  public Shape input() {
    return input;
  }

  /** Or null for the space's own. */
  public Integer classes() {
    return classes;
  }
}
