package org.proxyless.search.supernet;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.proxyless.search.supernet.graph.Variable;
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

  /** Gives every variable its first value, in their order; the momentum becomes 0. */
  void initialise(Function<Variable, float[]> first) {
    assign(variables, first, VariableStore::zeros);
  }

  /** Sets variables; their momentum becomes 0. */
  void assign(Map<Variable, float[]> values) {
    assign(values.keySet(), values::get, VariableStore::zeros);
  }

  private static float[] zeros(Variable variable) {
    return new float[variable.size()];
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
    assign(
        variables,
        variable -> state.get(variable.name()),
        variable -> state.get(variable.momentum()));
  }

  /**
   * Sets variables in one run, since TensorFlow keeps what it prepares for each set of them. Arrays
   * are asked for one by one, and the variables take over the tensors that they are fed: nothing is
   * held twice.
   */
  private void assign(
      Collection<Variable> assigned,
      Function<Variable, float[]> values,
      Function<Variable, float[]> momenta) {
    List<Tensor> fed = new ArrayList<>();
    try {
      Session.Runner runner = session.runner();
      for (Variable variable : assigned) {
        feed(runner, fed, variable, variable.name(), values.apply(variable));
        feed(runner, fed, variable, variable.momentum(), momenta.apply(variable));
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
    runner.feed(Variable.read(state), tensor).addTarget(Variable.assign(state));
  }

  /**
   * The values of some variables by name. All are fetched, which copies nothing: TensorFlow keeps
   * what it prepares for each set that it is asked for, and there are many paths.
   */
  Map<String, float[]> read(Collection<Variable> wanted) {
    Set<String> names = wanted.stream().map(Variable::name).collect(Collectors.toSet());
    return read(variables.stream().map(Variable::name).toList(), names);
  }

  /** All values by name, those of the momentum too. */
  Map<String, float[]> state() {
    List<String> names = new ArrayList<>();
    for (Variable variable : variables) {
      names.add(variable.name());
      names.add(variable.momentum());
    }
    return read(names, Set.copyOf(names));
  }

  private Map<String, float[]> read(List<String> fetched, Set<String> wanted) {
    Session.Runner runner = session.runner();
    fetched.forEach(name -> runner.fetch(Variable.read(name)));
    Map<String, float[]> values = new HashMap<>();
    try (Result result = runner.run()) {
      for (int i = 0; i < fetched.size(); i++) {
        if (wanted.contains(fetched.get(i))) {
          values.put(fetched.get(i), Supernet.floats(result.get(i)));
        }
      }
    }
    return values;
  }
}
