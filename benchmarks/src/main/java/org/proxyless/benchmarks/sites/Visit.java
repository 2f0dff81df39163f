package org.proxyless.benchmarks.sites;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.apache.commons.math3.stat.StatUtils;
import org.proxyless.benchmarks.machine.WorkLoad;
import org.proxyless.latency.LatencyTable;

/**
 * One measurement of one thing; each is measured in several visits, minutes apart.
 *
 * @param process number of the measuring process, first 0
 * @param round number of the round: those of the plan first, then those of repeats
 * @param sentinel whether it was made to see whether the machine is as quick as before
 * @param measured what came out
 */
public record Visit(int process, int round, boolean sentinel, Measured measured) {
  /**
   * What a measuring process found.
   *
   * @param key of what was measured
   * @param blocks of calls
   * @param jmh JMH's own results
   * @param otherProcessors how many processors' time other programs took meanwhile
   */
  public record Measured(String key, List<Block> blocks, JsonNode jmh, double otherProcessors) {
    public Measured(String key, List<Block> blocks, JsonNode jmh) {
      this(key, blocks, jmh, 0);
    }
  }

  /**
   * What one block of calls gave.
   *
   * @param nanos the latency of what was measured
   * @param referenceNanos what the reference took at the same time
   */
  public record Block(double nanos, double referenceNanos) {
    /** The latency as a multiple of the reference's: what slows the machine slows both. */
    public double ratio() {
      return nanos / referenceNanos;
    }
  }

  /** Whether other programs disturbed it. */
  public boolean isDisturbed() {
    return WorkLoad.disturbs(measured.otherProcessors());
  }

  /** What was measured. */
  public String key() {
    return measured.key();
  }

  /** Whether it was of a whole network. */
  public boolean isNetwork() {
    return VisitMeasuring.Subject.isNetwork(key());
  }

  /** Whether it was of an operator, not of a network or the call. */
  public boolean isOperator() {
    return !isNetwork() && !key().equals(LatencyTable.CALL);
  }

  /** The usual latency as a multiple of the reference's. */
  public double ratio() {
    return median(measured.blocks().stream().mapToDouble(Block::ratio).toArray());
  }

  public static double median(double[] values) {
    return StatUtils.percentile(values, 50);
  }
}
