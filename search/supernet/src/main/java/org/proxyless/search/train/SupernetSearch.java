package org.proxyless.search.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.proxyless.base.State;
import org.proxyless.network.NetworkWeights;
import org.proxyless.search.data.Batch;
import org.proxyless.search.data.BatchStream;
import org.proxyless.search.strategy.PathScore;
import org.proxyless.search.strategy.Strategy;
import org.proxyless.search.supernet.DivergedException;
import org.proxyless.search.supernet.Supernet;

/**
 * The search itself: the weights are warmed up on paths drawn evenly, then weight steps on training
 * data and architecture steps on validation data take turns. Every epoch the best network that fits
 * is proposed and scored with the shared weights, so there is one whenever the search is stopped.
 * Of those near the end, and others that the strategy then names, the one that does best with the
 * final weights is chosen.
 */
public final class SupernetSearch {
  private static final String WARMED_UP = "warmup.done";
  private static final String SEARCHED = "search.done";
  private static final String STEPS = "search.steps";
  private static final String TRAINING_DRAWN = "drawn.training";
  private static final String VALIDATION_DRAWN = "drawn.validation";
  private static final String NAMED = "finalists.named";
  private static final String FINALIST = "finalist.";
  private static final String PATH = ".path";
  private static final String STRATEGY = "strategy.";

  /** Validation images of the first heat; each heat has twice as many as the one before. */
  private static final int FIRST_HEAT_IMAGES = 256;

  /** Networks that are scored as they would be deployed. */
  public static final int FINALISTS = Race.FINALISTS;

  private static final String SUPERNET = "supernet.";

  private final Supernet supernet;
  private final QuickScoring quick;
  private final Strategy strategy;
  private final double targetMillis;
  private final SearchData data;
  private final SearchObserver observer;
  private final RandomGenerator random;
  private final List<int[]> finalists = new ArrayList<>();
  private SearchSchedule schedule;
  private Race race = new Race(0);
  private boolean named;
  private long warmedUp;
  private long searched;

  /**
   * A network that was proposed.
   *
   * @param path the active candidates
   * @param score on the validation data, with the shared weights
   */
  public record Proposal(int[] path, PathScore score) {
    /** By accuracy, then by loss. */
    public static final Comparator<Proposal> BEST_FIRST =
        Comparator.<Proposal>comparingDouble(proposal -> -proposal.score().accuracy())
            .thenComparingDouble(proposal -> proposal.score().loss());
  }

  /**
   * What a search is fed.
   *
   * @param training batches for the weights, endless
   * @param validation batches for the architecture, endless
   * @param scoring scores what is proposed on the way, quickly
   * @param racing opens at most so many validation images once, to tell the good networks from the
   *     best by statistics of each batch
   * @param choosing scores the best, on more images
   */
  public record SearchData(
      BatchStream training,
      BatchStream validation,
      Scoring scoring,
      IntFunction<BatchStream> racing,
      Scoring choosing) {}

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
   * @param random of the warm-up, and of the networks named in the end
   */
  public SupernetSearch(
      Supernet supernet,
      Strategy strategy,
      double targetMillis,
      SearchSchedule schedule,
      SearchData data,
      SearchObserver observer,
      RandomGenerator random) {
    this(
        new QuickScoring(supernet, Optional.empty()),
        strategy,
        targetMillis,
        schedule,
        data,
        observer,
        random);
  }

  /**
   * The same by another score than the accuracy.
   *
   * @param quick scores paths of the supernet
   */
  public SupernetSearch(
      QuickScoring quick,
      Strategy strategy,
      double targetMillis,
      SearchSchedule schedule,
      SearchData data,
      SearchObserver observer,
      RandomGenerator random) {
    this.quick = quick;
    this.supernet = quick.supernet();
    this.strategy = strategy;
    this.targetMillis = targetMillis;
    this.schedule = schedule;
    this.data = data;
    this.observer = observer;
    this.random = random;
  }

  /** Everything that decides how the search goes on, but for what was handed in. */
  public void save(State state) {
    state.put(WARMED_UP, warmedUp).put(SEARCHED, searched).put(STEPS, schedule.searchSteps());
    state.put(TRAINING_DRAWN, data.training().drawn());
    state.put(VALIDATION_DRAWN, data.validation().drawn());
    state.put(NAMED, named ? 1 : 0);
    for (int i = 0; i < finalists.size(); i++) {
      state.put(
          FINALIST + Race.number(i) + PATH,
          Arrays.stream(finalists.get(i)).asDoubleStream().toArray());
    }
    race.save(state, FINALIST);
    state.putNumbers(STRATEGY, strategy.state());
    state.putTensors(SUPERNET, supernet.state());
  }

