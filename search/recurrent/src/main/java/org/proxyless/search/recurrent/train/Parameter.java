package org.proxyless.search.recurrent.train;

import java.util.Arrays;
import org.proxyless.devices.tensorflow.GraphWriter;
import org.tensorflow.proto.DataType;

/**
 * A trained tensor, or several of one shape of which a step uses one: a resource variable.
 *
 * @param name unique
 * @param copies how many; 1 where there is no choice
 * @param extents of one
 */
record Parameter(String name, int copies, long... extents) {
  private static final String AVERAGE = "/average";

  /** All extents of the variable. */
  long[] variableExtents() {
    if (copies == 1) {
      return extents.clone();
    }
    long[] all = new long[extents.length + 1];
    all[0] = copies;
    System.arraycopy(extents, 0, all, 1, extents.length);
    return all;
  }

  /** How many numbers all are. */
  int size() {
    return Math.toIntExact(Arrays.stream(variableExtents()).reduce(1, Math::multiplyExact));
  }

  /** The variable that averages this one. */
  String average() {
    return name + AVERAGE;
  }

  /** The node that reads a variable, and in whose place one feeds what to assign. */
  static String read(String variable) {
    return variable + "/read";
  }

  /** The node that assigns a variable. */
  static String assign(String variable) {
    return variable + "/assign";
  }

  /** Writes a variable of this shape, and what reads and assigns it. */
  void declare(GraphWriter graph, String variable) {
    String handle =
        graph
            .node("VarHandleOp", variable)
            .type("dtype", DataType.DT_FLOAT)
            .shape("shape", variableExtents())
            .attribute("shared_name", variable)
            .add();
    String value =
        graph
            .node("ReadVariableOp", read(variable))
            .input(handle)
            .type("dtype", DataType.DT_FLOAT)
            .add();
    graph
        .node("AssignVariableOp", assign(variable))
        .input(handle, value)
        .type("dtype", DataType.DT_FLOAT)
        .add();
  }
}
