package org.proxyless.devices.lite.file;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.lite.schema.OperatorT;
import org.tensorflow.lite.schema.TensorT;
import org.tensorflow.lite.schema.TensorType;

/**
 * When the tensors of a file that are computed are needed. What the interpreter takes is never
 * overwritten, nor what it gives; what is computed of constants alone, as float16 weights are, is
 * computed once and kept.
 */
final class TensorUses {
  private static final int UNUSED = -1;

  private final List<TensorT> tensors;
  private final List<OperatorT> operators;
  private final int[] first;
  private final int[] last;
  private final boolean[] constant;

  /**
   * @param operators in the order in which they run
   */
  TensorUses(List<TensorT> tensors, List<OperatorT> operators) {
    this.tensors = tensors;
    this.operators = operators;
    first = new int[tensors.size()];
    last = new int[tensors.size()];
    constant = new boolean[tensors.size()];
    Arrays.fill(first, UNUSED);
    for (int t = 0; t < constant.length; t++) {
      constant[t] = tensors.get(t).getBuffer() != 0;
    }
    for (int o = 0; o < operators.size(); o++) {
      for (int input : operators.get(o).getInputs()) {
        use(input, o);
      }
      for (int output : operators.get(o).getOutputs()) {
        use(output, o);
        constant[output] |= Arrays.stream(operators.get(o).getInputs()).allMatch(i -> constant[i]);
      }
    }
  }

  private void use(int tensor, int operator) {
    first[tensor] = first[tensor] == UNUSED ? operator : first[tensor];
    last[tensor] = operator;
  }

  /** Of the operators alone: what they take can be overwritten once it is not needed any more. */
  List<ArenaPlan.Use> betweenOperators() {
    List<ArenaPlan.Use> uses = new ArrayList<>();
    for (int t = 0; t < first.length; t++) {
      if (first[t] != UNUSED && !constant[t]) {
        uses.add(new ArenaPlan.Use(bytes(tensors.get(t)), first[t], last[t]));
      }
    }
    return uses;
  }

  /**
   * In the interpreter.
   *
   * @param inputs tensors that it takes
   * @param outputs tensors that it gives
   */
  List<ArenaPlan.Use> inInterpreter(int[] inputs, int... outputs) {
    List<ArenaPlan.Use> uses = new ArrayList<>();
    for (int t = 0; t < first.length; t++) {
      int tensor = t;
      boolean given = Arrays.stream(inputs).anyMatch(input -> input == tensor);
      boolean wanted = Arrays.stream(outputs).anyMatch(output -> output == tensor);
      if (!constant[t] && (given || wanted || first[t] != UNUSED)) {
        uses.add(
            new ArenaPlan.Use(
                bytes(tensors.get(t)),
                given ? 0 : first[t],
                given || wanted ? ArenaPlan.NEVER_FREED : last[t]));
      }
    }
    return uses;
  }

  /** What is computed once and kept, besides the arena of the others. */
  long keptBytes() {
    return operators.stream()
        .flatMapToInt(operator -> Arrays.stream(operator.getOutputs()))
        .filter(output -> constant[output])
        .mapToLong(output -> bytes(tensors.get(output)))
        .sum();
  }

  private static long bytes(TensorT tensor) {
    long bytes =
        switch (tensor.getType()) {
          case TensorType.FLOAT32, TensorType.INT32 -> Float.BYTES;
          case TensorType.FLOAT16 -> Short.BYTES;
          case TensorType.INT8, TensorType.UINT8 -> 1;
          default ->
              throw new IllegalStateException(
                  tensor.getName() + " has type " + TensorType.name(tensor.getType()));
        };
    for (int extent : tensor.getShape()) {
      bytes *= extent;
    }
    return bytes;
  }
}
