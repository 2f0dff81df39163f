package org.proxyless.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.proxyless.devices.DeviceProfile;
import org.proxyless.devices.tensorflow.TensorFlowRuntime;
import org.proxyless.latency.Operator;

/**
 * Operators that run in turn when called, loaded into TensorFlow. Those among which a table's
 * operators are measured, alone, are the <b>reference</b>: what else a shared machine does slows
 * everything on it by a fifth for seconds or minutes, and slows the reference as well, so a latency
 * is known best as a multiple of what the reference takes at the same time.
 */
record Turns(TensorFlowRuntime runtime, List<String> outputs) implements AutoCloseable {
  /** What separates operators in a parameter of a benchmark. */
  static final String SEPARATOR = ";";

  static Turns load(List<Operator> operators, DeviceProfile profile, RandomGenerator random) {
    ContextGraph graph = ContextGraph.of(operators, profile.batch(), random);
    return new Turns(TensorFlowRuntime.load(graph.definition(), profile), graph.outputs());
  }

  /** The operators that a parameter names. */
  static List<Operator> operators(String parameter) {
    return Arrays.stream(parameter.split(SEPARATOR)).map(Operator::ofKey).toList();
  }

  void run() {
    runtime.runTo(outputs);
  }

  @Override
  public void close() {
    runtime.close();
  }
}
