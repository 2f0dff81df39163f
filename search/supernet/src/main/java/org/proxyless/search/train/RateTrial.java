package org.proxyless.search.train;

import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.stream.IntStream;
import org.proxyless.search.strategy.PathScore;

/**
 * Finds the learning rate that weights which were trained before can bear: a few steps at each of
 * several rates, each from the same weights, and a look at images that were not trained on. What a
 * rate gains shows only once it has fallen, what it destroys shows at once; so the highest rate
 * counts that destroys nothing, and where each does, that which destroys least.
 *
 * @param rates from the highest to the least
 * @param steps of each
 */
public record RateTrial(List<Double> rates, long steps) {
  /** So far may the accuracy fall for now. */
  static final double TOLERATED_FALL = 0.02;

  private static final double STEPWISE = 2;
  private static final int RATES = 3;
  private static final long MOST_STEPS = 30;
  private static final long LEAST_STEPS = 2;

  /** Part of a fine-tuning that one rate's trial takes. */
  private static final long PART = 50;

  public RateTrial {
    rates = List.copyOf(rates);
  }

  /**
   * The trial before a fine-tuning.
   *
   * @param highestRate that of fresh weights
   * @param fineTuneSteps in all
   */
  public static RateTrial of(double highestRate, long fineTuneSteps) {
    return new RateTrial(
        IntStream.range(0, RATES).mapToObj(i -> highestRate / Math.pow(STEPWISE, i)).toList(),
        Math.max(LEAST_STEPS, Math.min(MOST_STEPS, fineTuneSteps / PART)));
  }

  /**
   * The rate to start with.
   *
   * @param start how the weights do as they are
   * @param tried how they do after the steps at a rate
   */
  public double best(PathScore start, DoubleFunction<PathScore> tried) {
    record Tried(double rate, double accuracy) {}
    List<Tried> all = rates.stream().map(r -> new Tried(r, tried.apply(r).accuracy())).toList();
    return all.stream()
        .filter(one -> one.accuracy() >= start.accuracy() - TOLERATED_FALL)
        .findFirst()
        .or(() -> all.stream().max(Comparator.comparingDouble(Tried::accuracy)))
        .orElseThrow()
        .rate();
  }
}
