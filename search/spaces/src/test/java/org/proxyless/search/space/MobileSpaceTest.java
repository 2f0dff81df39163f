package org.proxyless.search.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.proxyless.base.InvalidInputException;
import org.proxyless.latency.LatencyEntry;
import org.proxyless.latency.LatencyTable;
import org.proxyless.latency.NetworkLatency;
import org.proxyless.latency.SpaceLatency;
import org.proxyless.latency.choice.OperatorChoice;
import org.proxyless.latency.choice.OperatorChoice.Limit;
import org.proxyless.latency.formats.TableFormat;
import org.proxyless.network.BlockGraph;
import org.proxyless.network.Coupling;
import org.proxyless.network.Network;
import org.proxyless.network.Operator;
import org.proxyless.network.Shape;
import org.proxyless.network.operators.MBConv;
import org.proxyless.network.operators.SqueezeMBConv;
import org.proxyless.network.operators.SwishMBConv;
import org.proxyless.network.operators.SwishSqueezeMBConv;
import org.proxyless.network.operators.Zero;

/** Once-for-All's MobileNetV3, and its form for int8. */
class MobileSpaceTest {
  private static final int STAGES = 5;
  private static final int CELLS = 4;
  private static final int ZERO = 9;

  @TempDir Path folder;

  private static SearchSpace space(String name, double width) {
    return SearchSpaces.load(name, width, null, null);
  }

  /** (9² + 9³ + 9⁴)⁵, the 2·10¹⁹ of the paper. */
  @ParameterizedTest
  @ValueSource(strings = {"mobilenet-v3", "mobilenet-v3-relu"})
  void thereAreAsManyNetworksAsOnceForAllCounts(String name) {
    SearchSpace space = space(name, 1);
    assertThat(space.edges()).hasSize(STAGES * CELLS);
    assertThat(space.graph().networks()).isEqualTo(new BigInteger("21758655492572485851"));
    assertThat(space.graph().isChain()).isTrue();
  }

