package org.proxyless.search.cli.table;

import java.nio.file.Files;
import java.nio.file.Path;
import org.proxyless.base.InvalidInputException;
import org.proxyless.latency.formats.OnceForAllConfig;
import org.proxyless.latency.formats.ProxylessNasConfig;
import org.proxyless.network.Network;
import org.proxyless.search.cli.options.Converters;
import org.proxyless.search.cli.options.JsonOption;
import org.proxyless.search.run.settings.Rules;
import org.proxyless.search.space.PublishedNetwork;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of {@code predict}. */
public final class PredictOptions {
  /** The form of a network's file, as users write it. */
  enum Format {
    proxyless,
    proxylessnas,
    ofa
  }

  private static final int PUBLISHED_IMAGE_SIZE = 224;

  @Option(
      names = "--network",
      paramLabel = "FILE|NAME",
      required = true,
      description = "The network, such as a run's network.json, or a name from 'list networks'.")
  private String network;

  @Option(
      names = "--network-format",
      paramLabel = "NAME",
      defaultValue = "proxyless",
      description =
          "The form of its file: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}, ours;"
              + " proxylessnas and ofa are the net.config of the authors of ProxylessNAS and of"
              + " Once-for-All's MobileNetV3).")
  private Format format;

  @Option(
      names = "--input-size",
      paramLabel = "N",
      description =
          "Height and width of images, which a net.config does not state (default: "
              + PUBLISHED_IMAGE_SIZE
              + "). For --network-format proxylessnas and ofa.")
  private Integer inputSize;

  @Option(
      names = "--table",
      paramLabel = "FILE",
      required = true,
      converter = Converters.ExistingFile.class,
      description = "The latency table.")
  private Path table;

  @Mixin private JsonOption json;

  /**
   * The network.
   *
   * @throws InvalidInputException if the file is not in the stated form
   */
  public Network network() {
    if (format == Format.proxyless && inputSize != null) {
      throw new InvalidInputException(
          "--input-size is "
              + inputSize
              + "; it applies to --network-format proxylessnas and ofa only, since our files state it:"
              + " leave it out.");
    }
    Rules.atLeast("--input-size", 1, inputSize);
    int imageSize = inputSize == null ? PUBLISHED_IMAGE_SIZE : inputSize;
    return switch (format) {
      case proxyless -> PublishedNetwork.read(network).network();
      case proxylessnas -> ProxylessNasConfig.read(existing(), imageSize);
      case ofa -> OnceForAllConfig.read(existing(), imageSize);
    };
  }

  private Path existing() {
    Path file = Path.of(network);
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new InvalidInputException("--network: there is no readable file '" + network + "'.");
    }
    return file;
  }

  /** The table's file. */
  public Path table() {
    return table;
  }

  /** Where to write the figures, or null. */
  Path json() {
    return json.file();
  }
}
