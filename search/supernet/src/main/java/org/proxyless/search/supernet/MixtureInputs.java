package org.proxyless.search.supernet;

import java.util.Arrays;
import org.proxyless.network.Shape;
import org.proxyless.search.supernet.graph.LookAheadNodes;
import org.proxyless.search.supernet.graph.TrainingGraph;
import org.tensorflow.Session;
import org.tensorflow.types.TFloat32;

/** The tensors that the steps of a mixture supernet are fed: shares in place of gates. */
final class MixtureInputs extends StepInputs {
  private final int[] edgeSizes;
  private final TFloat32 shares;
  private final TFloat32 distance = TFloat32.scalarOf(0);

  MixtureInputs(int batchSize, Shape input, int classes, int[] edgeSizes) {
    super(batchSize, input, classes, edgeSizes);
    this.edgeSizes = edgeSizes;
    shares = TFloat32.tensorOf(org.tensorflow.ndarray.Shape.of(Arrays.stream(edgeSizes).sum()));
  }

  /** Sets each candidate's share of its edge's output. */
  void mixture(double[][] mixture) {
    int[] sizes = Arrays.stream(mixture).mapToInt(edge -> edge.length).toArray();
    if (!Arrays.equals(sizes, edgeSizes)) {
      throw new IllegalArgumentException(
          "a mixture of "
              + Arrays.toString(sizes)
              + " shares for edges of "
              + Arrays.toString(edgeSizes)
              + " candidates");
    }
    int next = 0;
    for (double[] edge : mixture) {
      for (double share : edge) {
        shares.setFloat((float) share, next++);
      }
    }
  }

  /** {@inheritDoc} The path's candidates give everything; what is sampled beside them, nothing. */
  @Override
  void gates(int[] path, boolean[][] sampled) {
    super.gates(path, sampled);
    double[][] mixture = new double[edgeSizes.length][];
    for (int e = 0; e < mixture.length; e++) {
      mixture[e] = new double[edgeSizes[e]];
      mixture[e][path[e]] = 1;
    }
    mixture(mixture);
  }

  /** Sets how far the weights are shifted along the direction. */
  void distance(double value) {
    distance.setFloat((float) value);
  }

  @Override
  Session.Runner feed(Session.Runner runner) {
    return feedBatch(runner).feed(TrainingGraph.MIXTURE, shares);
  }

  /** Feeds the distance alone. */
  Session.Runner feedDistance(Session.Runner runner) {
    return runner.feed(LookAheadNodes.DISTANCE, distance);
  }

  @Override
  public void close() {
    super.close();
    shares.close();
    distance.close();
  }
}
