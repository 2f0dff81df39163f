package org.proxyless.search.cli.options;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.proxyless.search.run.settings.Fidelity;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How much of full training a cheap one has. */
public final class FidelityOption {
  @Option(
      names = "--fidelity",
      paramLabel = "SHARES",
      converter = Shares.class,
      description =
          "What low-fidelity trains on, in shares of full training: epochs, images, the images'"
              + " side, and the networks' width (default: epochs=0.2,images=1,side=1,width=1). What"
              + " is left out is as in the default.")
  private Fidelity fidelity;

  /** What was asked for, or null. */
  public Fidelity orNull() {
    return fidelity;
  }

  /** {@code epochs=0.5,images=0.25,side=0.75}. */
  static final class Shares implements ITypeConverter<Fidelity> {
    private static final Set<String> KEYS = Set.of("epochs", "images", "side", "width");

    @Override
    public Fidelity convert(String text) {
      Map<String, Double> shares = new HashMap<>();
      for (String part : text.split(",")) {
        String[] pair = part.split("=");
        if (pair.length != 2 || !KEYS.contains(pair[0]) || shares.containsKey(pair[0])) {
          throw refused(text);
        }
        try {
          shares.put(pair[0], Double.valueOf(pair[1]));
        } catch (NumberFormatException e) {
          throw refused(text);
        }
      }
      return new Fidelity(
          shares.getOrDefault("epochs", Fidelity.DEFAULT.epochs()),
          shares.getOrDefault("images", Fidelity.DEFAULT.images()),
          shares.getOrDefault("side", Fidelity.DEFAULT.side()),
          shares.get("width"));
    }

    private static TypeConversionException refused(String text) {
      return new TypeConversionException(
          "'"
              + text
              + "' names no shares; write some of epochs, images, side and width once each, like"
              + " epochs=0.2,side=0.75.");
    }
  }
}
