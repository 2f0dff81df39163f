package org.proxyless.search.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.proxyless.base.InvalidInputException;
import org.proxyless.latency.Fingerprint;
import org.proxyless.latency.LatencyEntry;
import org.proxyless.latency.LatencyTable;
import org.proxyless.latency.NetworkLatency;
import org.proxyless.latency.SpaceLatency;
import org.proxyless.network.Network;
import org.proxyless.network.Operator;

class BenchCellsTest {
  private static final String RESNET =
      "|nor_conv_3x3~0|+|none~0|nor_conv_3x3~1|+|skip_connect~0|none~1|skip_connect~2|";

  private static SearchSpace space() {
    return SearchSpaces.load("nas-bench-201", 1, null, null);
  }

  /**
   * By hand for all 3×3: 5·6·(9C² + 2C) of C = 16, 32, 64, and stem, residual blocks and classifier
   * beside them; as the benchmark states for this cell, 1.531546 M and 220.11968 M.
   */
  @ParameterizedTest
  @CsvSource({
    "|nor_conv_3x3~0|+|nor_conv_3x3~0|nor_conv_3x3~1|+|nor_conv_3x3~0|nor_conv_3x3~1|"
        + "nor_conv_3x3~2|, 1531546, 220119680",
    "|none~0|+|none~0|none~1|+|skip_connect~0|none~1|none~2|, 73306, 7783040",
    "|avg_pool_3x3~0|+|none~0|avg_pool_3x3~1|+|skip_connect~0|none~1|avg_pool_3x3~2|, 73306,"
        + " 7783040",
    "|none~0|+|none~0|none~1|+|nor_conv_1x1~0|none~1|none~2|, 101306, 11715200",
    RESNET + ", 559386, 78561920",
  })
  void aCellHasTheParametersAndMultiplyAccumulatesOfItsEdges(
      String genotype, long parameters, long macs) {
    Network network = space().network(BenchGenotype.read(genotype));
    assertThat(network.parameters()).isEqualTo(parameters);
    assertThat(network.macs()).isEqualTo(macs);
  }

  @Test
  void eachCombinationIsADifferentNetworkWithoutIdleEdges() {
    SearchSpace space = space();
    List<List<Integer>> combinations = space.graph().couplings().get(0).combinations();
    assertThat(space.candidateCounts()).containsExactly(5, 5, 5, 5, 5, 5);
    assertThat(space.graph().networks()).isEqualTo(9_444);
    Set<List<String>> networks = new HashSet<>();
    SplittableRandom random = new SplittableRandom(1);
    for (int draw = 0; draw < 200; draw++) {
      int[] choice = space.graph().draw(random);
      Network network = space.network(choice);
      networks.add(network.keys());
      long edges =
          network.operators().stream().filter(BenchCellsTest::isEdgeOfTheFirstStage).count();
      long chosen = java.util.Arrays.stream(choice).filter(option -> option > 0).count();
      assertThat(edges).isEqualTo(5 * chosen);
      assertThat(BenchGenotype.read(BenchGenotype.text(choice))).isEqualTo(choice);
    }
    assertThat(networks.size()).isGreaterThan(190);
    assertThat(new HashSet<>(combinations)).hasSameSizeAs(combinations);
  }

  private static boolean isEdgeOfTheFirstStage(Operator operator) {
    return operator.input().height() == 32
        && operator.output().height() == 32
        && operator.input().channels() == 16
        && operator.type().inputs() == 1;
  }

  /** Sums of one edge are none, and those of two are not those of three. */
  @Test
  void theCostOfACellIsTheSumOverItsNetwork() {
    SearchSpace space = space();
    LatencyTable.Builder table =
        LatencyTable.builder("phone", space.name())
            .fingerprint(Fingerprint.of(Map.of()))
            .call(LatencyEntry.ofMillis(0.1));
    List<Operator> operators = space.distinctOperators();
    for (int i = 0; i < operators.size(); i++) {
      if (!operators.get(i).isZero()) {
        table.put(operators.get(i), LatencyEntry.ofMillis(0.01 * (i + 1)));
      }
    }
    SpaceLatency latency = SpaceLatency.of(table.build(), space.graph());
    SplittableRandom random = new SplittableRandom(2);
    for (int draw = 0; draw < 50; draw++) {
      int[] choice = space.graph().draw(random);
      assertThat(latency.latencyMillis(choice))
          .isCloseTo(
              NetworkLatency.of(space.network(choice), table.build()).latencyMillis(),
              within(1e-9));
    }
  }

  /** The benchmark's own count of what joins something to the end. */
  @Test
  void theCellsThatJoinSomethingToTheEndAreThoseThatTheBenchmarkCallsConnected()
      throws IOException {
    List<String> lines =
        Files.readAllLines(ReferenceData.file("benchmarks/nb201_accuracy_latency.csv"));
    Set<String> alive = new HashSet<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] columns = line.split(",");
      int[] choice = columns[1].chars().map(digit -> digit - '0').toArray();
      int[] kept = BenchCells.alive(choice);
      boolean connected = kept[3] + kept[4] + kept[5] > 0;
      assertThat(connected).as(columns[1]).isEqualTo(columns[2].equals("1"));
      if (connected) {
        alive.add(java.util.Arrays.toString(kept));
      }
    }
    assertThat(lines).hasSize(15_626);
    assertThat(alive).hasSize(BenchCells.combinations(5).size());
  }

  @Test
  void edgesThatMakeNoDifferenceAreReadAsNone() {
    int[] read =
        BenchGenotype.read(
            "|none~0|+|nor_conv_3x3~0|nor_conv_1x1~1|+|skip_connect~0|avg_pool_3x3~1|none~2|");
    assertThat(BenchGenotype.text(read))
        .isEqualTo("|none~0|+|none~0|none~1|+|skip_connect~0|none~1|none~2|");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "|nor_conv_3x3~0|",
        "|nor_conv_5x5~0|+|none~0|none~1|+|skip_connect~0|none~1|none~2|",
        "|none~0|+|none~1|none~0|+|skip_connect~0|none~1|none~2|",
        "none~0+none~0|none~1+skip_connect~0|none~1|none~2",
        "|nor_conv_3x3~0|+|none~0|none~1|+|none~0|none~1|nor_conv_3x3~2|",
      })
  void whatIsNoCellIsRefusedWithWhatOneLooksLike(String text) {
    assertThatThrownBy(() -> BenchGenotype.read(text))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("'" + text + "'")
        .hasMessageContaining("looks like");
  }

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{form: nas-bench-201, channels: 8, layers: 5}|multiple of 3",
        "{form: nas-bench-201, channels: 8, layers: 6, nodes: 4}|only channels and layers",
        "{form: nas-bench-301, channels: 8, layers: 6}|nas-bench-301",
      })
  void whatTheFormDoesNotHaveIsRefused(String cells, String message) throws IOException {
    Path file = folder.resolve("bad.yaml");
    Files.writeString(
        file,
        "description: bad\ninput: {height: 8, width: 8, channels: 3}\nclasses: 2\n"
            + "candidates: [{type: Zero}]\ncells: "
            + cells
            + "\n");
    assertThatThrownBy(() -> SearchSpaces.load(file.toString(), 1, null, null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(message);
  }
}
