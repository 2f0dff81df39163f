package org.proxyless.search.supernet.graph;

import java.util.List;
import org.proxyless.network.NetworkWeights;
import org.proxyless.network.Operator;

/** One block in the training graph, written forward first and backward once all blocks are. */
public abstract class TrainingBlock {
  /** Where a batch statistic of a block with one candidate is found in the graph. */
  public record Statistic(NetworkWeights.Key key, String tensor) {}

  final TrainingGraph graph;
  final List<Operator> candidates;
  final int index;

  /**
   * @param candidates to choose from
   * @param index of the block
   */
  TrainingBlock(TrainingGraph graph, List<Operator> candidates, int index) {
    this.graph = graph;
    this.candidates = candidates;
    this.index = index;
  }

  /** Writes what runs forward and returns the output. */
  abstract String forward(List<String> inputs);

  /** Writes what runs backward and the updates. Returns the gradient of each input, if needed. */
  abstract List<String> backward(String outputGradient, boolean inputGradientNeeded);

  /** The batch statistics of the block; none if it chooses. */
  List<Statistic> statistics() {
    return List.of();
  }

  /** ∂L/∂g of each candidate; none if there is no choice. */
  List<String> gateGradients() {
    return List.of();
  }
}
