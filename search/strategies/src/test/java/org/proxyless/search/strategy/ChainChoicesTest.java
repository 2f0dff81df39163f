package org.proxyless.search.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.proxyless.latency.SpaceLatency;
import org.proxyless.network.Operator;
import org.proxyless.search.space.Block;
import org.proxyless.search.space.SearchSpace;
import org.proxyless.search.space.SearchSpaces;
import org.proxyless.search.strategy.gradient.ReinforceStrategy;

/**
 * Seeded searches of the space {@code small} with a fixed table, one microsecond a thousand
 * multiply-accumulates: their choices, the random numbers they leave behind, and their networks'
 * costs stay what they are. A difference is a change of behaviour, to be made on purpose.
 */
class ChainChoicesTest {
  private static final SearchSpace SPACE = SearchSpaces.load("small", 1, null, null);
  private static final int[] SIZES = SPACE.candidateCounts();
  private static final double TARGET_MILLIS = 12;

  private static SpaceLatency table() {
    double fixed =
        SPACE.blocks().stream()
            .filter(block -> !block.isEdge())
            .mapToDouble(block -> block.candidates().get(0).macs() * 1e-6)
            .sum();
    double[][] costs =
        SPACE.edges().stream()
            .map(Block::candidates)
            .map(edge -> edge.stream().mapToDouble(operator -> operator.macs() * 1e-6).toArray())
            .toArray(double[][]::new);
    return new SpaceLatency(fixed, costs);
  }

  /** What a path looks like and costs: milliseconds by the table, parameters, operators' keys. */
  private static String text(int[] path) {
    return Arrays.toString(path)
        + String.format(
            Locale.ROOT,
            " %.6f ms %d %08x",
            table().latencyMillis(path),
            SPACE.network(path).parameters(),
            SPACE.network(path).operators().stream().map(Operator::key).toList().hashCode());
  }

  @Test
  void aSeededRandomSearchDrawsWhatItDrew() {
    SplittableRandom random = new SplittableRandom(1);
    RandomStrategy strategy = new RandomStrategy(SIZES, table(), TARGET_MILLIS, random);
    StringBuilder drawn = new StringBuilder();
    for (int i = 0; i < 100; i++) {
      drawn.append(text(strategy.samplePath())).append('\n');
    }
    strategy.finalists(TARGET_MILLIS, 20, random).forEach(path -> drawn.append(text(path)));
    assertThat(text(strategy.samplePath()))
        .isEqualTo("[0, 6, 2, 6, 6, 0, 6, 6, 4, 6] 11.634848 ms 255050 376dd6ea");
    assertThat(drawn.toString().hashCode() + " " + random.nextLong())
        .isEqualTo("-960975687 -7710345014771093266");
  }

  @Test
  void aSeededSearchByRewardsChoosesWhatItChose() {
    SplittableRandom random = new SplittableRandom(2);
    ReinforceStrategy strategy =
        new ReinforceStrategy(SIZES, table(), new TargetReward(TARGET_MILLIS), 0.02, random);
    FakeEvaluator evaluator =
        new FakeEvaluator(SIZES, path -> Arrays.stream(path).sum() / (6.0 * path.length));
    for (int step = 0; step < 200; step++) {
      strategy.architectureStep(evaluator, FakeEvaluator.BATCH);
    }
    assertThat(text(strategy.propose(TARGET_MILLIS).get(0)))
        .isEqualTo("[2, 6, 2, 6, 6, 0, 6, 6, 2, 6] 11.825312 ms 249674 39e3b2ae");
    assertThat(random.nextLong()).isEqualTo(719139959981742362L);
  }
}
