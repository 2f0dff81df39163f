package org.proxyless.search.space;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.proxyless.latency.InvalidInputException;
import org.proxyless.latency.Network;
import org.proxyless.latency.NetworkFile;
import org.proxyless.latency.Shape;
import org.proxyless.search.file.StrictYaml;

/** Networks of the literature that ship, by name, wherever a network's file can be given. */
public final class PublishedNetworks {
  private static final List<String> CELLS =
      List.of(
          "nasnet-a-mobile",
          "nasnet-a-large",
          "nasnet-a-cifar",
          "amoebanet-a",
          "amoebanet-a-imagenet",
          "darts-v1-cifar",
          "darts-v1-imagenet",
          "darts-v2-cifar",
          "darts-v2-imagenet",
          "enas-micro",
          "gdas");

  private static final List<String> MACRO = List.of("enas-macro", "enas-macro-separable");

  /** A network of ENAS's macro space as written. */
  private record Macro(
      @JsonProperty(required = true) String description,
      @JsonProperty(required = true) SpaceFile.Size input,
      @JsonProperty(required = true) int classes,
      @JsonProperty(required = true) int channels,
      @JsonProperty(required = true) boolean separable,
      @JsonProperty(required = true) List<List<Integer>> layers) {}

  private PublishedNetworks() {}

  /** The networks that ship. */
  public static List<String> names() {
    return java.util.stream.Stream.concat(CELLS.stream(), MACRO.stream()).toList();
  }

  /** One line about a network that ships. */
  public static String description(String name) {
    return MACRO.contains(name) ? macro(name).description() : cells(name).description();
  }

  /**
   * A network by its name or file.
   *
   * @param nameOrFile one of {@link #names}, or a network's file
   * @throws InvalidInputException if it is neither, or no network
   */
  public static Network read(String nameOrFile) {
    if (CELLS.contains(nameOrFile)) {
      SearchSpace space =
          SearchSpaces.build(nameOrFile, nameOrFile, cells(nameOrFile), 1, null, null);
      return space.network(new int[0]);
    }
    if (MACRO.contains(nameOrFile)) {
      Macro macro = macro(nameOrFile);
      SpaceFile.Size size = macro.input();
      return new MacroNetwork(nameOrFile, macro.channels(), macro.separable())
          .build(
              nameOrFile,
              macro.layers(),
              new Shape(size.height(), size.width(), size.channels()),
              macro.classes());
    }
    Path file = Path.of(nameOrFile);
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new InvalidInputException(
          "'"
              + nameOrFile
              + "' is neither a readable file of a network nor one of "
              + String.join(", ", names())
              + ".");
    }
    return NetworkFile.read(file);
  }

  private static SpaceFile cells(String name) {
    return StrictYaml.read(name, bytes(name), SpaceFile.class);
  }

  private static Macro macro(String name) {
    return StrictYaml.read(name, bytes(name), Macro.class);
  }

  private static byte[] bytes(String name) {
    try (InputStream in =
        PublishedNetworks.class.getResourceAsStream("/networks/" + name + ".yaml")) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read network " + name, e);
    }
  }
}
