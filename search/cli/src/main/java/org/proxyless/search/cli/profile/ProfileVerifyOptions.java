package org.proxyless.search.cli.profile;

import java.nio.file.Path;
import org.proxyless.search.cli.options.Converters;
import org.proxyless.search.cli.options.JsonOption;
import org.proxyless.search.cli.options.SpaceSizeOptions;
import org.proxyless.search.run.settings.Rules;
import org.proxyless.search.run.settings.SearchSettings;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of {@code profile verify}. */
final class ProfileVerifyOptions {
  private static final int FEWEST_NETWORKS = 8;

  @Option(
      names = "--table",
      paramLabel = "FILE",
      required = true,
      converter = Converters.ExistingFile.class,
      description = "The latency table, measured on this machine.")
  private Path table;

  @Option(
      names = "--device",
      paramLabel = "NAME|FILE",
      description = "The table's device, where it is not one of 'list devices'.")
  private String device;

  @Option(
      names = "--space",
      paramLabel = "NAME|FILE",
      description = "The space whose networks are timed (default: the table's).")
  private String space;

  @Mixin private SpaceSizeOptions size;

  @Option(
      names = "--networks",
      paramLabel = "N",
      defaultValue = "60",
      description =
          "How many networks: half drawn uniformly, half spread over the range of latencies"
              + " (default: ${DEFAULT-VALUE}).")
  private int networks;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "" + SearchSettings.DEFAULT_SEED,
      description = "Decides which networks are drawn (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--write",
      description =
          "Takes the networks into the table's fit, and writes it with the errors that remain.")
  private boolean write;

  @Option(
      names = "--plot",
      paramLabel = "FILE.png",
      description = "Draws measured over predicted latencies; an SVG is written beside it.")
  private Path plot;

  @Mixin private JsonOption json;

  /**
   * Checks what is given.
   *
   * @throws org.proxyless.base.InvalidInputException if a value breaks a rule
   */
  void check() {
    Rules.named("--device", device);
    Rules.named("--space", space);
    Rules.positive("--width", size.width());
    Rules.atLeast("--classes", 2, size.classes());
    Rules.atLeast("--networks", FEWEST_NETWORKS, networks);
    Rules.newFile("--plot", plot);
  }

  Path table() {
    return table;
  }

  /** A device profile's name or file. */
  String deviceOr(String ofTheTable) {
    return device == null ? ofTheTable : device;
  }

  /** A space's name or file. */
  String spaceOr(String ofTheTable) {
    return space == null ? ofTheTable : space;
  }

  SpaceSizeOptions size() {
    return size;
  }

  int networks() {
    return networks;
  }

  long seed() {
    return seed;
  }

  boolean write() {
    return write;
  }

  /** Where to draw, or null. */
  Path plot() {
    return plot;
  }

  /** Where to write the figures, or null. */
  Path json() {
    return json.file();
  }
}
