package org.proxyless.benchmarks;

/**
 * How much time a measurement of operators may take. More time means narrower intervals, and a
 * better chance that a disturbance of the machine, seconds long, doesn't decide an entry.
 */
public enum Quality {
  /** About half a second an operator: 40 s for the 60 operators of a small space. */
  QUICK(2, 12, 13),
  /** About three seconds an operator. */
  STANDARD(6, 20, 20);

  private final int passes;
  private final int blocks;
  private final int blockMillis;

  Quality(int passes, int blocks, int blockMillis) {
    this.passes = passes;
    this.blocks = blocks;
    this.blockMillis = blockMillis;
  }

  /** How often, minutes apart, each operator is measured. */
  public int passes() {
    return passes;
  }

  /** Blocks of calls in a pass; each gives one latency, and the quieter half of all counts. */
  public int blocks() {
    return blocks;
  }

  /** Least duration of a block. */
  public int blockMillis() {
    return blockMillis;
  }
}
