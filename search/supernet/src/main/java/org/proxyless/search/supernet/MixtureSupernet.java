package org.proxyless.search.supernet;

import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.proxyless.network.BlockGraph;
import org.proxyless.network.Operator;
import org.proxyless.search.data.Batch;
import org.proxyless.search.strategy.GateGradients;
import org.proxyless.search.strategy.LookAhead;
import org.proxyless.search.strategy.MixtureWeights;
import org.proxyless.search.strategy.PathScore;
import org.proxyless.search.supernet.graph.Kernels;
import org.proxyless.search.supernet.graph.LookAheadNodes;
import org.proxyless.search.supernet.graph.TrainingGraph;
import org.proxyless.search.supernet.graph.Variable;
import org.tensorflow.Result;
import org.tensorflow.Session;

/**
 * A supernet whose candidates can also work all at once: an edge gives Σ z_k·o_k(x), plus the
 * block's shortcut, at whatever shares z it is fed (Liu et al., DARTS, 2019). A path is the mixture
 * in which one candidate of each edge has all of it, and does the same as in a {@link Supernet}.
 *
 * <p>All candidates' feature maps are held at once: {@link MixtureMemory} estimates them.
 */
public final class MixtureSupernet extends Supernet implements MixtureWeights {
  private final MixtureInputs inputs;

  /**
   * Builds the graph and gives every weight its first value.
   *
   * @param blocks a chain; each block's candidates
   * @param random the source of the first weights
   * @throws IllegalArgumentException if no block has a choice
   */
  public MixtureSupernet(List<List<Operator>> blocks, Settings settings, RandomGenerator random) {
    this(BlockGraph.chain(blocks), settings, random);
  }

  /**
   * The same of any graph.
   *
   * @throws IllegalArgumentException if no block has a choice
   */
  public MixtureSupernet(BlockGraph blocks, Settings settings, RandomGenerator random) {
    this(blocks, settings, inputs(blocks, settings), random);
  }

  private static MixtureInputs inputs(BlockGraph blocks, Settings settings) {
    int[] edgeSizes = blocks.sizes();
    if (edgeSizes.length == 0) {
      throw new IllegalArgumentException("a mixture needs a block with several candidates");
    }
    return new MixtureInputs(settings.batchSize(), blocks.input(), blocks.classes(), edgeSizes);
  }

  private MixtureSupernet(
      BlockGraph blocks, Settings settings, MixtureInputs inputs, RandomGenerator random) {
    super(blocks, settings, TrainingGraph.Choice.MIXED, inputs, random, Kernels.ofThisMachine());
    this.inputs = inputs;
  }

  /**
   * {@inheritDoc} With label smoothing.
   *
   * @throws DivergedException if the loss or a gradient is not finite; a step whose loss is not
   *     finite changes nothing
   */
  @Override
  public PathScore trainWeights(double[][] mixture, Batch training, double learningRate) {
    inputs.mixture(mixture);
    return trained(
        trainingStep(training, learningRate).addTarget(TrainingGraph.DESCEND), Ran.MIXTURE);
  }

  /** Other candidates run forward too, but nothing of theirs is updated. */
  @Override
  Session.Runner descend(Session.Runner runner, int[] path) {
    partsOf(path).forEach(part -> runner.addTarget(Variable.update(part.name())));
    return runner;
  }

  @Override
  public GateGradients gateGradients(int[] path, boolean[][] sampled, Batch batch) {
    GateGradients all = super.gateGradients(path, sampled, batch);
    for (int e = 0; e < path.length; e++) {
      for (int c = 0; c < sampled[e].length; c++) {
        all.values()[e][c] = sampled[e][c] || c == path[e] ? all.values()[e][c] : 0;
      }
    }
    return all;
  }

  /**
   * {@inheritDoc}
   *
   * @throws DivergedException if the loss or a gradient is not finite
   */
  @Override
  public GateGradients mixtureGradients(double[][] mixture, Batch validation) {
    inputs.batch(validation, 0);
    inputs.mixture(mixture);
    try (Result result = fetchGateGradients().run()) {
      return gateGradients(result, Ran.MIXTURE);
    }
  }

  /**
   * {@inheritDoc}
   *
   * @throws DivergedException if the loss or a gradient is not finite
   */
  @Override
  public LookAhead lookAhead(
      double[][] mixture, Batch training, Batch validation, double learningRate) {
    return keepingWeights(
        () -> {
          inputs.mixture(mixture);
          trained(
              trainingStep(training, learningRate).addTarget(LookAheadNodes.UNROLL), Ran.MIXTURE);
          inputs.batch(validation, 0);
          try (Result result =
              fetchGateGradients()
                  .fetch(LookAheadNodes.HALF_SQUARED_NORM)
                  .addTarget(LookAheadNodes.AIM)
                  .run()) {
            GateGradients seen = gateGradients(result, Ran.MIXTURE);
            double halfSquaredNorm = floats(result.get(3))[0];
            if (!Double.isFinite(halfSquaredNorm)) {
              throw new DivergedException(
                  "the gradient of the validation loss to the weights, one step ahead, is not"
                      + " finite");
            }
            return new LookAhead(seen, Math.sqrt(2 * halfSquaredNorm));
          }
        });
  }

  /**
   * {@inheritDoc}
   *
   * @throws DivergedException if the loss or a gradient is not finite
   */
  @Override
  public double[][] shiftedGradients(double[][] mixture, Batch training, double distance) {
    return keepingWeights(
        () -> {
          inputs.distance(distance);
          inputs.feedDistance(session().runner()).addTarget(LookAheadNodes.SHIFT).run().close();
          inputs.batch(training, settings().labelSmoothing());
          inputs.mixture(mixture);
          try (Result result = fetchGateGradients().run()) {
            return gateGradients(result, Ran.MIXTURE).values();
          }
        });
  }

  private <T> T keepingWeights(Supplier<T> look) {
    session().runner().addTarget(LookAheadNodes.KEEP).run().close();
    try {
      return look.get();
    } finally {
      session().runner().addTarget(LookAheadNodes.RESTORE).run().close();
    }
  }
}
