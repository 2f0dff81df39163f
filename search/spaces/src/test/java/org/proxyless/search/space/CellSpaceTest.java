package org.proxyless.search.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.proxyless.base.InvalidInputException;
import org.proxyless.network.BlockGraph;
import org.proxyless.network.Network;
import org.proxyless.network.Operator;
import org.proxyless.network.Shape;
import org.proxyless.network.operators.Add;
import org.proxyless.network.operators.Zero;

class CellSpaceTest {
  private static final String DARTS_V1 =
      """
        normal: [sep3 1 + sep3 0, skip 0 + sep3 1, skip 0 + sep3 1, sep3 0 + skip 2]
        reduction: [max3 0 + max3 1, skip 2 + max3 0, max3 0 + skip 2, skip 2 + avg3 0]
      """;
  private static final String DARTS_V2 =
      """
        normal: [sep3 0 + sep3 1, sep3 0 + sep3 1, sep3 1 + skip 0, skip 0 + dil3 2]
        reduction: [max3 0 + max3 1, skip 2 + max3 1, max3 0 + skip 2, skip 2 + max3 1]
      """;

  /** As the code of DARTS has it. */
  private static final String NASNET_A =
      """
        normal:
          [sep5 1 + sep3 0, sep5 0 + sep3 0, avg3 1 + skip 0, avg3 0 + avg3 0, sep3 1 + skip 1]
        reduction:
          [sep5 1 + sep7 0, max3 1 + sep7 0, avg3 1 + sep5 0, skip 3 + avg3 2, sep3 2 + max3 1]
        reductionOutput: [4, 5, 6]
      """;

  @TempDir Path folder;

  private SearchSpace cells(
      String text, int channels, int layers, String stem, int side, int classes)
      throws IOException {
    String cells = text.equals("V1") ? DARTS_V1 : text.equals("V2") ? DARTS_V2 : NASNET_A;
    Path file = folder.resolve("cells.yaml");
    Files.writeString(
        file,
        "description: published\n"
            + "input: {height: "
            + side
            + ", width: "
            + side
            + ", channels: 3}\n"
            + "classes: "
            + classes
            + "\ncells:\n  channels: "
            + channels
            + "\n  layers: "
            + layers
            + "\n  stem: "
            + stem
            + "\n"
            + cells);
    return SearchSpaces.load(file.toString(), 1, null, null);
  }

  /** Of convolutions and the dense layer; counted independently of this code. */
  @ParameterizedTest
  @CsvSource({
    "V2,     36, 20, conv,         32,    10, 3349342, 528359040",
    "V2,     48, 14, conv-halving, 224, 1000, 4718752, 529911552",
    "V2,     16,  8, conv,         32,    10,  246106,  43444736",
    "V2,      8,  8, conv,         32,    10,   69618,  12612864",
    "V2,      8,  5, conv,         32,    10,   37018,   7392512",
    "V1,     36, 20, conv,         32,    10, 3169414, 500987520",
    "V1,     48, 14, conv-halving, 224, 1000, 4510432, 505864704",
    "NASNET, 36, 20, conv,         32,    10, 3830950, 603452448",
    "NASNET, 48, 14, conv-halving, 224, 1000, 5564320, 604031616",
  })
  void publishedCellsHaveTheirParametersAndMultiplyAccumulates(
      String cells,
      int channels,
      int layers,
      String stem,
      int side,
      int classes,
      long parameters,
      long macs)
      throws IOException {
    SearchSpace space = cells(cells, channels, layers, stem, side, classes);
    assertThat(space.edges()).isEmpty();
    Network network = space.network(new int[0]);
    assertThat(network.parameters()).isEqualTo(parameters);
    assertThat(network.macs()).isEqualTo(macs);
  }

  /** As many networks as the paper counts, per kind of cell: Π (i choose 2)·7² over the nodes. */
  @Test
  void theSpaceOfDartsHas28EdgesOfWhichANodeKeepsTwo() {
    SearchSpace darts = SearchSpaces.load("darts", 1, null, null);
    assertThat(darts.candidateCounts()).hasSize(28).containsOnly(8);
    BigInteger ofOneCell =
        BigInteger.valueOf(49)
            .multiply(BigInteger.valueOf(3 * 49))
            .multiply(BigInteger.valueOf(6 * 49))
            .multiply(BigInteger.valueOf(10 * 49));
    assertThat(darts.graph().networks()).isEqualTo(ofOneCell.pow(2));
    assertThat(darts.edges().get(0).name()).isEqualTo("normal.2←0");
    assertThat(darts.edges().get(27).name()).isEqualTo("reduction.5←4");
  }

