package org.proxyless.search.supernet;

import java.util.List;
import org.proxyless.network.BlockGraph;
import org.proxyless.network.Layer;
import org.proxyless.network.Operator;
import org.proxyless.network.Shape;

/**
 * What a {@link MixtureSupernet} will take, before it is built: rather too much than too little.
 * Every candidate's feature maps are held from its forward to its backward pass, for each layer
 * what it computes and what it hands on; the gradients of one block's are held beside them.
 */
public final class MixtureMemory {
  private static final int BYTES_A_NUMBER = 4;

  /** Before and after normalisation and activation. */
  private static final int MAPS_A_LAYER = 2;

  /**
   * The weight, its momentum and gradient; a look ahead's copy and direction; what an update works
   * out on the way, of all weights at once.
   */
  private static final int NUMBERS_A_WEIGHT = 8;

  /** Gaps in the allocator's regions: what was measured lay at 1.2 to 1.4 times the sum. */
  private static final double ALLOWANCE = 1.5;

  /** The graph and the runtime. */
  private static final long FIXED_BYTES = 300L << 20;

  private MixtureMemory() {}

  /**
   * The estimate, in bytes.
   *
   * @param graph what is chosen from
   * @param batchSize images a step
   */
  public static long bytes(BlockGraph graph, int batchSize) {
    long activations = 0;
    long largestBlock = 0;
    long weights = 0;
    for (BlockGraph.Block block : graph.blocks()) {
      List<Operator> candidates = block.candidates();
      long ofBlock = candidates.stream().mapToLong(MixtureMemory::activations).sum();
      activations += ofBlock;
      largestBlock = Math.max(largestBlock, ofBlock);
      weights += candidates.stream().mapToLong(Operator::parameters).sum();
    }
    long numbers =
        batchSize * (MAPS_A_LAYER * activations + largestBlock) + NUMBERS_A_WEIGHT * weights;
    return FIXED_BYTES + (long) (ALLOWANCE * BYTES_A_NUMBER * numbers);
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
