package org.proxyless.search.supernet;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.types.TFloat32;

/** The values of a session's variables and of their momentum: set, read, and started afresh. */
final class VariableStore {
  private final Session session;
  private final List<Variable> variables;

  VariableStore(Session session, List<Variable> variables) {
    this.session = session;
    this.variables = variables;
  }

  /** Gives every variable its first value; the momentum becomes 0. */
  void initialise(RandomGenerator random) {
    // Block by block, so that only a block's weights are held twice.
    int block = -1;
    Map<Variable, float[]> values = new LinkedHashMap<>();
    for (Variable variable : variables) {
      if (variable.block() != block) {
        assign(values);
        values.clear();
        block = variable.block();
      }
      values.put(variable, variable.initial(random));
    }
    assign(values);
  }

  /** Sets variables; their momentum becomes 0. */
  void assign(Map<Variable, float[]> values) {
    Map<String, float[]> states = new HashMap<>();
    values.forEach(
        (variable, value) -> {
          states.put(variable.name(), value);
          states.put(variable.momentum(), new float[value.length]);
        });
    assign(values.keySet(), states);
  }

  /**
   * Sets all variables and their momentum to what {@link #state} told.
   *
   * @throws IllegalArgumentException if these are others
   */
  void restore(Map<String, float[]> state) {
    if (state.size() != 2 * variables.size()) {
      throw new IllegalArgumentException(
          state.size() + " arrays of weights and momentum for " + variables.size() + " variables");
    }
    Map<Integer, List<Variable>> byBlock =
        variables.stream().collect(Collectors.groupingBy(Variable::block));
    byBlock.values().forEach(block -> assign(block, state));
  }

  private void assign(Collection<Variable> assigned, Map<String, float[]> states) {
    List<Tensor> fed = new ArrayList<>();
    try {
      Session.Runner runner = session.runner();
      for (Variable variable : assigned) {
        feed(runner, fed, variable, variable.name(), states.get(variable.name()));
        feed(runner, fed, variable, variable.momentum(), states.get(variable.momentum()));
      }
      if (!fed.isEmpty()) {
        runner.run().close();
      }
    } finally {
      fed.forEach(Tensor::close);
    }
  }

  private static void feed(
      Session.Runner runner, List<Tensor> fed, Variable variable, String state, float[] value) {
    if (value == null || value.length != variable.size()) {
      throw new IllegalArgumentException(
          state
              + " has "
              + (value == null ? "no" : value.length)
              + " numbers, not "
              + variable.size());
    }
    TFloat32 tensor = TFloat32.tensorOf(org.tensorflow.ndarray.Shape.of(variable.extents()));
    fed.add(tensor);
    tensor.asRawTensor().data().asFloats().write(value);
    runner.feed(state + "/value", tensor).addTarget(state + "/assign");
  }

  /** The values of variables or momentum by name. */
  Map<String, float[]> read(List<String> names) {
    Session.Runner runner = session.runner();
    names.forEach(name -> runner.fetch(name + "/read"));
    Map<String, float[]> values = new HashMap<>();
    try (Result result = runner.run()) {
      for (int i = 0; i < names.size(); i++) {
        values.put(names.get(i), Supernet.floats(result.get(i)));
      }
    }
    return values;
  }

  /** All values by name, those of the momentum too. */
  Map<String, float[]> state() {
    List<String> names = new ArrayList<>();
    for (Variable variable : variables) {
      names.add(variable.name());
      names.add(variable.momentum());
    }
    return read(names);
  }
}
