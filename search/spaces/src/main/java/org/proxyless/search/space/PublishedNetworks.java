package org.proxyless.search.space;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.proxyless.base.StrictYaml;
import org.proxyless.network.Network;
import org.proxyless.network.Shape;

/** Networks of the literature that ship, by name. */
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
    return Stream.concat(CELLS.stream(), MACRO.stream()).toList();
  }

  /**
   * Reads one.
   *
   * @param name one of {@link #names}
   */
  public static PublishedNetwork read(String name) {
    return MACRO.contains(name) ? macro(name) : cells(name);
  }

  private static PublishedNetwork cells(String name) {
    return cells(name, StrictYaml.read(name, bytes(name), SpaceFile.class));
  }

  /** The network of a file in which nothing is left to choose. */
  static PublishedNetwork cells(String name, SpaceFile file) {
    CellGenotype genotype =
        new CellGenotype(
            CellGenotype.cell(
                CellWiring.written("normal", file.cells().normal(), file.cells().normalOutput())),
            CellGenotype.cell(
                CellWiring.written(
                    "reduction", file.cells().reduction(), file.cells().reductionOutput())));
    return new PublishedNetwork(
        file.description(),
        SearchSpaces.build(name, name, file, 1, null, null).network(new int[0]),
        Optional.of(genotype),
        CellPicture.of(genotype));
  }

  private static PublishedNetwork macro(String name) {
    Macro macro = StrictYaml.read(name, bytes(name), Macro.class);
    SpaceFile.Size size = macro.input();
    Network network =
        new MacroNetwork(name, macro.channels(), macro.separable())
            .build(
                name,
                macro.layers(),
                new Shape(size.height(), size.width(), size.channels()),
                macro.classes());
    return new PublishedNetwork(
        macro.description(), network, Optional.empty(), List.of(drawn(name, macro)));
  }

  private static CellPicture.Drawn drawn(String name, Macro macro) {
    List<String> states = new ArrayList<>(List.of("stem"));
    List<CellPicture.Line> lines = new ArrayList<>();
    for (int l = 0; l < macro.layers().size(); l++) {
      List<Integer> layer = macro.layers().get(l);
      int kind = layer.get(0);
      String operator = (macro.separable() && kind % 2 == 1 ? "sep" : "conv") + (kind < 2 ? 3 : 5);
      lines.add(new CellPicture.Line(l, l + 1, operator));
      for (int earlier = 0; earlier < l; earlier++) {
        if (layer.get(earlier + 1) == 1) {
          lines.add(new CellPicture.Line(earlier, l + 1, ""));
        }
      }
      states.add("layer " + (l + 1));
    }
    return new CellPicture.Drawn(name, states, lines);
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
