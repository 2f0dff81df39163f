package org.proxyless.search.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.proxyless.search.data.Batch;
import org.proxyless.search.data.BatchStream;
import org.proxyless.search.strategy.PathScore;
import org.proxyless.search.strategy.Strategy;
import org.proxyless.search.supernet.Supernet;

/**
 * The search itself: the weights are warmed up on paths drawn evenly, then weight steps on training
 * data and architecture steps on validation data take turns. Near the end networks are proposed;
 * the one that does best on the validation data with the shared weights is chosen.
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
   * @param scoring opens the validation data from the start, in order
   */
  public record SearchData(
      BatchStream training, BatchStream validation, Supplier<BatchStream> scoring) {}

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
    for (long step = 0; step < schedule.warmupSteps(); step++) {
      double rate = rates.rate(step);
      PathScore score = strategy.warmUpStep(supernet, data.training().next(), rate, random);
      observer.weightStep(SearchObserver.Stage.WARMUP, step, rate, score);
    }
  }

  /** Searches, and returns the proposals, the best first. */
  public List<Proposal> search() {
    CosineSchedule rates = new CosineSchedule(schedule.searchRate(), schedule.searchSteps());
    List<Proposal> proposals = new ArrayList<>();
    for (long step = 0; step < schedule.searchSteps(); step++) {
      double rate = rates.rate(step);
      boolean learn = strategy.learns() && schedule.architectureStepAfter(step);
      Optional<Batch> validation = learn ? Optional.of(data.validation().next()) : Optional.empty();
      Strategy.Round round = strategy.round(supernet, data.training().next(), rate, validation);
      observer.weightStep(SearchObserver.Stage.SEARCH, step, rate, round.weights());
      if (round.architecture().isPresent()) {
        PathScore seen = round.architecture().get();
        observer.architectureStep(step, seen, strategy.probabilities());
      }
      if (schedule.proposalAfter(step)) {
        for (int[] path : strategy.propose(targetMillis)) {
          proposals.removeIf(known -> Arrays.equals(known.path(), path));
          PathScore shared = score(path);
          proposals.add(new Proposal(path, shared));
          observer.proposal(step, path, shared);
        }
      }
    }
    proposals.sort(
        Comparator.<Proposal>comparingDouble(proposal -> -proposal.score().accuracy())
            .thenComparingDouble(proposal -> proposal.score().loss()));
    return proposals;
  }

  /** How a network does on the whole validation data, but for what does not fill a batch. */
  private PathScore score(int[] path) {
    double loss = 0;
    double accuracy = 0;
    int batches = 0;
    try (BatchStream validation = data.scoring().get()) {
      while (validation.hasNext()) {
        var batch = validation.next();
        if (batch.size() == supernet.batchSize()) {
          PathScore score = supernet.score(path, batch);
          loss += score.loss();
          accuracy += score.accuracy();
          batches++;
        }
      }
    }
    return new PathScore(loss / batches, accuracy / batches);
  }
}
