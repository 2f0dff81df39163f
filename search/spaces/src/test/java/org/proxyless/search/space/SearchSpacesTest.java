package org.proxyless.search.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.proxyless.base.InvalidInputException;
import org.proxyless.network.Network;
import org.proxyless.network.Operator;
import org.proxyless.network.Shape;
import org.proxyless.network.operators.MBConv;
import org.proxyless.network.operators.Zero;

class SearchSpacesTest {
  private static final String GOOD =
      """
      description: a test
      input: {height: 8, width: 8, channels: 3}
      classes: 4
      candidates:
        - {type: MBConv, kernel: 3, expansion: 3}
        - {type: Zero}
      blocks:
        - {name: stem, channels: 8, stride: 2, operator: {type: Conv, kernel: 3}}
        - {name: stage, channels: 8, cells: 2}
        - {name: classifier, operator: {type: Classifier}}
      """;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"proxyless-imagenet", "proxyless-mobile", "proxyless-cifar"})
  void theProxylessSpacesHave21EdgesAnd141Alphas(String name) {
    int[] counts = shipped(name).candidateCounts();
    assertThat(counts).hasSize(21);
    assertThat(Arrays.stream(counts).filter(n -> n == 6)).hasSize(6);
    assertThat(Arrays.stream(counts).filter(n -> n == 7)).hasSize(15);
    assertThat(Arrays.stream(counts).sum()).isEqualTo(141);
  }

  @ParameterizedTest
  @CsvSource({
    "proxyless-imagenet, 32/16/24/40/80/96/192/320/1280/1000, 224/112/112/56/28/14/14/7/7/7",
    "proxyless-mobile,   32/16/32/40/80/96/192/320/1280/1000, 224/112/112/56/28/14/14/7/7/7",
    "proxyless-cifar,    32/16/24/40/80/96/192/320/1280/10,   32/32/32/32/16/8/8/4/4/4",
  })
  void widthsAndStridesAreThoseOfThePaper(String name, String channels, String inputs) {
    List<Operator> first =
        shipped(name).blocks().stream()
            .filter(block -> !block.name().matches(".*\\.[2-9]"))
            .map(block -> block.candidates().get(0))
            .toList();
    assertThat(first.stream().map(Operator::outputChannels))
        .containsExactlyElementsOf(ints(channels));
    assertThat(first.stream().map(op -> op.input().height()))
        .containsExactlyElementsOf(ints(inputs));
  }

  @Test
  void theMobileSpaceHas66DistinctMbconvs() {
    long distinct =
        shipped("proxyless-mobile").distinctOperators().stream()
            .filter(op -> op.type() instanceof MBConv mbconv && mbconv.expansion() > 1)
            .count();
    assertThat(distinct).isEqualTo(66);
  }

  @Test
  void candidatesStandInTheOrderOfThePaper() {
    List<String> labels =
        shipped("proxyless-imagenet").edges().get(1).candidates().stream()
            .map(op -> op.type().label())
            .toList();
    assertThat(labels)
        .containsExactly(
            "MBConv3 3×3",
            "MBConv6 3×3",
            "MBConv3 5×5",
            "MBConv6 5×5",
            "MBConv3 7×7",
            "MBConv6 7×7",
            "Zero");
  }

  @ParameterizedTest
  @ValueSource(strings = {"small", "proxyless-imagenet", "proxyless-mobile", "proxyless-cifar"})
  void anEdgeHasAShortcutAndZeroExactlyWhereStrideIs1AndChannelsStay(String name) {
    for (Block edge : shipped(name).edges()) {
      Operator first = edge.candidates().get(0);
      boolean same = first.input().equals(first.output());
      assertThat(edge.candidates()).allMatch(op -> op.shortcut() == same);
      assertThat(edge.candidates().stream().anyMatch(op -> op.type() instanceof Zero))
          .isEqualTo(same);
    }
  }

  @Test
  void theSmallSpaceHas8To10Edges() {
    assertThat(shipped("small").edges().size()).isBetween(8, 10);
    assertThat(shipped("small").input()).isEqualTo(new Shape(28, 28, 1));
  }

  @Test
  void aChoiceOnEveryEdgeGivesANetwork() {
    SearchSpace space = shipped("small");
    int[] last = Arrays.stream(space.candidateCounts()).map(n -> n - 1).toArray();
    Network smallest = space.network(last);
    Network first = space.network(new int[last.length]);
    assertThat(first.operators()).hasSameSizeAs(space.blocks());
    assertThat(smallest.operators().stream().filter(Operator::isZero).count())
        .isEqualTo(Arrays.stream(last).filter(choice -> choice == 6).count());
    assertThat(smallest.parameters()).isLessThan(first.parameters());
    assertThatThrownBy(() -> space.network(new int[2])).hasMessageContaining("edges, not 2");
  }

  @Test
  void inputAndClassesCanBeOfTheData() {
    SearchSpace space = SearchSpaces.load("small", 1, new Shape(33, 47, 5), 17);
    assertThat(space.input()).isEqualTo(new Shape(33, 47, 5));
    assertThat(space.network(new int[space.edges().size()]).classes()).isEqualTo(17);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 24, 24",
    "0.35, 1280, 448",
    "0.35, 24, 8",
    "0.35, 32, 16",
    "0.5, 24, 16",
    "0.1, 16, 8",
    "0.75, 40, 32",
    "1.4, 24, 32",
    "1, 20, 20",
  })
  void widthsRoundToMultiplesOf8(double factor, int channels, int expected) {
    assertThat(new Width(factor).of(channels)).isEqualTo(expected);
  }

  @Test
  void aRoundedWidthIsNeverBelowNineTenthsOfTheAskedOne() {
    for (double factor = 0.05; factor < 4; factor += 0.0473) {
      for (int channels = 1; channels < 400; channels += 7) {
        int width = new Width(factor).of(channels);
        assertThat(width).isGreaterThanOrEqualTo((int) Math.ceil(0.9 * factor * channels));
        assertThat(width % 8).isZero();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY, 100})
  void aWidthFactorOutOfRangeIsRefused(double factor) {
    assertThatThrownBy(() -> SearchSpaces.load("small", factor, null, null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("--width is " + factor);
  }

  @Test
  void aFileIsASpaceToo() throws IOException {
    SearchSpace space = load(GOOD);
    assertThat(space.name()).isEqualTo("mine");
    assertThat(space.candidateCounts()).containsExactly(2, 2);
    assertThat(space.blocks().stream().map(Block::name))
        .containsExactly("stem", "stage.1", "stage.2", "classifier");
  }

  @Test
  void aNewOperatorIsOneClassAndOneLine() throws IOException {
    String line = "  - {type: org.proxyless.search.space.Squeeze, kernel: 5, ratio: 4}\n";
    SearchSpace space = load(GOOD.replace("  - {type: Zero}\n", line + "  - {type: Zero}\n"));
    assertThat(space.candidateCounts()).containsExactly(3, 3);
    Network network = space.network(new int[] {1, 1});
    assertThat(network.operators().get(1).type()).isEqualTo(new Squeeze(5, 4));
    assertThat(network.operators().get(1).shortcut()).isTrue();
    assertThat(network.macs()).isPositive();
  }

  @Test
  void anEdgeWithOneFittingCandidateIsFixed() throws IOException {
    SearchSpace space = load(GOOD.replace("channels: 8, cells: 2", "channels: 16, cells: 2"));
    assertThat(space.candidateCounts()).containsExactly(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "cells: 2|cels: 2|line 9: unknown key 'cels'; the keys are candidates, cells,",
        "classes: 4|classes: 4.5|line 3: key 'classes'",
        "classes: 4|classes: four|line 3: key 'classes'",
        "classes: 4|classes: 1|classes is 1; it must be at least 2",
        "classes: 4|clases: 4|key 'classes' is missing.",
        "classes: 4|classes: 4\\nclasses: 5|line 4: Duplicate field 'classes'",
        "kernel: 3, expansion|kernel: 4, expansion|line 5: operator MBConv: kernel 4",
        "kernel: 3, expansion|kernl: 3, expansion|line 5: operator MBConv: unknown key 'kernl'",
        "type: Zero|type: Nought|line 6: operator type 'Nought' is not known",
        "cells: 2|cells: 0|line 9: block 'stage': cells is 0",
        "cells: 2|shortcut: true|line 9: block 'stage': shortcut is for fixed blocks",
        "cells: 2|stride: 3|line 9: block 'stage': stride is 3; it must be from 1 to 2",
        "channels: 8, cells|channels: 70000, cells|channels is 70000; it must be from 1 to 65536",
        "expansion: 3|expansion: 999999999|every extent must be at least 1",
        "operator: {type: Conv, kernel: 3}|operator: {type: Zero}|block 'stem' has no operator that fits",
        "{name: stage, channels: 8|{name: z, channels: 8, operator: {type: Zero}|Zero without a shortcut",
        "name: stage|name: stem|two blocks have the same name",
        "channels: 8, cells|cells|block 'stage' has no channels",
        "height: 8|height: 0|line 2: input 0x8x3 must be at least 1x1x1",
        "height: 8|height: '8'|line 2: key 'height'",
        "candidates:|candidates: [|line 5",
      })
  void aBadFileIsOneLineWithItsPlace(String good, String bad, String message) {
    String text = GOOD.replace(good, bad == null ? "" : bad.replace("\\n", "\n"));
    assertThat(text).isNotEqualTo(GOOD);
    assertThatThrownBy(() -> load(text))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("mine.yaml")
        .hasMessageContaining(message)
        .message()
        .doesNotContain("\n");
  }

  @Test
  void anUnknownSpaceIsRefusedWithTheKnownOnes() {
    assertThatThrownBy(() -> SearchSpaces.load("smal", 1, null, null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("'smal'")
        .hasMessageContaining("proxyless-cifar");
    assertThatThrownBy(() -> SearchSpaces.load("nowhere.yaml", 1, null, null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("nowhere.yaml");
  }

  private static SearchSpace shipped(String name) {
    return SearchSpaces.load(name, 1, null, null);
  }

  private SearchSpace load(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("mine.yaml"), text);
    return SearchSpaces.load(file.toString(), 1, null, null);
  }

  private static List<Integer> ints(String slashed) {
    return IntStream.of(Arrays.stream(slashed.split("/")).mapToInt(Integer::parseInt).toArray())
        .boxed()
        .toList();
  }
}
