package org.proxyless.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.List;
import org.apache.commons.math3.stat.StatUtils;

/**
 * One measurement of one thing; each is measured in several visits, minutes apart.
 *
 * @param process number of the measuring process, first 0
 * @param round number of the round: those of the plan first, then those of repeats
 * @param sentinel whether it was made to see whether the machine is as quick as before
 * @param measured what came out
 */
record Visit(int process, int round, boolean sentinel, Measured measured) {
  /**
   * What a measuring process found.
   *
   * @param key of what was measured
   * @param blocks of calls
   * @param jmh JMH's own results
   */
  record Measured(String key, List<Block> blocks, JsonNode jmh) {}

  /**
   * What one block of calls gave.
   *
   * @param callNanos how long its calls took
   * @param resultNanos the latency that follows from them
   */
  record Block(double callNanos, double resultNanos) {}

  /** What was measured. */
  String key() {
    return measured.key();
  }

  /** The usual time of the calls, of an operator with its neighbours around it. */
  double callNanos() {
    return median(measured.blocks().stream().mapToDouble(Block::callNanos).toArray());
  }

  /** The usual latency. */
  double resultNanos() {
    return median(measured.blocks().stream().mapToDouble(Block::resultNanos).toArray());
  }

  /**
   * The latencies from the half of the blocks in which the calls were quickest, with and without
   * the operator together: what else runs on the machine only ever lengthens them, and choosing by
   * their sum favours neither side of the difference.
   */
  static List<Double> quieterHalf(List<Block> blocks) {
    return blocks.stream()
        .sorted(Comparator.comparingDouble(Block::callNanos))
        .limit((blocks.size() + 1) / 2)
        .map(Block::resultNanos)
        .toList();
  }

  static double median(double[] values) {
    return StatUtils.percentile(values, 50);
  }
}
