package org.proxyless.search.job.result;

/** What a measurement says about a latency target. */
public enum Verdict {
  /** The latency is at most the target. */
  MET,
  /** The latency is above the target, and would be at the table's speed, beyond doubt. */
  MISSED,
  /**
   * The machine was slower, or more than a little quicker, than when the table was made, or the
   * measurement is too uncertain, and that decides: the target stays open.
   */
  DRIFTED
}
