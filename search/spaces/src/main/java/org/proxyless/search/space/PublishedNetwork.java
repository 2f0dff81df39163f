package org.proxyless.search.space;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.proxyless.base.InvalidInputException;
import org.proxyless.network.Network;
import org.proxyless.network.NetworkFile;
import org.proxyless.network.operators.AveragePool;
import org.proxyless.network.operators.PreConv;
import org.proxyless.network.operators.Zero;

/**
 * A network that was given, not searched.
 *
 * @param description one line
 * @param network what it is
 * @param cells its cells, where it has a normal and a reduction cell
 * @param drawn what there is to draw of it; empty where nothing is
 */
public record PublishedNetwork(
    String description,
    Network network,
    Optional<CellGenotype> cells,
    List<CellPicture.Drawn> drawn) {
  private static final SpaceFile.Size IMAGE = new SpaceFile.Size(32, 32, 3);
  private static final int CLASSES = 10;
  private static final String BENCH = "|";
  private static final String DARTS = "Genotype";

  public PublishedNetwork {
    drawn = List.copyOf(drawn);
  }

  /**
   * A network by name, file or genotype.
   *
   * @param text one of {@link PublishedNetworks#names}; a network's file; or cells as DARTS, ENAS
   *     (micro space) or NAS-Bench-201 write them, for 10 classes of 32×32 pixels in the frame of
   *     their papers
   * @throws InvalidInputException if it is none of these
   */
  public static PublishedNetwork read(String text) {
    if (PublishedNetworks.names().contains(text)) {
      return PublishedNetworks.read(text);
    }
    if (text.startsWith(BENCH)) {
      return bench(text);
    }
    if (text.startsWith(DARTS)) {
      return ofCells("darts", SpaceFile.Cells.Form.DARTS, 20, CellGenotype.readDarts(text));
    }
    if (text.strip().matches("\\d+([\\s,;]+\\d+)+")) {
      return ofCells("enas", SpaceFile.Cells.Form.ENAS, 15, CellGenotype.readEnas(text));
    }
    Path file = Path.of(text);
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new InvalidInputException(
          "'"
              + text
              + "' is neither a readable file of a network, nor cells as DARTS, ENAS or"
              + " NAS-Bench-201 write them, nor one of "
              + String.join(", ", PublishedNetworks.names())
              + ".");
    }
    return new PublishedNetwork(text, NetworkFile.read(file), Optional.empty(), List.of());
  }

  private static PublishedNetwork ofCells(
      String name, SpaceFile.Cells.Form form, int layers, CellGenotype cells) {
    SpaceFile.Cells written =
        new SpaceFile.Cells(
            form,
            36,
            layers,
            null,
            null,
            null,
            cells.normal().texts(),
            cells.reduction().texts(),
            cells.normal().output(),
            cells.reduction().output(),
            null,
            null);
    String description =
        String.format(
            Locale.ROOT, "cells as given, %d layers, 36 channels, 32 px, 10 classes", layers);
    return PublishedNetworks.cells(
        name, new SpaceFile(description, IMAGE, CLASSES, null, null, written));
  }

  private static PublishedNetwork bench(String text) {
    int[] choice = BenchGenotype.read(text);
    SearchSpace space = SearchSpaces.load(BenchCells.SPACE, 1, null, null);
    List<CellPicture.Line> lines = new ArrayList<>();
    for (int edge = 0; edge < choice.length; edge++) {
      if (choice[edge] > 0) {
        var type = space.edges().get(edge).candidates().get(choice[edge]).type();
        String label =
            type instanceof Zero
                ? "skip"
                : type instanceof AveragePool ? "avg3" : "conv" + ((PreConv) type).kernel();
        lines.add(new CellPicture.Line(BenchCells.from(edge), BenchCells.to(edge), label));
      }
    }
    return new PublishedNetwork(
        BenchGenotype.text(choice),
        space.network(choice),
        Optional.empty(),
        List.of(new CellPicture.Drawn("cell", List.of("input", "1", "2", "output"), lines)));
  }
}
