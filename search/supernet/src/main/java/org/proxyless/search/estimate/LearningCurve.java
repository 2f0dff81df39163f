package org.proxyless.search.estimate;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.proxyless.network.Network;
import org.proxyless.network.NetworkWeights;
import org.proxyless.search.strategy.PathScore;
import org.proxyless.search.train.NetworkTraining.StepObserver;

/**
 * A network is as accurate as its learning curve promises. Every network begins a full training; on
 * the way its curve is extrapolated to the end ({@link Extrapolation}), and where even a lucky end
 * would stay below the best network so far, the training stops and the promise is the estimate. The
 * others are trained to the end, so that the best are known exactly.
 *
 * <p>What an extrapolation is worth is learned from those that were trained to the end ({@link
 * Promises}): a learning rate that falls to 0 lifts curves at their end by more than any family of
 * curves can foresee. Until there are enough of them nothing is stopped.
 */
public final class LearningCurve implements AccuracyEstimator {
  private static final String BEST = "best";

  private final Function<int[], Network> networks;
  private final CandidateTraining training;
  private final long steps;
  private final Promises promises = new Promises();
  private double best = Double.NEGATIVE_INFINITY;

  /**
   * @param networks the network of a path
   * @param epochs of a full training
   */
  public LearningCurve(
      Function<int[], Network> networks, CandidateTraining training, double epochs) {
    this.networks = networks;
    this.training = training;
    this.steps = training.steps(epochs);
  }

  @Override
  public Estimate estimate(int[] path, StepObserver observer) {
    Network network = networks.apply(path);
    Curve curve = new Curve(steps, promises, best);
    Optional<NetworkWeights> trained =
        training.train(network, Optional.empty(), steps, curve::goesOn, observer);
    Work onTheWay = Work.forward(network, (long) curve.points() * training.data().judgingImages());
    if (trained.isEmpty()) {
      Work done = Work.training(network, curve.stoppedAt(), training.data().batchSize());
      PathScore promised = new PathScore(curve.lastLoss(), curve.promise().orElseThrow());
      return new Estimate(promised, done.plus(onTheWay));
    }
    PathScore score = training.judge(network, trained.get());
    best = Math.max(best, score.accuracy());
    curve.extrapolated().forEach((stage, value) -> promises.kept(stage, score.accuracy() - value));
    return new Estimate(score, training.work(network, steps).plus(onTheWay));
  }

  @Override
  public Map<String, double[]> state() {
    Map<String, double[]> state = new HashMap<>(promises.state());
    if (best > Double.NEGATIVE_INFINITY) {
      state.put(BEST, new double[] {best});
    }
    return state;
  }

  @Override
  public void restore(Map<String, double[]> state) {
    Map<String, double[]> rest = new HashMap<>(state);
    double[] saved = rest.remove(BEST);
    best = saved == null ? Double.NEGATIVE_INFINITY : saved[0];
    promises.restore(rest);
  }
}