  /** Goes on from where another search, of which everything handed in was the same, was saved. */
  public void restore(State state) {
    warmedUp = state.number(WARMED_UP);
    searched = state.number(SEARCHED);
    if (state.has(STEPS)) {
      shorten(state.number(STEPS));
    }
    named = state.has(NAMED) && state.number(NAMED) == 1;
    state
        .numbersBelow(FINALIST)
        .forEach(
            (name, values) -> {
              if (name.endsWith(PATH)) {
                finalists.add(Arrays.stream(values).mapToInt(c -> (int) c).toArray());
              }
            });
    if (named) {
      race = new Race(finalists.size());
      race.restore(state, FINALIST);
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

  /** Weight steps of the search in all. */
  public long searchSteps() {
    return schedule.searchSteps();
  }

  /**
   * Ends the search after other steps than planned.
   *
   * @param searchSteps in all, not fewer than are done
   */
  public void shorten(long searchSteps) {
    schedule = schedule.withSearchSteps(searchSteps);
  }

  /**
   * Searches; in the end the strategy names the networks to choose from, besides the last
   * proposals.
   *
   * @param afterStep runs when all of a step is done, so that the search can be saved
   */
  public void search(Runnable afterStep) {
    while (searched < schedule.searchSteps()) {
      long step = searched;
      double rate = new CosineSchedule(schedule.searchRate(), schedule.searchSteps()).rate(step);
      inStep("search", step, () -> searchStep(step, rate));
      searched++;
      afterStep.run();
    }
    if (!named) {
      strategy.finalists(targetMillis, schedule.finalists(), random).forEach(this::enter);
      named = true;
      race = new Race(finalists.size());
    }
  }

  /** Scores that it takes to choose, once the search is done. */
  public int scores() {
    return Race.scores(finalists.size());
  }

  /** How many of them there are. */
  public int scored() {
    return race.scored();
  }

  /** The best accuracy in the latest heat; 0 while the first goes on. */
  public double bestAccuracy() {
    return race.bestAccuracy();
  }

  /**
   * Lets the networks to choose from race, all with the final weights, those of a heat on the same
   * images.
   *
   * @param afterScore runs after each score, so that the search can be saved
   * @return the best first
   */
  public List<Proposal> choose(Runnable afterScore) {
    Optional<Race.Heat> next = race.next();
    while (next.isPresent()) {
      race.add(score(next.get()));
      afterScore.run();
      next = race.next();
    }
    return race.ranking().stream().map(i -> new Proposal(finalists.get(i), race.last(i))).toList();
  }

  /** In the final as it would be deployed. */
  private PathScore score(Race.Heat heat) {
    int[] path = finalists.get(heat.entrant());
    if (!heat.isFinal()) {
      return quickScore(path, FIRST_HEAT_IMAGES << heat.number());
    }
    PathScore score = data.choosing().score(path, supernet.weights(path));
    observer.proposal(schedule.searchSteps(), path, score);
    return score;
  }

  /** Batches that the heats before the final take in all, for so many networks at first. */
  public static long raceBatches(int networks, int batchSize) {
    long batches = 0;
    int heat = 0;
    for (int left = networks; left > FINALISTS; left = Race.half(left)) {
      batches += left * Math.max(1L, (FIRST_HEAT_IMAGES << heat) / batchSize);
      heat++;
    }
    return batches;
  }

  private PathScore quickScore(int[] path, int images) {
    try (BatchStream some = data.racing().apply(images)) {
      return quick.score(path, some);
    }
  }

  private PathScore searchStep(long step, double rate) {
    boolean learn = strategy.learns() && schedule.architectureStepAfter(step);
    Optional<Batch> validation = learn ? Optional.of(data.validation().next()) : Optional.empty();
    Strategy.Round round =
        strategy.round(quick.trainer(), data.training().next(), rate, validation);
    observer.weightStep(SearchObserver.Stage.SEARCH, step, rate, round.weights());
    round
        .architecture()
        .ifPresent(seen -> observer.architectureStep(step, seen, strategy.probabilities()));
    if (schedule.proposalAfter(step)) {
      for (int[] path : strategy.propose(targetMillis)) {
        observer.proposal(step, path, data.scoring().score(path, supernet.weights(path)));
        if (schedule.choosesAfter(step)) {
          enter(path);
        }
      }
    }
    return round.weights();
  }

  private void enter(int[] path) {
    if (finalists.stream().noneMatch(known -> Arrays.equals(known, path))) {
      finalists.add(path);
    }
  }

  private static PathScore inStep(String stage, long step, Supplier<PathScore> work) {
    try {
      return work.get();
    } catch (DivergedException e) {
      throw e.in("step " + step + " of the " + stage);
    }
  }
}
