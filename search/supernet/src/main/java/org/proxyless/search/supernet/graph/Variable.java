package org.proxyless.search.supernet.graph;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.proxyless.devices.tensorflow.GraphWriter;
import org.proxyless.network.Layer;
import org.proxyless.network.NetworkWeights;
import org.proxyless.network.NetworkWeights.Part;
import org.proxyless.network.Shape;
import org.tensorflow.proto.DataType;

/**
 * Trained numbers of the supernet and their momentum: resource variables, so that whoever reads one
 * keeps the values it read when the variable is updated.
 *
 * @param block index of the block
 * @param candidate index among the block's candidates
 * @param layer index among the candidate's layers
 * @param part which numbers of the layer
 * @param description the layer itself
 * @param input the shape that the layer is given
 * @param beforeShortcut whether what the layer gives is added to a shortcut
 */
public record Variable(
    int block,
    int candidate,
    int layer,
    Part part,
    Layer description,
    Shape input,
    boolean beforeShortcut) {
  private static final float MOMENTUM = 0.9f;

  public String name() {
    return "b" + block + "/c" + candidate + "/l" + layer + "/" + part.name().toLowerCase();
  }

  public long[] extents() {
    return NetworkWeights.extents(description, part, input);
  }

  /** How many numbers it has. */
  public int size() {
    return (int) Arrays.stream(extents()).reduce(1, Math::multiplyExact);
  }

  /**
   * Fresh numbers. The last scale of an operator beside a shortcut starts at 0, so that its block
   * starts as the identity (Goyal et al., 2017, section 5.1): paths that have hardly been trained
   * then disturb each other little, and a warm-up of few steps gets much further.
   */
  public float[] initial(RandomGenerator random) {
    float[] values = NetworkWeights.initial(description, part, input, random);
    if (part == Part.SCALE && beforeShortcut) {
      Arrays.fill(values, 0);
    }
    return values;
  }

  /**
   * Writes the variable, its momentum, and what reads and assigns both. To be assigned is what is
   * fed in place of the value that was read: placeholders would be a tenth of the graph.
   */
  void declare(GraphWriter graph) {
    for (String state : new String[] {name(), momentum()}) {
      String handle =
          graph
              .node("VarHandleOp", state)
              .type("dtype", DataType.DT_FLOAT)
              .shape("shape", extents())
              .attribute("shared_name", state)
              .add();
      String value =
          graph
              .node("ReadVariableOp", read(state))
              .input(handle)
              .type("dtype", DataType.DT_FLOAT)
              .add();
      graph
          .node("AssignVariableOp", assign(state))
          .input(handle, value)
          .type("dtype", DataType.DT_FLOAT)
          .add();
    }
  }

  /**
   * The value, read once a step by all that use it, whether its candidate works or not: reading
   * copies nothing.
   */
  String value() {
    return read(name());
  }

  /** The node that reads a variable or a momentum, and in whose place one feeds what to assign. */
  public static String read(String state) {
    return state + "/read";
  }

  /** The node that assigns a variable or a momentum. */
  public static String assign(String state) {
    return state + "/assign";
  }

  /** The state that stochastic gradient descent keeps for this variable. */
  public String momentum() {
    return name() + "/momentum";
  }

  /**
   * Writes the gradient with weight decay, g + decay·w, computed once g is there: else the decay of
   * all candidates would be computed when a step begins.
   *
   * @param by the name of what updates the variable
   */
  String decayed(GraphWriter graph, String by, String gradient) {
    String decay =
        graph
            .node("Mul", by + "/decay")
            .input(value(), "weight-decay")
            .after(gradient)
            .floats()
            .add();
    return graph.node("AddV2", by + "/decayed").input(gradient, decay).floats().add();
  }

  /**
   * Writes one step of stochastic gradient descent with Nesterov momentum and weight decay: v ← 0.9
   * v + g + decay·w; w ← w − rate (g + decay·w + 0.9 v). It waits for {@code last}, the last node
   * that reads the weight, so that the update needs no copy. Returns the name of the update.
   *
   * @param by the name of what updates the variable
   * @param decayed g + decay·w
   * @param check the check of it
   */
  String descend(
      GraphWriter graph, String by, String decayed, String rate, String last, String check) {
    return graph
        .node("ResourceApplyMomentum", update(by))
        .input(name(), momentum(), rate, decayed, "momentum")
        .after(last)
        .after(check)
        .floats()
        .attribute("use_nesterov", true)
        .add();
  }

  /** The node of {@link #descend}. */
  public static String update(String by) {
    return by + "/descend";
  }

  /** Writes the constants that {@link #decayed} and {@link #descend} refer to. */
  static void declareConstants(GraphWriter graph, float weightDecay) {
    graph.scalar("weight-decay", weightDecay);
    graph.scalar("momentum", MOMENTUM);
  }
}