  @Test
  void ofAStageOnlyTheLastBlocksAreSkipped() {
    SearchSpace space = space("mobilenet-v3", 1);
    List<Coupling> couplings = space.graph().couplings();
    int[] path = path(new int[] {7}, new int[] {6}, new int[] {4});
    assertThat(Coupling.areKept(couplings, path)).isTrue();
    path[2] = ZERO;
    assertThat(Coupling.areKept(couplings, path)).isFalse();
    path[3] = ZERO;
    assertThat(Coupling.areKept(couplings, path)).isTrue();
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 200; i++) {
      int[] drawn = space.graph().draw(random);
      for (int stage = 0; stage < STAGES; stage++) {
        assertThat(drawn[CELLS * stage + 2] != ZERO || drawn[CELLS * stage + 3] == ZERO).isTrue();
      }
    }
  }

  /**
   * Counted independently from the layers that Once-for-All's code names: kernels, expansions and
   * depths are repeated until all blocks and stages have theirs.
   */
  @ParameterizedTest
  @CsvSource({
    "1.0, 224, 7, 6, 4, 7664760, 566170656",
    "1.0, 224, 3, 3, 2, 3410792, 121278672",
    "1.2, 224, 7, 6, 4, 10701632, 843101040",
    "1.2, 224, 3/5/7/3, 3/4/6/3, 2/3/4/3/2, 5867912, 354881496",
    "1.2, 160, 3, 3, 2, 4602456, 100320888",
  })
  void itsNetworksHaveAsManyParametersAndMultiplyAccumulatesAsCounted(
      double width,
      int side,
      String kernels,
      String expansions,
      String depths,
      long parameters,
      long macs) {
    SearchSpace space = SearchSpaces.load("mobilenet-v3", width, new Shape(side, side, 3), null);
    Network network = space.network(path(ints(kernels), ints(expansions), ints(depths)));
    assertThat(network.parameters()).isEqualTo(parameters);
    assertThat(network.macs()).isEqualTo(macs);
  }

  private static int[] ints(String slashed) {
    return Arrays.stream(slashed.split("/")).mapToInt(Integer::parseInt).toArray();
  }

  private static int[] path(int[] kernels, int[] expansions, int[] depths) {
    int[] path = new int[STAGES * CELLS];
    for (int i = 0; i < path.length; i++) {
      int kernel = kernels[i % kernels.length];
      int expansion = expansions[i % expansions.length];
      boolean skips = i % CELLS >= depths[i / CELLS % depths.length];
      path[i] = skips ? ZERO : 3 * ((kernel - 3) / 2) + List.of(3, 4, 6).indexOf(expansion);
    }
    return path;
  }

  @Test
  void eachStageHasItsActivationsAndSqueezes() {
    List<Block> edges = space("mobilenet-v3", 1).edges();
    List<Class<?>> types =
        List.of(
            SqueezeMBConv.class,
            SwishMBConv.class,
            SwishSqueezeMBConv.class,
            SwishSqueezeMBConv.class);
    for (int edge = CELLS; edge < edges.size(); edge++) {
      assertThat(edges.get(edge).candidates().get(0).type())
          .isInstanceOf(types.get(edge / CELLS - 1));
    }
    assertThat(space("mobilenet-v3-relu", 1).edges())
        .allMatch(edge -> edge.candidates().get(0).type() instanceof MBConv);
  }

  /** The last stage alone is chosen; every table gives the best of all its 7,371 networks. */
  @Test
  void theChoiceOfAStageIsTheBestOfAllItsNetworks() {
    SplittableRandom random = new SplittableRandom(1);
    LatencyTable.Builder table = LatencyTable.builder("a phone", "mobilenet-v3");
    for (Operator operator : space("mobilenet-v3", 1.2).distinctOperators()) {
      if (!operator.isZero()) {
        table.put(
            operator.key(), LatencyEntry.ofMillis(operator.macs() / 1e7 + random.nextDouble()));
      }
    }
    assertBestOfAll(table.build());
  }

  @Test
  void soItIsWithThePublishedTable() {
    Path file = ReferenceData.file("tables/ofa_note10/224_lookup_table.yaml");
    LatencyTable table = TableFormat.ONCE_FOR_ALL.read(file, "note10");
    SearchSpace space = space("mobilenet-v3", 1.2);
    SpaceLatency latency = SpaceLatency.of(table, space.graph());
    // Sums of the file's figures: what is fixed; all blocks' least and greatest.
    assertThat(latency.fixedMillis()).isCloseTo(4.908717, within(5e-7));
    assertBestOfAll(table);
  }

  private static void assertBestOfAll(LatencyTable table) {
    BlockGraph slice = lastStage(space("mobilenet-v3", 1.2).graph());
    SpaceLatency latency = SpaceLatency.of(table, slice);
    List<int[]> all = all(slice);
    assertThat(all).hasSize(81 + 729 + 6561);
    SplittableRandom random = new SplittableRandom(2);
    for (double share : new double[] {0, 0.1, 0.3, 0.6, 0.9, 1}) {
      double most =
          latency.minMillis() + share * (latency.maxMillis() - latency.minMillis()) + 1e-9;
      double[][] scores = new double[CELLS][];
      Arrays.setAll(scores, e -> random.doubles(slice.sizes()[e], -3, 0).toArray());
      double expected =
          all.stream()
              .filter(path -> latency.latencyMillis(path) <= most)
              .mapToDouble(path -> score(scores, path))
              .max()
              .orElseThrow();
      Optional<int[]> best =
          OperatorChoice.find(scores, List.of(Limit.latency(latency, most)), latency.couplings());
      assertThat(score(scores, best.orElseThrow())).isCloseTo(expected, within(1e-12));
      Network network = slice.derive("best", best.orElseThrow()).network();
      assertThat(NetworkLatency.of(network, table).latencyMillis())
          .isCloseTo(latency.latencyMillis(best.orElseThrow()), within(1e-9));
    }
  }

  private static BlockGraph lastStage(BlockGraph graph) {
    List<List<Operator>> candidates = new ArrayList<>();
    int firstOfLast = (STAGES - 1) * CELLS;
    for (BlockGraph.Block block : graph.blocks()) {
      candidates.add(
          block.decision() >= firstOfLast
              ? block.candidates()
              : List.of(block.candidates().get(0)));
    }
    Coupling last = graph.couplings().get(STAGES - 1);
    return BlockGraph.chain(
        candidates, List.of(new Coupling(last.first() - firstOfLast, last.combinations())));
  }

  private static List<int[]> all(BlockGraph slice) {
    int[] sizes = slice.sizes();
    List<int[]> all = new ArrayList<>();
    for (int number = 0; number < sizes[0] * sizes[1] * sizes[2] * sizes[3]; number++) {
      int[] path = new int[CELLS];
      int rest = number;
      for (int edge = 0; edge < CELLS; edge++) {
        path[edge] = rest % sizes[edge];
        rest /= sizes[edge];
      }
      if (path[2] != ZERO || path[3] == ZERO) {
        all.add(path);
      }
    }
    return all;
  }

  private static double score(double[][] scores, int[] path) {
    double sum = 0;
    for (int edge = 0; edge < path.length; edge++) {
      sum += scores[edge][path[edge]];
    }
    return sum;
  }

  private static final String FEWEST =
      """
      description: a test
      input: {height: 8, width: 8, channels: 3}
      classes: 4
      blocks:
        - {name: stem, channels: 8, operator: {type: Conv, kernel: 3}}
        - name: stage
          channels: 16
          cells: 4
          fewest: 1
          candidates: [{type: Zero}, {type: MBConv, kernel: 3, expansion: 3}]
        - {name: classifier, operator: {type: Classifier}}
      """;

  @Test
  void whereFewerCellsAreEnoughZeroIsTheLastCandidateOfTheOthers() throws IOException {
    SearchSpace space = load(FEWEST);
    assertThat(space.blocks().get(1).candidates()).hasSize(1);
    assertThat(space.edges()).hasSize(3);
    for (Block edge : space.edges()) {
      assertThat(edge.candidates()).hasSize(2);
      assertThat(edge.candidates().get(1).type()).isEqualTo(new Zero());
    }
    assertThat(space.graph().networks()).isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fewest: 1|fewest: 0|block 'stage': fewest is 0; it must be from 1 to 4",
        "fewest: 1|fewest: 5|block 'stage': fewest is 5; it must be from 1 to 4",
        "'kernel: 3}}'|'kernel: 3}, fewest: 1}'|block 'stem': fewest is for blocks that the search",
        "'kernel: 3}}'|'kernel: 3}, candidates: []}'|block 'stem': it has an operator",
        "'[{type: Zero}, '|'[{type: MBConv, kernel: 3, expansion: 3}, '|block 'stage': candidates names an",
        "'[{type: Zero}, {type: MBConv, kernel: 3, expansion: 3}]'|[]|block 'stage': candidates is empty",
        "'blocks:'|'candidates: [{type: Zero}]NEWLINEblocks:'|candidates are named, but each block has its own",
        "'classifier, '|'classifier, channels: 3, '|block 'classifier' is the last",
      })
  void whatContradictsItselfIsRefused(String good, String bad, String reason) {
    String content = FEWEST.replace(good, bad.replace("NEWLINE", "\n"));
    assertThat(content).isNotEqualTo(FEWEST);
    assertThatThrownBy(() -> load(content))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(reason);
  }

  private SearchSpace load(String content) throws IOException {
    Path file = Files.writeString(folder.resolve("space.yaml"), content);
    return SearchSpaces.load(file.toString(), 1, null, null);
  }
}
