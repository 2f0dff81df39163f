package org.proxyless.search.supernet.graph;

import java.util.Arrays;
import java.util.Locale;
import org.proxyless.network.NetworkWeights;
import org.proxyless.network.NetworkWeights.Part;
import org.tensorflow.proto.DataType;

/**
 * One part of a candidate's layer: a variable, or the middle of one that belongs to a larger
 * candidate of the edge.
 *
 * @param own what the variable would be, had the candidate one of its own
 * @param variable where the numbers are kept
 */
public record CandidatePart(Variable own, Variable variable) {
  public int block() {
    return own.block();
  }

  public int candidate() {
    return own.candidate();
  }

  public int layer() {
    return own.layer();
  }

  public Part part() {
    return own.part();
  }

  /** Where its numbers belong in the network that has this candidate. */
  public NetworkWeights.Key key() {
    return new NetworkWeights.Key(block(), layer(), part());
  }

  public String name() {
    return own.name();
  }

  /** Whether the variable is all its own. */
  boolean isWhole() {
    return own.equals(variable);
  }

  /**
   * The tensor that an operator reads.
   *
   * @param reader prefix of the nodes that the operator needs for it
   * @param input of the operator: where that is not there, nothing is cut out either
   */
  String read(TrainingGraph graph, String reader, String input) {
    if (isWhole()) {
      return variable.value();
    }
    return graph
        .writer()
        .node("Slice", reader + "/" + part().name().toLowerCase(Locale.ROOT))
        .input(variable.value(), graph.sizes(first()), graph.sizes(integers(own.extents())))
        .after(input)
        .floats()
        .type("Index", DataType.DT_INT32)
        .add();
  }

  /** The gradient of the variable, given that of this part: 0 around it. */
  String ofVariable(TrainingGraph graph, String gradient) {
    if (isWhole()) {
      return gradient;
    }
    int[] first = first();
    long[] all = variable.extents();
    long[] extents = own.extents();
    int[] around = new int[2 * first.length];
    for (int axis = 0; axis < first.length; axis++) {
      around[2 * axis] = first[axis];
      around[2 * axis + 1] = (int) (all[axis] - extents[axis]) - first[axis];
    }
    return graph
        .writer()
        .node("Pad", name() + "/whole-grad")
        .input(gradient, graph.pairs(around))
        .floats()
        .type("Tpaddings", DataType.DT_INT32)
        .add();
  }

  /** Its numbers, given the variable's. */
  public float[] of(float[] values) {
    if (isWhole()) {
      return values;
    }
    float[] part = new float[own.size()];
    visit((i, inVariable) -> part[i] = values[inVariable]);
    return part;
  }

  /** Sets its numbers among the variable's. */
  public void put(float[] part, float[] values) {
    visit((i, inVariable) -> values[inVariable] = part[i]);
  }

  private interface Visitor {
    void number(int inPart, int inVariable);
  }

  private void visit(Visitor visitor) {
    int[] first = first();
    long[] all = variable.extents();
    long[] extents = own.extents();
    int[] at = new int[first.length];
    for (int i = 0; i < own.size(); i++) {
      int index = 0;
      for (int axis = 0; axis < at.length; axis++) {
        index = index * (int) all[axis] + first[axis] + at[axis];
      }
      visitor.number(i, index);
      for (int axis = at.length - 1; axis >= 0 && ++at[axis] == extents[axis]; axis--) {
        at[axis] = 0;
      }
    }
  }

  /** Filters have the middle of the window, and of the channels the first. */
  private int[] first() {
    long[] all = variable.extents();
    long[] extents = own.extents();
    int[] first = new int[all.length];
    if (part() == Part.FILTER) {
      first[0] = (int) (all[0] - extents[0]) / 2;
      first[1] = (int) (all[1] - extents[1]) / 2;
    }
    return first;
  }

  private static int[] integers(long[] extents) {
    return Arrays.stream(extents).mapToInt(Math::toIntExact).toArray();
  }
}
