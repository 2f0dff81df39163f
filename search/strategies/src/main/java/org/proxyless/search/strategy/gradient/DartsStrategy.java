package org.proxyless.search.strategy.gradient;

import java.util.List;
import java.util.random.RandomGenerator;
import org.proxyless.latency.SpaceLatency;
import org.proxyless.latency.choice.OperatorChoice.Limit;
import org.proxyless.search.data.Batch;
import org.proxyless.search.strategy.ArchitectureRate;
import org.proxyless.search.strategy.Categorical;
import org.proxyless.search.strategy.GateGradients;
import org.proxyless.search.strategy.LatencyLoss;
import org.proxyless.search.strategy.MixtureWeights;
import org.proxyless.search.strategy.SearchProblem;
import org.proxyless.search.strategy.Strategy;
import org.proxyless.search.strategy.StrategyFactory;

/**
 * DARTS (Liu, Simonyan and Yang, ICLR 2019): each edge gives softmax(a)·o(x), and the architecture
 * parameters descend the validation loss, either at the weights as they are (first order) or at
 * those after the coming weight step (second order).
 */
public final class DartsStrategy extends MixtureStrategy {
  /** Of Adam, in the paper's searches. */
  public static final double PUBLISHED_RATE = 3e-4;

  /** Rate · architecture steps of the paper's searches: 50 epochs of 25,000 images, 64 a step. */
  public static final double PUBLISHED_TRAVEL = 6;

  private final boolean secondOrder;

  /**
   * @param edgeSizes the number of candidates of each edge
   * @param loss what the expected latency adds
   * @param secondOrder whether the step that the weights are about to take counts
   * @param learningRate of Adam
   * @param others what else proposals keep
   * @param random of the first parameters
   */
  public DartsStrategy(
      int[] edgeSizes,
      SpaceLatency latency,
      LatencyLoss loss,
      boolean secondOrder,
      double learningRate,
      List<Limit> others,
      RandomGenerator random) {
    super(edgeSizes, latency, loss, learningRate, others, random);
    this.secondOrder = secondOrder;
  }

  @Override
  Mixture mixture(double[][] alphas, RandomGenerator random) {
    return new Mixture(Categorical.softmax(alphas), 1);
  }

  @Override
  GateGradients gradients(
      MixtureWeights weights, double[][] shares, Batch training, Batch validation, double rate) {
    return secondOrder
        ? UnrolledGradient.of(weights, shares, training, validation, rate)
        : super.gradients(weights, shares, training, validation, rate);
  }

  /** First order. */
  public static final class FirstOrderFactory implements StrategyFactory {
    @Override
    public String name() {
      return "darts-1";
    }

    @Override
    public String description() {
      return "all candidates mixed by softmax, learnt by gradient, first order (DARTS)";
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
      return DartsStrategy.create(problem, false);
    }
  }

  /** Second order (section 2.3 of the paper). */
  public static final class SecondOrderFactory implements StrategyFactory {
    @Override
    public String name() {
      return "darts-2";
    }

    @Override
    public String description() {
      return "the same, looking one weight step ahead (DARTS, second order)";
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
      return DartsStrategy.create(problem, true);
    }
  }

  private static DartsStrategy create(SearchProblem problem, boolean secondOrder) {
    return new DartsStrategy(
        problem.edgeSizes(),
        problem.latency(),
        problem.projection(),
        secondOrder,
        problem.architectureRate(),
        problem.others(),
        problem.random());
  }
}
