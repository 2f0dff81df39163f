package org.proxyless.benchmarks.jmh;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.proxyless.devices.DeviceProfile;
import org.proxyless.devices.DeviceRuntimes;
import org.proxyless.devices.LoadedCall;
import org.proxyless.network.Operator;

/**
 * Operators that run in turn when called, loaded into the device's runtime. Those among which a
 * table's operators are measured, alone, are the <b>reference</b>: what else a shared machine does
 * slows everything on it by a fifth for seconds or minutes, and slows the reference as well, so a
 * latency is known best as a multiple of what the reference takes at the same time.
 */
public record Turns(LoadedCall operators) implements AutoCloseable {
  /** What separates operators in a parameter of a benchmark. */
  public static final String SEPARATOR = ";";

  static Turns load(List<Operator> operators, DeviceProfile profile, RandomGenerator random) {
    return new Turns(DeviceRuntimes.of(profile).operators(operators, profile, random));
  }

  /** The operators that a parameter names. */
  static List<Operator> operators(String parameter) {
    return Arrays.stream(parameter.split(SEPARATOR)).map(Operator::ofKey).toList();
  }

  void run() {
    operators.run();
  }

  @Override
  public void close() {
    operators.close();
  }
}