  @Test
  void theCellsThatDartsFoundAreAChoiceOfItsSpace() throws IOException {
    SearchSpace darts = SearchSpaces.load("darts", 1, null, null);
    // none max3 avg3 skip sep3 sep5 dil3 dil5
    int[] v2 = {
      4, 4, /* 2 */ 4, 4, 0, /* 3 */ 3, 4, 0, 0, /* 4 */ 3, 0, 6, 0, 0, /* 5 */
      1, 1, 0, 1, 3, 1, 0, 3, 0, 0, 1, 3, 0, 0
    };
    assertThat(darts.graph().couplings()).allMatch(coupling -> coupling.isKeptBy(v2));
    Network network = darts.network(v2);
    assertThat(network.parameters()).isEqualTo(246_106);
    assertThat(network.macs()).isEqualTo(43_444_736);
    BlockGraph.Derived derived = darts.derive(v2);
    List<String> cell =
        IntStream.range(0, derived.origins().size())
            .mapToObj(
                i ->
                    darts.blocks().get(derived.origins().get(i)).name()
                        + " "
                        + network.operators().get(i).type().label())
            .filter(text -> text.startsWith("cell1"))
            .toList();
    assertThat(cell)
        .containsExactly(
            "cell1.0 ReLU Conv 1×1",
            "cell1.1 ReLU Conv 1×1",
            "cell1.2←0 SepConv 3×3",
            "cell1.2←1 SepConv 3×3",
            "cell1.2 Add of 2",
            "cell1.3←0 SepConv 3×3",
            "cell1.3←1 SepConv 3×3",
            "cell1.3 Add of 2",
            "cell1.4←0 Zero",
            "cell1.4←1 SepConv 3×3",
            "cell1.4 Add of 2",
            "cell1.5←0 Zero",
            "cell1.5←2 DilConv 3×3",
            "cell1.5 Add of 2",
            "cell1 Concat of 4");
  }

  @Test
  void anyChoiceThatIsDrawnMakesANetworkWithTwoEdgesANode() {
    SearchSpace darts = SearchSpaces.load("darts", 0.5, new Shape(28, 28, 1), 5);
    SplittableRandom random = new SplittableRandom(1);
    for (int draw = 0; draw < 50; draw++) {
      Network network = darts.network(darts.graph().draw(random));
      assertThat(network.input()).isEqualTo(new Shape(28, 28, 1));
      assertThat(network.classes()).isEqualTo(5);
      assertThat(network.operators().stream().filter(o -> o.type().equals(new Add(2))))
          .hasSize(8 * 4);
      assertThat(network.operators()).noneMatch(o -> !o.type().connects());
      assertThat(network.operators().stream().filter(o -> o.type().equals(new Zero())))
          .allMatch(Operator::shortcut);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cells: {channels: 8, layers: 2}|layers is 2",
        "cells: {channels: 0, layers: 5}|channels is 0",
        "cells: {channels: 8, layers: 5, kept: 3}|kept is 3",
        "cells: {channels: 8, layers: 5, nodes: 9}|nodes is 9",
        "cells: {channels: 8, layers: 5, normal: [sep4 0 + sep3 1]}|'sep4 0' is no edge",
        "cells: {channels: 8, layers: 5, normal: [sep3 0 + sep3 2]}|node 2 cannot take state 2",
        "cells: {channels: 8, layers: 5, normalOutput: [2, 9]}|the output [2, 9]",
        "cells: {channels: 8, layers: 5, depth: 3}|depth",
        "cells: {channels: 8, layers: 5, normal: [skip 0], reduction: [skip 0]}|nothing is chosen",
      })
  void badCellsAreRefusedWithWhatIsWrong(String cells, String message) throws IOException {
    Path file = folder.resolve("bad.yaml");
    Files.writeString(
        file,
        "description: bad\ninput: {height: 8, width: 8, channels: 3}\nclasses: 2\n"
            + "candidates: [{type: SepConv, kernel: 3}]\n"
            + cells
            + "\n");
    assertThatThrownBy(() -> SearchSpaces.load(file.toString(), 1, null, null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(message);
  }
}
