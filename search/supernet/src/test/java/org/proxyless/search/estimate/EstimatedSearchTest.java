package org.proxyless.search.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.proxyless.base.State;
import org.proxyless.latency.SpaceLatency;
import org.proxyless.search.strategy.PathScore;
import org.proxyless.search.strategy.blackbox.EvaluatingStrategy;
import org.proxyless.search.strategy.blackbox.FeasibleSpace;
import org.proxyless.search.strategy.blackbox.LimitedSpace;
import org.proxyless.search.strategy.fidelity.FidelityStrategy;
import org.proxyless.search.strategy.fidelity.RungedStrategy;
import org.proxyless.search.strategy.fidelity.Trial;
import org.proxyless.search.train.NetworkTraining.StepObserver;
import org.proxyless.search.train.SearchObserver;
import org.proxyless.search.train.SupernetSearch.Proposal;

class EstimatedSearchTest {
  private static final SpaceLatency LATENCY = new SpaceLatency(0, new double[][] {{1, 2, 3, 4}});

  /** Candidate and rung of each question. */
  private static final int[][] ASKED = {{0, 0}, {1, 0}, {1, 1}, {1, 0}, {2, 1}, {2, 0}, {3, 1}};

  private final List<Trial> estimated = new ArrayList<>();

  /** A quarter of a full training, or all of it; what is asked again is known. */
  @Test
  void whoIsTrainedOnPaysForWhatIsMissing() {
    EstimatedSearch search = search(10);
    List<Integer> spent = new ArrayList<>();
    search.search((step, rate, score) -> {}, () -> spent.add(search.estimated()));
    // ¼, ½, 1¼, then known, 2¼, 2½ for less than it has had, 3½
    assertThat(spent.subList(0, 7)).containsExactly(0, 0, 1, 1, 2, 2, 3);
    assertThat(estimated).hasSize(6);
  }

  @Test
  void whatHadAllOfTheTrainingComesFirstAndEachNetworkOnce() {
    List<Proposal> best = search(3).search((step, rate, score) -> {}, () -> {});
    assertThat(best.stream().map(proposal -> proposal.path()[0])).containsExactly(3, 2, 1, 0);
  }

  @Test
  void fromItsStateItGoesOn() {
    EstimatedSearch first = search(2);
    List<Proposal> known = first.search((step, rate, score) -> {}, () -> {});
    State state = new State();
    first.save(state);
    estimated.clear();
    EstimatedSearch second = search(2);
    second.restore(state);
    assertThat(second.estimated()).isEqualTo(first.estimated());
    assertThat(second.bestAccuracy()).isEqualTo(first.bestAccuracy());
    assertThat(second.search((step, rate, score) -> {}, () -> {}))
        .usingRecursiveComparison()
        .isEqualTo(known);
    assertThat(estimated).isEmpty();
  }

  private EstimatedSearch search(long evaluations) {
    FeasibleSpace space = new LimitedSpace(LATENCY, 4, List.of());
    SplittableRandom random = new SplittableRandom(1);
    FidelityStrategy script =
        new FidelityStrategy() {
          private int asked;

          @Override
          public Trial ask() {
            int[] next = ASKED[Math.min(asked++, ASKED.length - 1)];
            return new Trial(new int[] {next[0]}, next[1]);
          }

          @Override
          public void tell(Trial trial, double score) {}
        };
    return new EstimatedSearch(
        new EvaluatingStrategy(new RungedStrategy(script, space, random), LATENCY, List.of()),
        estimator(),
        evaluations,
        new Deaf());
  }

  private AccuracyEstimator estimator() {
    return new AccuracyEstimator() {
      @Override
      public Estimate estimate(int[] path, StepObserver observer) {
        throw new AssertionError("it must say how far");
      }

      @Override
      public Estimate estimate(int[] path, int rung, StepObserver observer) {
        estimated.add(new Trial(path, rung));
        // Less training flatters.
        return new Estimate(new PathScore(1, path[0] / 10.0 + 0.5 - 0.4 * rung), new Work(0, 0));
      }

      @Override
      public double share(int rung) {
        return rung == 0 ? 0.25 : 1;
      }
    };
  }

  private static final class Deaf implements SearchObserver {
    @Override
    public void weightStep(Stage stage, long step, double learningRate, PathScore score) {}

    @Override
    public void architectureStep(long step, PathScore score, double[][] probabilities) {}

    @Override
    public void proposal(long step, int[] path, PathScore score) {}
  }
}
