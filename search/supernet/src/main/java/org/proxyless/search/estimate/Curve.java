package org.proxyless.search.estimate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.proxyless.search.strategy.PathScore;

/** The learning curve of one training, followed until it is hopeless or nearly at its end. */
final class Curve {
  /** A training is scored each time that another part of so many is done. */
  private static final int PARTS = 16;

  /** After so many parts the curve is extrapolated: at 3/8, 9/16 and 3/4 of the training. */
  private static final int[] STAGES = {6, 9, 12};

  private final long steps;
  private final Promises promises;
  private final double best;
  private final List<Double> places = new ArrayList<>();
  private final List<Double> accuracies = new ArrayList<>();
  private final Map<Integer, Double> extrapolated = new HashMap<>();
  private long parts;
  private int stage;
  private double lastLoss;
  private long stoppedAt;
  private OptionalDouble promise = OptionalDouble.empty();

  /**
   * @param steps of the whole training
   * @param promises what extrapolations are worth
   * @param best accuracy of the networks so far
   */
  Curve(long steps, Promises promises, double best) {
    this.steps = steps;
    this.promises = promises;
    this.best = best;
  }

  /**
   * Follows a training, see {@link CandidateTraining.Watch}.
   *
   * @return false if it is hopeless
   */
  boolean goesOn(long done, Supplier<PathScore> score) {
    long now = done * PARTS / steps;
    if (now == parts || stage == STAGES.length) {
      return true;
    }
    parts = now;
    PathScore seen = score.get();
    places.add((double) done / steps);
    accuracies.add(seen.accuracy());
    lastLoss = seen.loss();
    if (now < STAGES[stage]) {
      return true;
    }
    int reached = stage++;
    if (points() < Extrapolation.LEAST_POINTS) {
      return true;
    }
    double end = Extrapolation.atEnd(array(places), array(accuracies));
    extrapolated.put(reached, end);
    if (!promises.isHopeless(reached, end, best)) {
      return true;
    }
    promise = OptionalDouble.of(promises.expected(reached, end));
    stoppedAt = done;
    return false;
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** How often the training was scored. */
  int points() {
    return places.size();
  }

  /** By stage, the accuracy that was expected at the end, before any correction. */
  Map<Integer, Double> extrapolated() {
    return extrapolated;
  }

  /** The accuracy expected at the end of a training that was stopped. */
  OptionalDouble promise() {
    return promise;
  }

  /** The steps after which it was. */
  long stoppedAt() {
    return stoppedAt;
  }

  /** The mean loss on the judging images when it was scored last. */
  double lastLoss() {
    return lastLoss;
  }
}
