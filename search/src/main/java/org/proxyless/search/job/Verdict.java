package org.proxyless.search.job;

/** What a measurement says about a latency target. */
public enum Verdict {
  /** The latency is at most the target. */
  MET,
  /** The latency is above the target. */
  MISSED,
  /**
   * The machine was slower or quicker than when the table was made, and that decides: the target
   * stays open.
   */
  DRIFTED
}
