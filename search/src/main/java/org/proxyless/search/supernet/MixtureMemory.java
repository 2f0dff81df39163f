package org.proxyless.search.supernet;

import java.util.List;
import org.proxyless.latency.Layer;
import org.proxyless.latency.Operator;
import org.proxyless.latency.Shape;

/**
 * What a {@link MixtureSupernet} will take, before it is built. Every candidate's feature maps are
 * held from its forward to its backward pass: for each layer what it computes and what it hands on.
 */
public final class MixtureMemory {
  private static final int BYTES_A_NUMBER = 4;

  /** Before and after normalisation and activation. */
  private static final int MAPS_A_LAYER = 2;

  /** The weight, its momentum and gradient, and a look ahead's copy and direction. */
  private static final int NUMBERS_A_WEIGHT = 5;

  /** For gradients on their way, the allocator's gaps, and the runtime itself. */
  private static final double ALLOWANCE = 1.25;

  private MixtureMemory() {}

  /**
   * The estimate, in bytes.
   *
   * @param blocks the chain; each block's candidates
   * @param batchSize images a step
   */
  public static long bytes(List<List<Operator>> blocks, int batchSize) {
    long activations = 0;
    long weights = 0;
    for (List<Operator> candidates : blocks) {
      for (Operator operator : candidates) {
        activations += activations(operator);
        weights += operator.parameters();
      }
    }
    long numbers = MAPS_A_LAYER * batchSize * activations + NUMBERS_A_WEIGHT * weights;
    return (long) (ALLOWANCE * BYTES_A_NUMBER * numbers);
  }

  /** Numbers that the layers give for one image. */
  private static long activations(Operator operator) {
    long sum = 0;
    Shape shape = operator.input();
    for (Layer layer : operator.layers()) {
      shape = layer.output(shape);
      sum += shape.elements();
    }
    return sum;
  }
}
