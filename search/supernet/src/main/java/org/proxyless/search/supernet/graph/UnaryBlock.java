package org.proxyless.search.supernet.graph;

import java.util.List;
import org.proxyless.network.Operator;
import org.proxyless.network.Shape;
import org.tensorflow.proto.DataType;

/** A block that takes one feature map. */
abstract class UnaryBlock extends TrainingBlock {
  /**
   * @param candidates to choose from
   * @param index of the block
   */
  UnaryBlock(TrainingGraph graph, List<Operator> candidates, int index) {
    super(graph, candidates, index);
  }

  @Override
  final String forward(List<String> inputs) {
    return forward(inputs.get(0));
  }

  /** The same of the one input. */
  abstract String forward(String x);

  @Override
  final List<String> backward(String outputGradient, boolean inputGradientNeeded) {
    String gradient = inputGradient(outputGradient, inputGradientNeeded);
    return inputGradientNeeded ? List.of(gradient) : List.of();
  }

  /** The same: the gradient of the one input, or null where it is not needed. */
  abstract String inputGradient(String outputGradient, boolean needed);

  /**
   * Whether a candidate is the identity among others without a shortcut, so that choosing it, not
   * the block, is what hands the input on.
   */
  final boolean isIdentity(Operator candidate) {
    return candidate.isZero()
        && candidate.shortcut()
        && !candidates.stream().allMatch(Operator::shortcut);
  }

  /** What a block or branch gives: its operator's tensor (null for Zero) and the shortcut's. */
  final String withShortcut(Operator operator, String name, String own, String shortcut) {
    if (own == null) {
      return operator.shortcut()
          ? shortcut
          : zeros(name, operator.input(), operator.output(), shortcut);
    }
    return operator.shortcut() ? sum(name, own, shortcut) : own;
  }

  /** The gradient of what a block or branch takes, likewise. */
  final String withShortcutGradient(
      Operator operator, String name, String own, String outputGradient) {
    return own == null && !operator.shortcut()
        ? zeros(name, operator.output(), operator.input(), outputGradient)
        : withShortcut(operator, name, own, outputGradient);
  }

  /** Zeros for a batch, there if another tensor is, which may be of another shape. */
  private String zeros(String name, Shape has, Shape wanted, String where) {
    if (has.equals(wanted)) {
      return graph.writer().node("ZerosLike", name).input(where).floats().add();
    }
    // To wait for a switch is to wait for both its outputs.
    String there = graph.writer().node("Identity", name + "/there").input(where).floats().add();
    String sizes =
        graph.sizes(graph.batchSize(), wanted.height(), wanted.width(), wanted.channels());
    return graph
        .writer()
        .node("Fill", name)
        .input(sizes, "zero")
        .after(there)
        .floats()
        .type("index_type", DataType.DT_INT32)
        .add();
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
