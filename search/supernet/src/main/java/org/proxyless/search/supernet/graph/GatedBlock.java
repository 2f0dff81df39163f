package org.proxyless.search.supernet.graph;

import java.util.ArrayList;
import java.util.List;
import org.proxyless.network.Operator;

/** A block with several candidates, each behind its gate. */
final class GatedBlock extends UnaryBlock {
  private final String name;
  private final int firstGate;
  private final boolean selectable;
  private final List<List<CandidatePart>> parts;
  private final List<TrainingOperator> active = new ArrayList<>();
  private final List<String> outputs = new ArrayList<>();
  private final List<String> gateGradients = new ArrayList<>();
  private String x;

  /**
   * @param firstGate index of the first candidate's gate among all gates
   * @param selectable whether it may not work at all: a gate behind those of its candidates is open
   *     then
   */
  GatedBlock(
      TrainingGraph graph,
      List<Operator> candidates,
      int index,
      int firstGate,
      boolean selectable) {
    super(graph, candidates, index);
    this.firstGate = firstGate;
    this.selectable = selectable;
    name = "b" + index;
    parts = graph.declare(index);
  }

  private String prefix(int candidate) {
    return name + "/c" + candidate;
  }

  @Override
  String forward(String x) {
    this.x = x;
    List<String> merged = new ArrayList<>();
    for (int c = 0; c < candidates.size(); c++) {
      Operator operator = candidates.get(c);
      String open = let(prefix(c) + "/input", x, TrainingGraph.ACTIVE_GATES, c);
      TrainingOperator training =
          new TrainingOperator(graph, prefix(c) + "/active", operator, parts.get(c));
      active.add(training);
      String y = operator.isZero() ? null : training.forward(open);
      outputs.add(isIdentity(operator) ? open : y);
      merged.add(withShortcut(operator, prefix(c) + "/sum", y, open));
    }
    return merge(name + "/output", merged);
  }

  @Override
  String inputGradient(String outputGradient, boolean inputGradientNeeded) {
    List<String> merged = new ArrayList<>();
    List<String> checks = new ArrayList<>();
    String checkBefore = graph.lastCheck();
    String late =
        graph
            .writer()
            .node("Identity", name + "/late")
            .input(x)
            .after(outputGradient)
            .floats()
            .add();
    for (int c = 0; c < candidates.size(); c++) {
      Operator operator = candidates.get(c);
      String gradient =
          let(prefix(c) + "/output-grad", outputGradient, TrainingGraph.ACTIVE_GATES, c);
      graph.lastCheck(checkBefore);
      String own = operator.isZero() ? null : active.get(c).backward(gradient, inputGradientNeeded);
      boolean hasWeights = !parts.get(c).isEmpty();
      checks.add(
          hasWeights
              ? graph.lastCheck()
              : let(prefix(c) + "/check", "zero", TrainingGraph.ACTIVE_GATES, c));
      if (inputGradientNeeded) {
        merged.add(withShortcutGradient(operator, prefix(c) + "/sum-grad", own, gradient));
      }
      gateGradients.add(
          outputs.get(c) == null ? "zero" : gateGradient(c, gradient, late, outputGradient));
    }
    if (selectable) {
      int closed = candidates.size();
      checks.add(let(name + "/closed/check", "zero", TrainingGraph.ACTIVE_GATES, closed));
      String unselected = let(name + "/closed/input", x, TrainingGraph.ACTIVE_GATES, closed);
      merged.add(
          graph
              .writer()
              .node("ZerosLike", name + "/closed/input-grad")
              .input(unselected)
              .floats()
              .add());
    }
    graph.lastCheck(merge(name + "/check", checks));
    return inputGradientNeeded ? merge(name + "/input-grad", merged) : null;
  }

  @Override
  List<String> gateGradients() {
    return gateGradients;
  }

  /** ∂L/∂g_c = Σ ∂L/∂y ⊙ o_c(x), whether the candidate is active, sampled beside it, or not. */
  private String gateGradient(int c, String gradient, String late, String outputGradient) {
    String own = prefix(c) + "/gate";
    String ofActive =
        orZero(
            own + "/active",
            dot(own + "/active", gradient, outputs.get(c)),
            TrainingGraph.ACTIVE_GATES,
            c);
    String open = let(prefix(c) + "/late-input", late, TrainingGraph.INACTIVE_GATES, c);
    String y =
        isIdentity(candidates.get(c))
            ? open
            : new TrainingOperator(graph, prefix(c) + "/sampled", candidates.get(c), parts.get(c))
                .forward(open);
    String lateGradient =
        let(prefix(c) + "/late-grad", outputGradient, TrainingGraph.INACTIVE_GATES, c);
    String ofSampled =
        orZero(
            own + "/sampled",
            dot(own + "/sampled", lateGradient, y),
            TrainingGraph.INACTIVE_GATES,
            c);
    return sum(own, ofActive, ofSampled);
  }

  /** The value where the gate is open, 0 where it is closed: alive in any case. */
  private String orZero(String own, String value, String gates, int c) {
    String zero =
        graph.writer().node("Switch", own + "/closed").input("zero", gate(gates, c)).floats().add();
    return merge(own + "/value", List.of(zero, value));
  }

  /** Lets a tensor through where the gate is open. */
  private String let(String own, String tensor, String gates, int c) {
    return graph.writer().node("Switch", own).input(tensor, gate(gates, c)).floats().add() + ":1";
  }

  private String gate(String gates, int c) {
    int gate = firstGate + c;
    return gate == 0 ? gates : gates + ":" + gate;
  }

  private String merge(String own, List<String> tensors) {
    return graph
        .writer()
        .node("Merge", own)
        .input(tensors.toArray(String[]::new))
        .floats()
        .attribute("N", tensors.size())
        .add();
  }
}
