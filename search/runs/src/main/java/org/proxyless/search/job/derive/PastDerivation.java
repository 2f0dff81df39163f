package org.proxyless.search.job.derive;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.proxyless.latency.SpaceLatency;
import org.proxyless.latency.choice.OperatorChoice;
import org.proxyless.latency.choice.OperatorChoice.Limit;
import org.proxyless.search.data.BatchStream;
import org.proxyless.search.estimate.SupernetScoring;
import org.proxyless.search.job.keeping.Checkpointing;
import org.proxyless.search.job.keeping.JobRecorder;
import org.proxyless.search.run.progress.Phase;
import org.proxyless.search.strategy.PathScore;
import org.proxyless.search.strategy.blackbox.EvaluatingStrategy;
import org.proxyless.search.strategy.blackbox.LimitedSpace;
import org.proxyless.search.supernet.Supernet;
import org.proxyless.search.train.QuickScoring;
import org.proxyless.search.train.RecalibratedScoring;
import org.proxyless.search.train.SupernetSearch.Proposal;

/**
 * Chooses a network by weights that were trained before. A strategy names networks that use most of
 * the latency; each is scored quickly, by statistics of each batch. The best are then scored as
 * they would be deployed.
 */
final class PastDerivation {
  /** Validation images of a quick score. */
  private static final int QUICK_IMAGES = 512;

  /** Networks that are scored as deployed. */
  private static final int FINALISTS = 4;

  /**
   * Of the latency, networks take at least this share: enough below {@link LatencyProof#LEAST_USED}
   * that others are known where the device turns out slower than its table.
   */
  private static final double LEAST_SHARE = 0.85;

  private final RunScope scope;
  private final Supernet supernet;
  private final EvaluatingStrategy strategy;

  /**
   * @param supernet with the trained weights
   * @param random of the strategy
   */
  PastDerivation(RunScope scope, Supernet supernet, RandomGenerator random) {
    this.scope = scope;
    this.supernet = supernet;
    SpaceLatency latency = scope.priced().latency();
    this.strategy =
        new EvaluatingStrategy(
            scope.settings().strategy().evaluationFactory().create(space(latency), random),
            latency,
            scope.input().others());
  }

  /** Those that use most of the latency; all within it where none does. */
  private LimitedSpace space(SpaceLatency latency) {
    double most = scope.input().target().boundMillis();
    double least = LEAST_SHARE * Math.min(most, latency.maxMillis());
    List<Limit> others = scope.input().others();
    List<Limit> limits = new ArrayList<>(others);
    limits.add(Limit.latency(latency, most));
    limits.add(Limit.latencyAtLeast(latency, least));
    double[][] alike =
        Arrays.stream(latency.operatorMillis())
            .map(edge -> new double[edge.length])
            .toArray(double[][]::new);
    return OperatorChoice.find(alike, limits, latency.couplings()).isPresent()
        ? LimitedSpace.within(latency, least, most, others)
        : new LimitedSpace(latency, most, others);
  }

  /** What named the networks. */
  EvaluatingStrategy strategy() {
    return strategy;
  }

  /** Networks within the latency, the best first. */
  List<Proposal> derive(JobRecorder recorder, Checkpointing checkpointing) {
    List<Proposal> quick =
        new EstimatingPhase(
                "derive",
                strategy,
                new SupernetScoring(
                    new QuickScoring(supernet, scope.batches().score()),
                    scope.priced().space()::network,
                    () -> images(QUICK_IMAGES)),
                scope.settings().derivation().evaluations(),
                scope.saved(),
                scope.progress())
            .run(recorder, checkpointing, recorder::save);
    recorder.probabilities(quick.size(), strategy.probabilities());
    List<Proposal> finalists = finalists(quick);
    return Stream.concat(
            asDeployed(finalists, recorder).stream(),
            quick.stream().filter(proposal -> !finalists.contains(proposal)))
        .toList();
  }

  private BatchStream images(int number) {
    return scope.batches().racing(number);
  }

  /** The best of those that use the latency as the result is to, then others. */
  private List<Proposal> finalists(List<Proposal> quick) {
    SpaceLatency latency = scope.priced().latency();
    double most = Math.min(scope.input().target().boundMillis(), latency.maxMillis());
    double least = LatencyProof.LEAST_USED * most;
    return Stream.concat(
            quick.stream().filter(p -> latency.latencyMillis(p.path()) >= least),
            quick.stream().filter(p -> latency.latencyMillis(p.path()) < least))
        .limit(FINALISTS)
        .toList();
  }

  private List<Proposal> asDeployed(List<Proposal> finalists, JobRecorder recorder) {
    RecalibratedScoring scoring =
        scope.batches().scoring(scope.training(), scope.batches()::choosing);
    List<Proposal> scored = new ArrayList<>();
    try (Phase phase = scope.progress().phase("choose", finalists.size())) {
      for (Proposal finalist : finalists) {
        int[] path = finalist.path();
        PathScore score =
            scoring.score(scope.priced().space().network(path), supernet.weights(path));
        recorder.proposal(scope.settings().derivation().evaluations(), path, score);
        scored.add(new Proposal(path, score));
        phase.step(String.format(Locale.ROOT, "accuracy %.2f %%", 100 * score.accuracy()));
      }
    }
    return scored.stream().sorted(Proposal.BEST_FIRST).toList();
  }
}
