package org.proxyless.benchmarks.tables;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.proxyless.base.InvalidInputException;
import org.proxyless.benchmarks.jmh.Turns;
import org.proxyless.latency.LatencyTable;
import org.proxyless.network.Operator;

/** The operators of a space among which each of them is measured. */
final class Neighbours {
  /** More neighbours are closer to a real network and take longer. */
  private static final int COUNT = 4;

  private Neighbours() {}

  /** Keys of some of the operators, evenly over the network's depth. */
  static List<String> of(List<Operator> operators) {
    return chosen(operators).stream().map(Operator::key).toList();
  }

  /** Those among which the entries of a table were measured. */
  static List<String> of(LatencyTable table) {
    return Arrays.stream(setting(table, Profiler.NEIGHBOURS).split(Turns.SEPARATOR))
        .map(String::strip)
        .toList();
  }

  /** Key of the operator that tells how quick the machine is: the one of them with most to do. */
  static String sentinel(List<Operator> operators) {
    return chosen(operators).stream()
        .max(Comparator.comparingLong(Operator::macs))
        .orElseThrow()
        .key();
  }

  /** The sentinel of a table. */
  static String sentinel(LatencyTable table) {
    return setting(table, Profiler.SENTINEL);
  }

  /** What a table says of how it was measured. */
  static String setting(LatencyTable table, String name) {
    String value = table.settings().get(name);
    if (value == null) {
      throw new InvalidInputException(
          "the latency table of device '"
              + table.device()
              + "' does not say how it was measured (it has no setting '"
              + name
              + "'), so it cannot be compared with this machine. Measure one with 'profile'.");
    }
    return value;
  }

  private static List<Operator> chosen(List<Operator> operators) {
    int count = Math.min(COUNT, operators.size());
    List<Operator> chosen = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      chosen.add(operators.get((2 * i + 1) * operators.size() / (2 * count)));
    }
    return chosen;
  }
}
