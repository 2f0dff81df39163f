package org.proxyless.search.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.proxyless.devices.tensorflow.NetworkWeights;
import org.proxyless.search.checkpoint.State;
import org.proxyless.search.data.Batch;
import org.proxyless.search.data.BatchStream;
import org.proxyless.search.strategy.PathScore;
import org.proxyless.search.strategy.Strategy;
import org.proxyless.search.supernet.DivergedException;
import org.proxyless.search.supernet.Supernet;

/**
 * The search itself: the weights are warmed up on paths drawn evenly, then weight steps on training
 * data and architecture steps on validation data take turns. Every epoch the best network that fits
 * is proposed and scored with the shared weights, so there is one whenever the search is stopped;
 * of those near the end the one that does best is chosen.
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
   * @param scoring scores what is proposed
   */
  public record SearchData(BatchStream training, BatchStream validation, Scoring scoring) {}

  /** Scores networks on validation data that is the same for all. */
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
   * @param random of the warm-up
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
   * Trains the shared weights alone, no candidate of an edge more than another.
   *
   * @param afterStep runs when all of a step is done, so that the search can be saved
   */
  public void warmUp(Runnable afterStep) {
    CosineSchedule rates = new CosineSchedule(schedule.warmupRate(), schedule.warmupSteps());
    while (warmedUp < schedule.warmupSteps()) {
      long step = warmedUp;
      double rate = rates.rate(step);
      PathScore score =
          inStep(
              "warm-up",
              step,
              () -> strategy.warmUpStep(supernet, data.training().next(), rate, random));
      observer.weightStep(SearchObserver.Stage.WARMUP, step, rate, score);
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
      inStep("search", step, () -> searchStep(step, rate));
      searched++;
      afterStep.run();
    }
    return proposals.stream()
        .sorted(
            Comparator.<Proposal>comparingDouble(proposal -> -proposal.score().accuracy())
                .thenComparingDouble(proposal -> proposal.score().loss()))
        .toList();
  }

  private PathScore searchStep(long step, double rate) {
    boolean learn = strategy.learns() && schedule.architectureStepAfter(step);
    Optional<Batch> validation = learn ? Optional.of(data.validation().next()) : Optional.empty();
    Strategy.Round round = strategy.round(supernet, data.training().next(), rate, validation);
    observer.weightStep(SearchObserver.Stage.SEARCH, step, rate, round.weights());
    round
        .architecture()
        .ifPresent(seen -> observer.architectureStep(step, seen, strategy.probabilities()));
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
    return round.weights();
  }

  private static PathScore inStep(String stage, long step, Supplier<PathScore> work) {
    try {
      return work.get();
    } catch (DivergedException e) {
      throw e.in("step " + step + " of the " + stage);
    }
  }
}
