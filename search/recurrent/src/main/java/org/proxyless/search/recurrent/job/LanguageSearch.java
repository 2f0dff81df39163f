package org.proxyless.search.recurrent.job;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.proxyless.search.recurrent.cell.RecurrentSpace;
import org.proxyless.search.recurrent.cell.WiredCell;
import org.proxyless.search.recurrent.text.TokenWindows;
import org.proxyless.search.recurrent.text.TokenWindows.Window;
import org.proxyless.search.recurrent.train.SharedLanguageModel;
import org.proxyless.search.strategy.blackbox.EvaluationStrategy;

/**
 * The search: in each step the shared weights learn along a path that the strategy draws, then,
 * after a warm-up, the strategy asks for a path and is told how it does, as minus its loss on the
 * same windows of the validation text each time.
 */
final class LanguageSearch {
  private static final double WARM_UP = 0.2;
  private static final int SCORED_WINDOWS = 2;
  private static final int FINAL_WINDOWS = 8;
  private static final int FINALISTS = 16;
  private static final int MOST_DRAWS = 400;

  /** In the events, stands for a path that was drawn; scores are not above 0. */
  private static final double DRAWN = 1;

  private final RecurrentSpace space;
  private final SharedLanguageModel shared;
  private final EvaluationStrategy strategy;
  private final TokenWindows training;
  private final TokenWindows validation;
  private final int steps;
  private final double rate;
  private final List<Double> events = new ArrayList<>();
  private int step;

  /**
   * A path with its loss on the windows that decide.
   *
   * @param loss of a token, in nats
   */
  record Finalist(int[] path, double loss) {}

  /** What a step told: losses of a token, in nats; NaN where nothing was asked. */
  record Told(double trained, double asked) {}

  LanguageSearch(
      RecurrentSpace space,
      SharedLanguageModel shared,
      EvaluationStrategy strategy,
      TokenWindows training,
      TokenWindows validation,
      int steps,
      double rate) {
    this.space = space;
    this.shared = shared;
    this.strategy = strategy;
    this.training = training;
    this.validation = validation;
    this.steps = steps;
    this.rate = rate;
  }

  /** Steps that are done. */
  int done() {
    return step;
  }

  Told step() {
    events.add(DRAWN);
    double trained = shared.train(strategy.sample(), training.window(step), rate, step);
    step++;
    if (step <= WARM_UP * steps) {
      return new Told(trained, Double.NaN);
    }
    int[] asked = strategy.ask();
    double loss = shared.loss(asked, windows(0, SCORED_WINDOWS));
    strategy.tell(asked, -loss);
    events.add(-loss);
    return new Told(trained, loss);
  }

  private List<Window> windows(int first, int number) {
    return IntStream.range(first, first + number)
        .mapToObj(w -> validation.window(w % validation.perEpoch()))
        .toList();
  }

  /** The best that the strategy knows or draws, by other windows, best first. */
  List<Finalist> finalists(SizedSpace within, RandomGenerator random) {
    Map<String, int[]> distinct = new LinkedHashMap<>();
    strategy.preferred(within::contains, FINALISTS / 2).forEach(path -> put(distinct, path));
    for (int draw = 0; draw < MOST_DRAWS && distinct.size() < FINALISTS; draw++) {
      put(distinct, draw % 2 == 0 ? strategy.sample() : within.draw(random));
    }
    List<Window> windows = windows(SCORED_WINDOWS, FINAL_WINDOWS);
    return distinct.values().stream()
        .map(path -> new Finalist(path, shared.loss(path, windows)))
        .sorted(Comparator.comparingDouble(Finalist::loss))
        .toList();
  }

  private void put(Map<String, int[]> distinct, int[] path) {
    WiredCell cell = (WiredCell) space.decode(path).cell();
    int[] sizes = Arrays.copyOf(path, space.sizeDecisions());
    distinct.putIfAbsent(Arrays.toString(sizes) + cell.canonical(), path);
  }

  /** What the strategy was told, and when it drew: what it takes to go on. */
  double[] events() {
    return events.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** Lives through everything again, without training anything; the strategy must be new. */
  void restore(double[] saved) {
    for (double event : saved) {
      if (event == DRAWN) {
        strategy.sample();
        step++;
      } else {
        strategy.tell(strategy.ask(), event);
      }
      events.add(event);
    }
  }
}
