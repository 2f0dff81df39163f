package org.proxyless.latency.fit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.proxyless.latency.LatencyEntry;
import org.proxyless.latency.LatencyTable;
import org.proxyless.latency.NetworkTiming;
import org.proxyless.network.Network;
import org.proxyless.network.Operator;
import org.proxyless.network.Shape;
import org.proxyless.network.operators.Classifier;
import org.proxyless.network.operators.Conv;
import org.proxyless.network.operators.MBConv;

/**
 * A device whose true latencies are known: by arithmetic and bytes, each operator with a deviation
 * of its own, and a runtime without a kernel for 7×7 windows, which cost thirty times as much. All
 * operators look cheaper alone than they are in a network.
 */
final class SimulatedDevice {
  static final double CLIFF = 30;
  private static final double CALL = 0.02;
  private static final double COMMON = 0.85;
  private static final double DEVIATION = 0.08;

  final List<List<Operator>> blocks = new ArrayList<>();
  private final Map<String, Double> truth = new TreeMap<>();
  private final Random random;
  private final double discrepancy;
  private final double noise;
  private final boolean cliff;

  /**
   * @param discrepancy of a network from its sum, as a share
   * @param noise of one measurement, as a share
   */
  public SimulatedDevice(long seed, double discrepancy, double noise, boolean cliff) {
    this.random = new Random(seed);
    this.discrepancy = discrepancy;
    this.noise = noise;
    this.cliff = cliff;
    Shape shape = new Shape(28, 28, 1);
    shape = add(List.of(new Operator(new Conv(3), shape, 32, 1, false)));
    int[][] stages = {{32, 1}, {48, 2}, {48, 1}, {80, 2}, {80, 1}, {128, 2}, {128, 1}};
    for (int[] stage : stages) {
      List<Operator> candidates = new ArrayList<>();
      for (int kernel : new int[] {3, 5, 7}) {
        for (int expansion : new int[] {3, 6}) {
          boolean shortcut = stage[1] == 1 && stage[0] == shape.channels();
          candidates.add(
              new Operator(new MBConv(kernel, expansion), shape, stage[0], stage[1], shortcut));
        }
      }
      shape = add(candidates);
    }
    add(List.of(new Operator(new Classifier(), shape, 10, 1, false)));
  }

  private Shape add(List<Operator> candidates) {
    blocks.add(candidates);
    candidates.forEach(operator -> truth.computeIfAbsent(operator.key(), key -> draw(operator)));
    return candidates.get(0).output();
  }

  private double draw(Operator operator) {
    double bytes = 4.0 * (operator.parameters() + operator.input().elements());
    double millis = operator.macs() / 2e7 + bytes / 2e7 + 0.003;
    boolean slow = cliff && operator.type() instanceof MBConv mb && mb.kernel() == 7;
    return millis * (slow ? CLIFF : 1) * Math.exp(DEVIATION * random.nextGaussian());
  }

  double truth(String key) {
    return Objects.requireNonNull(truth.get(key), key);
  }

  Network draw() {
    return new Network(
        "drawn", blocks.stream().map(block -> block.get(random.nextInt(block.size()))).toList());
  }

  /** What a network takes, its own discrepancy included. */
  double millis(Network network) {
    double sum = CALL;
    for (Operator operator : network.operators()) {
      sum += truth(operator.key());
    }
    return sum * Math.exp(discrepancy * random.nextGaussian());
  }

  private double seen(double millis) {
    return millis * Math.exp(noise * random.nextGaussian());
  }

  /** A table of everything, with so many networks. */
  LatencyTable.Builder measured(int networks) {
    LatencyTable.Builder table = LatencyTable.builder("simulated", "test");
    truth.forEach((key, millis) -> table.put(key, entry(seen(COMMON * millis))));
    table.call(entry(seen(CALL)));
    for (int i = 0; i < networks; i++) {
      Network network = draw();
      double millis = seen(millis(network));
      table.timing(NetworkTiming.of(network, millis, noise * millis));
    }
    return table;
  }

  /** An entry that says how noisy it is. */
  LatencyEntry entry(double millis) {
    return LatencyEntry.ofMillis(millis).withStandardError(noise * millis);
  }

  /** What an operator looks like alone. */
  double alone(String key) {
    return COMMON * truth(key);
  }
}
