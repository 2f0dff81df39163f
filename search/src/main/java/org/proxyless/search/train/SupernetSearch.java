package org.proxyless.search.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import org.proxyless.devices.tensorflow.NetworkWeights;
import org.proxyless.search.data.BatchStream;
import org.proxyless.search.strategy.PathScore;
import org.proxyless.search.strategy.Strategy;
import org.proxyless.search.supernet.Supernet;

/**
 * The search itself: the weights are warmed up on paths drawn evenly, then weight steps on training
 * data and architecture steps on validation data take turns. Every epoch the best network that fits
 * is proposed and scored with the shared weights, so there is one whenever the search is stopped;
 * of those near the end the one that does best is chosen.
 */
public final class SupernetSearch {
  private final Supernet supernet;
  private final Strategy strategy;
  private final double targetMillis;
  private final SearchSchedule schedule;
  private final SearchData data;
  private final SearchObserver observer;
  private final RandomGenerator random;

  /**
   * A network that was proposed.
   *
   * @param path the active candidates
   * @param score on the validation data, with the shared weights
   */
  public record Proposal(int[] path, PathScore score) {}

  /**
   * What a search is fed.
   *
   * @param training batches for the weights, endless
   * @param validation batches for the architecture, endless
   * @param scoring scores what is proposed
   */
  public record SearchData(BatchStream training, BatchStream validation, Scoring scoring) {}

  /** Scores networks on the whole validation data. */
  @FunctionalInterface
  public interface Scoring {
    /**
     * Scores one.
     *
     * @param path the active candidates
     * @param weights the shared ones of this path
     */
    PathScore score(int[] path, NetworkWeights weights);
  }

  /**
   * @param targetMillis the latency that proposals keep by the table
   * @param random of the paths of the warm-up
   */
  public SupernetSearch(
      Supernet supernet,
      Strategy strategy,
      double targetMillis,
      SearchSchedule schedule,
      SearchData data,
      SearchObserver observer,
      RandomGenerator random) {
    this.supernet = supernet;
    this.strategy = strategy;
    this.targetMillis = targetMillis;
    this.schedule = schedule;
    this.data = data;
    this.observer = observer;
    this.random = random;
  }

  /** Trains the shared weights alone, each candidate as often as any other of its edge. */
  public void warmUp() {
    CosineSchedule rates = new CosineSchedule(schedule.warmupRate(), schedule.warmupSteps());
    int[] sizes = supernet.edgeSizes();
    for (long step = 0; step < schedule.warmupSteps(); step++) {
      int[] path = Arrays.stream(sizes).map(random::nextInt).toArray();
      PathScore score = supernet.trainWeights(path, data.training().next(), rates.rate(step));
      observer.weightStep(SearchObserver.Stage.WARMUP, step, rates.rate(step), score);
    }
  }

  /** Searches, and returns the proposals, the best first. */
  public List<Proposal> search() {
    CosineSchedule rates = new CosineSchedule(schedule.searchRate(), schedule.searchSteps());
    List<Proposal> proposals = new ArrayList<>();
    for (long step = 0; step < schedule.searchSteps(); step++) {
      double rate = rates.rate(step);
      PathScore score = supernet.trainWeights(strategy.samplePath(), data.training().next(), rate);
      observer.weightStep(SearchObserver.Stage.SEARCH, step, rate, score);
      if (strategy.learns() && schedule.architectureStepAfter(step)) {
        PathScore seen = strategy.architectureStep(supernet, data.validation().next());
        observer.architectureStep(step, seen, strategy.probabilities());
      }
      if (schedule.proposalAfter(step)) {
        for (int[] path : strategy.propose(targetMillis)) {
          PathScore shared = data.scoring().score(path, supernet.weights(path));
          observer.proposal(step, path, shared);
          if (schedule.choosesAfter(step)) {
            proposals.removeIf(known -> Arrays.equals(known.path(), path));
            proposals.add(new Proposal(path, shared));
          }
        }
      }
    }
    proposals.sort(
        Comparator.<Proposal>comparingDouble(proposal -> -proposal.score().accuracy())
            .thenComparingDouble(proposal -> proposal.score().loss()));
    return proposals;
  }
}
