package org.proxyless.benchmarks.jmh;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What a block of calls gave; JMH's own score is its duration. */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class CallMedians {
  /** Median time of a call in this block. */
  public double callNanos;

  /** Median time of a call of the reference in this block. */
  public double referenceNanos;

  /** Calls in this block and those before it. */
  public double callsSoFar;

  /** Median time of these. */
  public double medianSoFarNanos;

  /** 95 % of these are at most as long. */
  public double p95SoFarNanos;
}
