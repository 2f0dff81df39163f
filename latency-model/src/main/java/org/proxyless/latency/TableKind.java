package org.proxyless.latency;

/** What the entries of a {@link LatencyTable} are. */
public enum TableKind {
  /** Latencies of operators: each is positive, Zero costs 0 and needs no entry. */
  LOOKUP_TABLE("lookup-table"),

  /**
   * The terms of a linear model (as of TuNAS: Bender et al., CVPR 2020): a bias and what each
   * operator at each place adds to it, which may be negative. Only a network's total is a latency.
   */
  LINEAR_MODEL("linear-model");

  private final String text;

  TableKind(String text) {
    this.text = text;
  }

  /** The name in files and messages. */
  @Override
  public String toString() {
    return text;
  }
}
