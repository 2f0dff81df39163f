package org.proxyless.search.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.proxyless.search.checkpoint.State;
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
  private static final String WARMED_UP = "warmup.done";
  private static final String SEARCHED = "search.done";
  private static final String TRAINING_DRAWN = "drawn.training";
  private static final String VALIDATION_DRAWN = "drawn.validation";
  private static final String PROPOSAL = "proposal.";
  private static final String SCORE = ".score";
  private static final String PATH = ".path";
  private static final String STRATEGY = "strategy.";
  private static final String SUPERNET = "supernet.";

  private final Supernet supernet;
  private final Strategy strategy;
  private final double targetMillis;
  private final SearchSchedule schedule;
  private final SearchData data;
  private final SearchObserver observer;
  private final RandomGenerator random;
  private final List<Proposal> proposals = new ArrayList<>();
  private long warmedUp;
  private long searched;

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

  /** Everything that decides how the search goes on, but for what was handed in. */
  public void save(State state) {
    state.put(WARMED_UP, warmedUp).put(SEARCHED, searched);
    state.put(TRAINING_DRAWN, data.training().drawn());
    state.put(VALIDATION_DRAWN, data.validation().drawn());
    for (int i = 0; i < proposals.size(); i++) {
      Proposal proposal = proposals.get(i);
      double[] path = Arrays.stream(proposal.path()).asDoubleStream().toArray();
      String name = PROPOSAL + String.format(Locale.ROOT, "%06d", i);
      state.put(name + SCORE, proposal.score().loss(), proposal.score().accuracy());
      state.put(name + PATH, path);
    }
    state.putNumbers(STRATEGY, strategy.state());
    state.putTensors(SUPERNET, supernet.state());
  }

  /** Goes on from where another search, of which everything handed in was the same, was saved. */
  public void restore(State state) {
    warmedUp = state.number(WARMED_UP);
    searched = state.number(SEARCHED);
    for (String name : state.numbersBelow(PROPOSAL).keySet()) {
      if (name.endsWith(PATH)) {
        String own = PROPOSAL + name.substring(0, name.length() - PATH.length());
        double[] score = state.numbers(own + SCORE);
        int[] path = Arrays.stream(state.numbers(own + PATH)).mapToInt(c -> (int) c).toArray();
        proposals.add(new Proposal(path, new PathScore(score[0], score[1])));
      }
    }
    strategy.restore(state.numbersBelow(STRATEGY));
    supernet.restore(state.tensorsBelow(SUPERNET));
  }

  /** How many batches a saved search had drawn for its weights: where its data go on. */
  public static long trainingDrawn(State state) {
    return state.number(TRAINING_DRAWN);
  }

  /** How many batches a saved search had drawn for the architecture. */
  public static long validationDrawn(State state) {
    return state.number(VALIDATION_DRAWN);
  }

  /** Weight steps of the warm-up that are done. */
  public long warmedUp() {
    return warmedUp;
  }

  /** Weight steps of the search that are done. */
  public long searched() {
    return searched;
  }

  /**
   * Trains the shared weights alone, each candidate as often as any other of its edge.
   *
   * @param afterStep runs when all of a step is done, so that the search can be saved
   */
  public void warmUp(Runnable afterStep) {
    CosineSchedule rates = new CosineSchedule(schedule.warmupRate(), schedule.warmupSteps());
    int[] sizes = supernet.edgeSizes();
    while (warmedUp < schedule.warmupSteps()) {
      long step = warmedUp;
      int[] path = Arrays.stream(sizes).map(random::nextInt).toArray();
      PathScore score = supernet.trainWeights(path, data.training().next(), rates.rate(step));
      observer.weightStep(SearchObserver.Stage.WARMUP, step, rates.rate(step), score);
      warmedUp++;
      afterStep.run();
    }
  }

  /**
   * Searches, and returns the proposals, the best first.
   *
   * @param afterStep runs when all of a step is done, so that the search can be saved
   */
  public List<Proposal> search(Runnable afterStep) {
    CosineSchedule rates = new CosineSchedule(schedule.searchRate(), schedule.searchSteps());
    while (searched < schedule.searchSteps()) {
      long step = searched;
      double rate = rates.rate(step);
      PathScore score = supernet.trainWeights(strategy.samplePath(), data.training().next(), rate);
      observer.weightStep(SearchObserver.Stage.SEARCH, step, rate, score);
      if (strategy.learns() && schedule.architectureStepAfter(step)) {
        PathScore seen = strategy.architectureStep(supernet, data.validation().next());
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
      searched++;
      afterStep.run();
    }
    return proposals.stream()
        .sorted(
            Comparator.<Proposal>comparingDouble(proposal -> -proposal.score().accuracy())
                .thenComparingDouble(proposal -> proposal.score().loss()))
        .toList();
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
