package org.proxyless.search.strategy.gradient;

import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.proxyless.latency.SpaceLatency;
import org.proxyless.latency.choice.OperatorChoice.Limit;
import org.proxyless.search.data.Batch;
import org.proxyless.search.strategy.ArchitectureRate;
import org.proxyless.search.strategy.GateGradients;
import org.proxyless.search.strategy.Gumbel;
import org.proxyless.search.strategy.LatencyLoss;
import org.proxyless.search.strategy.MixtureWeights;
import org.proxyless.search.strategy.SearchProblem;
import org.proxyless.search.strategy.Strategy;
import org.proxyless.search.strategy.StrategyFactory;

/**
 * SNAS (Xie et al., ICLR 2019): each edge gives Z·o(x) with Z = softmax((ln p + G)/τ), fresh Gumbel
 * noise G every step, and the gradient goes through Z as it is, not straight through a choice. All
 * candidates run. The temperature falls by the same factor every architecture step, so that Z comes
 * close to a choice of one.
 */
public final class SnasStrategy extends MixtureStrategy {
  /** Of Adam, in the paper's searches. */
  public static final double PUBLISHED_RATE = 3e-4;

  /** Rate · architecture steps of the paper's searches: 150 epochs of 25,000 images, 64 a step. */
  public static final double PUBLISHED_TRAVEL = 18;

  private static final double FIRST_TEMPERATURE = 1;
  private static final double LAST_TEMPERATURE = 0.1;

  private final FallingTemperature temperature;

  /**
   * @param edgeSizes the number of candidates of each edge
   * @param loss what the mixture's latency adds, which is linear in Z
   * @param learningRate of Adam
   * @param steps architecture steps in which the temperature falls
   * @param others what else proposals keep
   * @param random of the first parameters and of the noise
   */
  public SnasStrategy(
      int[] edgeSizes,
      SpaceLatency latency,
      LatencyLoss loss,
      double learningRate,
      long steps,
      List<Limit> others,
      RandomGenerator random) {
    super(edgeSizes, latency, loss, learningRate, others, random);
    temperature = temperature(steps);
  }

  static FallingTemperature temperature(long steps) {
    return FallingTemperature.geometric(FIRST_TEMPERATURE, LAST_TEMPERATURE, steps);
  }

  @Override
  Mixture mixture(double[][] alphas, RandomGenerator random) {
    double tau = temperature.value();
    return new Mixture(Gumbel.shares(alphas, tau, random), tau);
  }

  @Override
  GateGradients gradients(
      MixtureWeights weights, double[][] shares, Batch training, Batch validation, double rate) {
    temperature.fall();
    return super.gradients(weights, shares, training, validation, rate);
  }

  @Override
  public Map<String, double[]> state() {
    Map<String, double[]> state = super.state();
    temperature.save(state);
    return state;
  }

  @Override
  public void restore(Map<String, double[]> state) {
    super.restore(state);
    temperature.restore(state);
  }

  /** Stochastic mixtures (Xie et al., ICLR 2019). */
  public static final class Factory implements StrategyFactory {
    @Override
    public String name() {
      return "snas";
    }

    @Override
    public String description() {
      return "all candidates mixed by softmax with falling noise, learnt by gradient (SNAS)";
    }

    @Override
    public boolean mixes() {
      return true;
    }

    @Override
    public ArchitectureRate architectureRate() {
      return new ArchitectureRate(PUBLISHED_RATE, PUBLISHED_TRAVEL);
    }

    @Override
    public Strategy create(SearchProblem problem) {
      return new SnasStrategy(
          problem.edgeSizes(),
          problem.latency(),
          problem.projection(),
          problem.architectureRate(),
          problem.architectureSteps(),
          problem.others(),
          problem.random());
    }
  }
}
