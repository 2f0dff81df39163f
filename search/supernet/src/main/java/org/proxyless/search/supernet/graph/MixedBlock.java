package org.proxyless.search.supernet.graph;

import java.util.ArrayList;
import java.util.List;
import org.proxyless.network.Operator;

/**
 * A block whose candidates all work at once, each with its share z of the output: y = Σ z_k·o_k(x),
 * plus the shortcut (Liu et al., DARTS, 2019, equation 2, for any z). Zero contributes nothing.
 */
final class MixedBlock extends UnaryBlock {
  private final String name;
  private final int firstShare;
  private final List<TrainingOperator> operators = new ArrayList<>();
  private final List<String> outputs = new ArrayList<>();
  private final List<String> shareGradients = new ArrayList<>();

  /**
   * @param firstShare index of the first candidate's share among all shares
   */
  MixedBlock(TrainingGraph graph, List<Operator> candidates, int index, int firstShare) {
    super(graph, candidates, index);
    this.firstShare = firstShare;
    name = "b" + index;
  }

  private String prefix(int candidate) {
    return name + "/c" + candidate;
  }

  @Override
  String forward(String x) {
    List<String> terms = new ArrayList<>();
    List<List<CandidatePart>> parts = graph.declare(index);
    for (int c = 0; c < candidates.size(); c++) {
      Operator operator = candidates.get(c);
      TrainingOperator training =
          new TrainingOperator(graph, prefix(c) + "/mixed", operator, parts.get(c));
      operators.add(training);
      outputs.add(isIdentity(operator) ? x : operator.isZero() ? null : training.forward(x));
      if (outputs.get(c) != null) {
        terms.add(share(prefix(c) + "/share-of-output", outputs.get(c), c));
      }
    }
    return withShortcut(candidates.get(0), name + "/output", total(name + "/mixture", terms), x);
  }

  @Override
  String inputGradient(String outputGradient, boolean inputGradientNeeded) {
    List<String> terms = new ArrayList<>();
    for (int c = 0; c < candidates.size(); c++) {
      if (outputs.get(c) == null) {
        shareGradients.add("zero");
        continue;
      }
      shareGradients.add(dot(prefix(c) + "/share-grad", outputGradient, outputs.get(c)));
      String own = share(prefix(c) + "/share-of-grad", outputGradient, c);
      terms.add(
          isIdentity(candidates.get(c))
              ? own
              : operators.get(c).backward(own, inputGradientNeeded));
    }
    return inputGradientNeeded
        ? withShortcut(
            candidates.get(0),
            name + "/input-grad",
            total(name + "/mixture-grad", terms),
            outputGradient)
        : null;
  }

  /** ∂L/∂z_k = Σ ∂L/∂y ⊙ o_k(x). */
  @Override
  List<String> gateGradients() {
    return shareGradients;
  }

  private String share(String own, String tensor, int c) {
    int share = firstShare + c;
    String z = share == 0 ? TrainingGraph.SHARES : TrainingGraph.SHARES + ":" + share;
    return graph.writer().node("Mul", own).input(tensor, z).floats().add();
  }

  /** The sum of some tensors; null if there is none. */
  private String total(String own, List<String> tensors) {
    if (tensors.size() < 2) {
      return tensors.isEmpty() ? null : tensors.get(0);
    }
    return graph
        .writer()
        .node("AddN", own)
        .input(tensors.toArray(String[]::new))
        .floats()
        .attribute("N", tensors.size())
        .add();
  }
}
