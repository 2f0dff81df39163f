package org.proxyless.search.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.proxyless.base.InvalidInputException;
import org.proxyless.latency.choice.OperatorChoice;
import org.proxyless.latency.choice.OperatorChoice.Limit;
import org.proxyless.network.BlockGraph;
import org.proxyless.network.Network;
import org.proxyless.network.Operator;

class NodeCellsTest {
  @TempDir Path folder;

  private SearchSpace space(String cells) throws IOException {
    Path file = folder.resolve("cells.yaml");
    Files.writeString(
        file,
        "description: for a test\ninput: {height: 8, width: 8, channels: 3}\nclasses: 2\n"
            + "candidates: [{type: SepConv, kernel: 3}, {type: Zero}, {type: MaxPool, kernel: 3}]\n"
            + "cells: "
            + cells
            + "\n");
    return SearchSpaces.load(file.toString(), 1, null, null);
  }

  /** As many as ENAS counts: Π ((i+2)·5)² over the nodes of each kind of cell. */
  @Test
  void theMicroSpaceOfEnasHasAsManyCellsAsItsPaperCounts() {
    SearchSpace space = SearchSpaces.load("enas-micro", 1, null, null);
    BigInteger ofOneCell =
        IntStream.range(0, 5)
            .mapToObj(i -> BigInteger.valueOf((i + 2) * 5L).pow(2))
            .reduce(BigInteger.ONE, BigInteger::multiply);
    assertThat(space.graph().networks()).isEqualTo(ofOneCell.pow(2));
    assertThat(space.candidateCounts()).hasSize(40);
    assertThat(space.edges().get(0).name()).isEqualTo("normal.2a.operator");
    assertThat(space.edges().get(39).name()).isEqualTo("reduction.6b.input");
  }

  @ParameterizedTest
  @ValueSource(strings = {"enas-micro", "nasnet", "amoebanet"})
  void whatEveryNetworkHasIsOneSidesOperatorAndTheEndsThatAreLoose(String name) {
    SearchSpace space = SearchSpaces.load(name, 1, null, null);
    SplittableRandom random = new SplittableRandom(1);
    List<Operator> known = space.distinctOperators();
    for (int draw = 0; draw < 10; draw++) {
      Network network = space.network(space.graph().draw(random));
      assertThat(network.operators()).allMatch(known::contains);
      assertThat(network.operators().stream().filter(o -> o.type().label().equals("Add of 2")))
          .hasSize((name.equals("enas-micro") ? 8 : 5) * 5);
    }
  }

  /**
   * Both inputs through a 3×3 separable convolution into a first node, that alone into the second:
   * then only the second is loose.
   */
  @Test
  void theStatesThatNoNodeTakesAreGivenOn() throws IOException {
    SearchSpace space = space("{form: enas, channels: 8, layers: 3, nodes: 2}");
    int[] choice = {0, 0, 0, 1, 1, 2, 1, 2, 0, 0, 0, 1, 1, 2, 1, 2};
    assertThat(ends(space, choice, "cell1")).isEqualTo("ReLU Conv 1×1");
    int[] wide = choice.clone();
    wide[5] = 0; // the second node takes the older input on one side: still nothing else is loose
    assertThat(ends(space, wide, "cell1")).isEqualTo("ReLU Conv 1×1");
    wide[7] = 0; // now the first node is
    assertThat(ends(space, wide, "cell1")).isEqualTo("Loose ends of 2");
    wide[3] = 0; // and the newer input
    assertThat(ends(space, wide, "cell1")).isEqualTo("Loose ends of 3");
  }

  private static String ends(SearchSpace space, int[] choice, String cell) {
    BlockGraph.Derived derived = space.derive(choice);
    int place =
        IntStream.range(0, derived.origins().size())
            .filter(i -> space.blockNames().get(derived.origins().get(i)).equals(cell))
            .findFirst()
            .orElseThrow();
    return derived.network().operators().get(place).type().label();
  }

  @ParameterizedTest
  @ValueSource(strings = {"enas", "nasnet"})
  void theCostOfAChoiceIsTheSumOverItsNetworkAndTheBoundIsOne(String form) throws IOException {
    SearchSpace space = space("{form: " + form + ", channels: 8, layers: 3, nodes: 3}");
    Limit parameters = Limit.of("parameters", 1e9, space.graph(), Operator::parameters);
    Limit macs = Limit.of("macs", 1e12, space.graph(), Operator::macs);
    SplittableRandom random = new SplittableRandom(2);
    for (int draw = 0; draw < 300; draw++) {
      int[] choice = space.graph().draw(random);
      Network network = space.network(choice);
      assertThat(parameters.cost(choice)).isEqualTo(network.parameters());
      assertThat(macs.cost(choice)).isEqualTo(network.macs());
      assertThat(parameters.remainder().of(choice)).isGreaterThanOrEqualTo(0);
      assertThat(parameters.least()).isLessThanOrEqualTo(network.parameters());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"enas", "nasnet"})
  void theBestChoiceWithinALimitIsThatOfEnumeration(String form) throws IOException {
    SearchSpace space = space("{form: " + form + ", channels: 4, layers: 3, nodes: 1}");
    List<int[]> all = new ArrayList<>();
    collect(space.candidateCounts(), new int[8], 0, all);
    assertThat(all).hasSize(6 * 6 * 6 * 6);
    double[] parameters = all.stream().mapToDouble(c -> space.network(c).parameters()).toArray();
    SplittableRandom random = new SplittableRandom(3);
    for (int trial = 0; trial < 25; trial++) {
      double[][] scores =
          IntStream.of(space.candidateCounts())
              .mapToObj(size -> random.doubles(size, -3, 0).toArray())
              .toArray(double[][]::new);
      double most = parameters[random.nextInt(parameters.length)];
      double best =
          IntStream.range(0, parameters.length)
              .filter(i -> parameters[i] <= most)
              .mapToObj(i -> score(scores, all.get(i)))
              .max(Comparator.naturalOrder())
              .orElseThrow();
      int[] found =
          OperatorChoice.best(
              scores, List.of(Limit.of("parameters", most, space.graph(), Operator::parameters)));
      assertThat((double) space.network(found).parameters()).isLessThanOrEqualTo(most);
      assertThat(score(scores, found)).isCloseTo(best, within(1e-9));
    }
  }

  private static double score(double[][] scores, int[] choice) {
    return IntStream.range(0, choice.length).mapToDouble(d -> scores[d][choice[d]]).sum();
  }

  private static void collect(int[] sizes, int[] choice, int decision, List<int[]> all) {
    if (decision == sizes.length) {
      all.add(choice.clone());
      return;
    }
    for (int option = 0; option < sizes[decision]; option++) {
      choice[decision] = option;
      collect(sizes, choice, decision + 1, all);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{form: enas, channels: 8, layers: 6, kept: 2}|kept is for form darts",
        "{form: enas, channels: 8, layers: 6, stem: conv-reductions}|no such stem",
        "{form: enas, channels: 8, layers: 6, stemChannels: 8}|are for form nasnet",
        "{form: nasnet, channels: 8, layers: 6, nodes: 40}|nodes is 40",
      })
  void whatAFormDoesNotHaveIsRefused(String cells, String message) {
    assertThatThrownBy(() -> space(cells))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(message);
  }
}
