package org.proxyless.search.estimate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.proxyless.base.State;
import org.proxyless.search.strategy.PathScore;
import org.proxyless.search.strategy.blackbox.EvaluatingStrategy;
import org.proxyless.search.train.NetworkTraining.StepObserver;
import org.proxyless.search.train.SearchObserver;
import org.proxyless.search.train.SupernetSearch.Proposal;

/**
 * A search that has networks estimated one by one, as often as it may, and keeps what it was told.
 * A strategy that asks for a network again hears the same again, which is not counted; one that
 * asks for nothing but known networks many times over has converged, and the search ends.
 */
public final class EstimatedSearch {
  /** As on tables. */
  private static final int MOST_REPEATS = 200;

  /** Of sums of shares. */
  private static final double ROUNDING = 1e-9;

  private static final String REPEATS = "estimated.repeats";
  private static final String RUNGS = "estimated.rungs";
  private static final String KNOWN = "estimated.network.";
  private static final String PATH = ".path";
  private static final String SCORE = ".score";
  private static final String STRATEGY = "estimated.strategy.";
  private static final String ESTIMATOR = "estimated.estimator.";

  private final EvaluatingStrategy strategy;
  private final AccuracyEstimator estimator;
  private final long evaluations;
  private final SearchObserver observer;
  private final List<Proposal> known = new ArrayList<>();

  /** How far each of the known was trained. */
  private final List<Integer> rungs = new ArrayList<>();

  private double spent;
  private int repeats;

  /**
   * @param strategy asks for networks
   * @param evaluations networks that are estimated, with all of the training that the estimator
   *     has; one that is trained less counts for its share
   * @param observer hears of every estimate
   */
  public EstimatedSearch(
      EvaluatingStrategy strategy,
      AccuracyEstimator estimator,
      long evaluations,
      SearchObserver observer) {
    this.strategy = strategy;
    this.estimator = estimator;
    this.evaluations = evaluations;
    this.observer = observer;
  }

  /** Whether a state was saved in such a search. */
  public static boolean isIn(State state) {
    return state.has(REPEATS);
  }

  /** How many networks had been estimated when a state was saved. */
  public static int estimatedIn(State state) {
    return (int)
        state.numbersBelow(KNOWN).keySet().stream().filter(name -> name.endsWith(PATH)).count();
  }

  /** Everything that decides how the search goes on, but for what was handed in. */
  public void save(State state) {
    state.put(REPEATS, repeats);
    if (rungs.stream().anyMatch(rung -> rung > 0)) {
      state.put(RUNGS, rungs.stream().mapToDouble(Integer::doubleValue).toArray());
    }
    for (int i = 0; i < known.size(); i++) {
      Proposal proposal = known.get(i);
      String name = KNOWN + String.format(Locale.ROOT, "%06d", i);
      state.put(name + PATH, Arrays.stream(proposal.path()).asDoubleStream().toArray());
      state.put(name + SCORE, proposal.score().loss(), proposal.score().accuracy());
    }
    state.putNumbers(STRATEGY, strategy.state());
    state.putNumbers(ESTIMATOR, estimator.state());
  }

  /**
   * Goes on from where another search was saved. The strategy lives through everything again, so
   * its generator must be as it was when that search began.
   */
  public void restore(State state) {
    repeats = (int) state.number(REPEATS);
    state
        .numbersBelow(KNOWN)
        .forEach(
            (name, values) -> {
              if (name.endsWith(PATH)) {
                String own = KNOWN + name.substring(0, name.length() - PATH.length());
                double[] score = state.numbers(own + SCORE);
                known.add(
                    new Proposal(
                        Arrays.stream(values).mapToInt(c -> (int) c).toArray(),
                        new PathScore(score[0], score[1])));
              }
            });
    double[] saved = state.numbersBelow(RUNGS).getOrDefault("", new double[known.size()]);
    for (int number = 0; number < known.size(); number++) {
      count(known.get(number).path(), (int) saved[number]);
    }
    strategy.restore(state.numbersBelow(STRATEGY));
    estimator.restore(state.numbersBelow(ESTIMATOR));
  }

  /** How many evaluations were made; less training counts for less. */
  public int estimated() {
    return (int) (spent + ROUNDING);
  }

  /** The best accuracy that was estimated with the most training; 0 before the first. */
  public double bestAccuracy() {
    List<Proposal> best = bestFirst();
    return best.isEmpty() ? 0 : best.get(0).score().accuracy();
  }

  /** What was estimated, each network at its highest rung, those of the highest rung first. */
  private List<Proposal> bestFirst() {
    return IntStream.range(0, known.size())
        .filter(number -> highestRung(known.get(number).path()) == rungs.get(number))
        .boxed()
        .sorted(
            Comparator.comparingInt((Integer number) -> -rungs.get(number))
                .thenComparing(known::get, Proposal.BEST_FIRST))
        .map(known::get)
        .toList();
  }

  /** How far a network was trained; −1 if it was not. */
  private int highestRung(int[] path) {
    return IntStream.range(0, rungs.size())
        .filter(number -> Arrays.equals(known.get(number).path(), path))
        .map(rungs::get)
        .max()
        .orElse(-1);
  }

  /** Who is trained on pays for what is missing. */
  private void count(int[] path, int rung) {
    int before = highestRung(path);
    boolean isTrainedOn = before >= 0 && before < rung;
    spent += estimator.share(rung) - (isTrainedOn ? estimator.share(before) : 0);
    rungs.add(rung);
  }

  /**
   * Searches, and returns what was estimated, the best first.
   *
   * @param training hears the steps of trainings; it may end the search with an exception, after
   *     which a state is what it was before the present estimate
   * @param afterEstimate runs when all of an estimate is done, so that the search can be saved
   */
  public List<Proposal> search(StepObserver training, Runnable afterEstimate) {
    while (spent + ROUNDING < evaluations && repeats < MOST_REPEATS) {
      int before = known.size();
      strategy.evaluate(path -> score(path, training));
      if (known.size() > before) {
        repeats = 0;
        tell(before);
      } else {
        repeats++;
      }
      afterEstimate.run();
    }
    return bestFirst();
  }

  private PathScore score(int[] path, StepObserver training) {
    int rung = strategy.rung();
    OptionalInt before =
        IntStream.range(0, known.size())
            .filter(
                number ->
                    rungs.get(number) == rung && Arrays.equals(known.get(number).path(), path))
            .findFirst();
    if (before.isPresent()) {
      return known.get(before.getAsInt()).score();
    }
    PathScore score = estimator.estimate(path, rung, training).score();
    count(path, rung);
    known.add(new Proposal(path.clone(), score));
    return score;
  }

  private void tell(int number) {
    Proposal proposal = known.get(number);
    observer.architectureStep(number, proposal.score(), strategy.probabilities());
    observer.proposal(number, proposal.path(), proposal.score());
  }
}
