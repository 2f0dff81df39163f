package org.proxyless.search.supernet;

import java.util.List;
import org.proxyless.devices.tensorflow.NetworkWeights;
import org.proxyless.latency.Operator;

/**
 * One block of the chain in the training graph, written forward first and backward once all blocks
 * are.
 */
abstract class TrainingBlock {
  /** Where a batch statistic of a block with one candidate is found in the graph. */
  record Statistic(NetworkWeights.Key key, String tensor) {}

  final TrainingGraph graph;
  final List<Operator> candidates;
  final int index;

  /**
   * @param candidates to choose from
   * @param index of the block in the chain
   */
  TrainingBlock(TrainingGraph graph, List<Operator> candidates, int index) {
    this.graph = graph;
    this.candidates = candidates;
    this.index = index;
  }

  /** Writes what runs forward and returns the output. */
  abstract String forward(String x);

  /**
   * Writes what runs backward and the updates. Returns the gradient of the input, or null where it
   * is not needed.
   */
  abstract String backward(String outputGradient, boolean inputGradientNeeded);

  /** The batch statistics of the block; none if it chooses. */
  List<Statistic> statistics() {
    return List.of();
  }

  /** ∂L/∂g of each candidate; none if there is no choice. */
  List<String> gateGradients() {
    return List.of();
  }

  /** What a block or branch gives: its operator's tensor (null for Zero) and the shortcut's. */
  final String withShortcut(Operator operator, String name, String own, String shortcut) {
    if (own == null) {
      return operator.shortcut()
          ? shortcut
          : graph.writer().node("ZerosLike", name).input(shortcut).floats().add();
    }
    return operator.shortcut() ? sum(name, own, shortcut) : own;
  }

  /** Σ a ⊙ b over all images, pixels and channels. */
  final String dot(String name, String a, String b) {
    String product = graph.writer().node("Mul", name + "/product").input(a, b).floats().add();
    return graph
        .writer()
        .node("Sum", name + "/sum")
        .input(product, graph.sizes(0, 1, 2, 3))
        .floats()
        .add();
  }

  final String sum(String name, String a, String b) {
    return graph.writer().node("AddV2", name).input(a, b).floats().add();
  }
}
