package org.proxyless.search.strategy.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.proxyless.latency.SpaceLatency;
import org.proxyless.search.data.Batch;
import org.proxyless.search.strategy.GateGradients;
import org.proxyless.search.strategy.PathEvaluator;
import org.proxyless.search.strategy.PathScore;
import org.proxyless.search.strategy.StrategyFactories;

class EvaluatingStrategyTest {
  private static final SpaceLatency LATENCY = ToySpace.latency();
  private static final double LIMIT = 9;
  private static final Batch BATCH = new Batch(new float[0], new int[0], 0);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "random",
        "reinforce",
        "asng",
        "enas",
        "nasnet-ppo",
        "evolution",
        "bayes",
        "mcts",
        "local-search",
        "nsga-2",
        "lemonade"
      })
  void theSameSeedAsksTheSameAndOnlyWhatIsFeasible(String kind) {
    List<int[]> one = questions(create(kind, new SplittableRandom(8)));
    List<int[]> same = questions(create(kind, new SplittableRandom(8)));
    List<int[]> other = questions(create(kind, new SplittableRandom(9)));
    assertThat(one).allMatch(path -> LATENCY.latencyMillis(path) <= LIMIT);
    assertThat(same).usingRecursiveComparison().isEqualTo(one);
    assertThat(other).usingRecursiveComparison().isNotEqualTo(one);
  }

  private static List<int[]> questions(EvaluationStrategy strategy) {
    List<int[]> questions = new ArrayList<>();
    for (int n = 0; n < 60; n++) {
      int[] path = strategy.ask();
      questions.add(path);
      strategy.tell(path, ToySpace.score(path));
      assertThat(LATENCY.latencyMillis(strategy.sample())).isLessThanOrEqualTo(LIMIT);
      for (double[] p : strategy.probabilities()) {
        assertThat(Arrays.stream(p).boxed()).allMatch(x -> x > 0);
      }
    }
    return questions;
  }

  /**
   * 4 edges, best within 9 ms: the last edges count most, and a candidate's cost is its score's.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "reinforce",
        "asng",
        "enas",
        "nasnet-ppo",
        "evolution",
        "bayes",
        "mcts",
        "local-search",
        "nsga-2",
        "lemonade"
      })
  void onASupernetItFindsTheBestNetworkWithinTheTarget(String kind) {
    EvaluatingStrategy strategy =
        new EvaluatingStrategy(create(kind, new SplittableRandom(4)), LATENCY, List.of());
    Judge judge = new Judge();
    for (int step = 0; step < 120; step++) {
      strategy.architectureStep(judge, BATCH);
    }
    int[] best = {0, 1, 1, 3};
    // Rejection leans ASNG's marginals, and its step never shrinks to nothing: near the best will
    // do.
    double share = kind.equals("asng") ? 0.8 : 1;
    assertThat(ToySpace.score(strategy.propose(LIMIT).get(0)))
        .isGreaterThanOrEqualTo(share * ToySpace.score(best));
    assertThat(strategy.propose(7)).hasSize(1).allMatch(path -> LATENCY.latencyMillis(path) <= 7);
    List<int[]> finalists = strategy.finalists(7, 6, new SplittableRandom(1));
    assertThat(finalists).hasSizeBetween(2, 6).allMatch(path -> LATENCY.latencyMillis(path) <= 7);
    assertThat(finalists.get(0)).containsExactly(strategy.propose(7).get(0));
    assertThat(finalists.stream().map(Arrays::toString)).doesNotHaveDuplicates();
    assertThat(judge.seen).isEqualTo(1200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "reinforce",
        "asng",
        "enas",
        "nasnet-ppo",
        "evolution",
        "bayes",
        "mcts",
        "local-search",
        "nsga-2",
        "lemonade"
      })
  void fromItsStateItGoesOnAsIfItHadNeverStopped(String kind) {
    SplittableRandom seeds = new SplittableRandom(5);
    EvaluatingStrategy first =
        new EvaluatingStrategy(create(kind, seeds.split()), LATENCY, List.of());
    EvaluatingStrategy second =
        new EvaluatingStrategy(create(kind, new SplittableRandom(5).split()), LATENCY, List.of());
    Judge judge = new Judge();
    for (int step = 0; step < 3; step++) {
      first.samplePath();
      first.architectureStep(judge, BATCH);
    }
    second.restore(first.state());

    assertThat(second.state()).usingRecursiveComparison().isEqualTo(first.state());
    assertThat(second.samplePath()).containsExactly(first.samplePath());
    first.architectureStep(judge, BATCH);
    second.architectureStep(judge, BATCH);
    assertThat(second.probabilities()).isDeepEqualTo(first.probabilities());
    assertThat(second.propose(LIMIT)).usingRecursiveComparison().isEqualTo(first.propose(LIMIT));
  }

  private static EvaluationStrategy create(String kind, RandomGenerator random) {
    EvaluationStrategyFactory factory =
        (EvaluationStrategyFactory) StrategyFactories.named(kind).orElseThrow();
    return factory.create(new LimitedSpace(LATENCY, LIMIT, List.of()), random);
  }

  private static final class Judge implements PathEvaluator {
    private int seen;

    @Override
    public int[] edgeSizes() {
      return ToySpace.SIZES;
    }

    @Override
    public PathScore score(int[] path, Batch batch) {
      seen++;
      return new PathScore(1, ToySpace.score(path));
    }

    @Override
    public GateGradients gateGradients(int[] path, boolean[][] sampled, Batch batch) {
      throw new AssertionError("evaluations must suffice");
    }
  }
}
