package org.proxyless.search.supernet.graph;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.proxyless.devices.tensorflow.GraphWriter;
import org.tensorflow.proto.DataType;

/**
 * The nodes that move all weights aside for a look ahead and back (Liu et al., DARTS, 2019, section
 * 2.3). Beside each weight w they keep a copy of it and a direction v; these take memory from their
 * first use on. The momentum is read, but never changed.
 */
public final class LookAheadNodes {
  /** Target: keeps a copy of w. */
  public static final String KEEP = "keep";

  /** Target: w ← w − rate·(0.9·momentum + ∂L/∂w + decay·w), one step without Nesterov's. */
  public static final String UNROLL = "unroll";

  /** Target: v ← ∂L/∂w. */
  public static final String AIM = "aim";

  /** Output: float [], ‖∂L/∂w‖²/2 over all weights. */
  public static final String HALF_SQUARED_NORM = "half-squared-norm";

  /** Input: float [], how far {@link #SHIFT} goes. */
  public static final String DISTANCE = "distance";

  /** Target: w ← copy + distance·v. */
  public static final String SHIFT = "shift";

  /** Target: w ← copy. */
  public static final String RESTORE = "restore";

  private final GraphWriter graph;
  private final String rate;
  private final Map<String, List<String>> targets = new LinkedHashMap<>();
  private final List<String> norms = new ArrayList<>();

  /**
   * @param rate the node of the learning rate
   */
  LookAheadNodes(GraphWriter graph, String rate) {
    this.graph = graph;
    this.rate = rate;
    graph.placeholder(DISTANCE, DataType.DT_FLOAT);
  }

  /**
   * Writes the nodes of a variable.
   *
   * @param gradient ∂L/∂w
   * @param decayed ∂L/∂w + decay·w
   * @param last the last node that reads w in a step
   * @param check the check of {@code decayed}
   */
  void add(Variable variable, String gradient, String decayed, String last, String check) {
    String w = variable.name();
    String copy = declare(w + "/copy", variable);
    String direction = declare(w + "/direction", variable);
    assign(KEEP, w, copy, variable.value());
    assign(AIM, w, direction, gradient);
    norms.add(graph.node("L2Loss", w + "/half-squared-norm").input(gradient).floats().add());
    String kept = read(w + "/copy-read", copy);
    assign(RESTORE, w, w, kept);
    String moved = multiply(w + "/move", DISTANCE, read(w + "/direction-read", direction));
    assign(SHIFT, w, w, add(w + "/shifted", kept, moved));
    String remembered = multiply(w + "/remembered", "momentum", Variable.read(variable.momentum()));
    String step = multiply(w + "/unroll-step", rate, add(w + "/unroll-sum", remembered, decayed));
    targets
        .computeIfAbsent(UNROLL, target -> new ArrayList<>())
        .add(
            graph
                .node("AssignSubVariableOp", w + "/" + UNROLL)
                .input(w, step)
                .after(last)
                .after(check)
                .type("dtype", DataType.DT_FLOAT)
                .add());
  }

  /** Writes what all variables share; to be called when all are added. */
  void finish() {
    targets.forEach(
        (target, nodes) -> {
          GraphWriter.Node all = graph.node("NoOp", target);
          nodes.forEach(all::after);
          all.add();
        });
    graph
        .node("AddN", HALF_SQUARED_NORM)
        .input(norms.toArray(String[]::new))
        .floats()
        .attribute("N", norms.size())
        .add();
  }

  private String declare(String name, Variable variable) {
    return graph
        .node("VarHandleOp", name)
        .type("dtype", DataType.DT_FLOAT)
        .shape("shape", variable.extents())
        .attribute("shared_name", name)
        .add();
  }

  private void assign(String target, String variable, String handle, String value) {
    targets
        .computeIfAbsent(target, name -> new ArrayList<>())
        .add(
            graph
                .node("AssignVariableOp", variable + "/" + target)
                .input(handle, value)
                .type("dtype", DataType.DT_FLOAT)
                .add());
  }

  private String read(String name, String handle) {
    return graph.node("ReadVariableOp", name).input(handle).type("dtype", DataType.DT_FLOAT).add();
  }

  private String multiply(String name, String a, String b) {
    return graph.node("Mul", name).input(a, b).floats().add();
  }

  private String add(String name, String a, String b) {
    return graph.node("AddV2", name).input(a, b).floats().add();
  }
}
