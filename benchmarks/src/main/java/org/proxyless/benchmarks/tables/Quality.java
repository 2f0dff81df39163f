package org.proxyless.benchmarks.tables;

/**
 * How much time a measurement of operators may take. More time means narrower intervals, and a
 * better chance that a disturbance of the machine, seconds long, doesn't decide an entry; more
 * processes mean that what differs from one to the next, such as where memory lies, averages out.
 */
public enum Quality {
  /** Less than a second an operator, in one process. */
  QUICK(1, 1, 12, 12, 0, 12),
  /** Two processes, each with passes of its own. */
  STANDARD(2, 2, 12, 16, 1, 32);

  private final int forks;
  private final int passes;
  private final int blocks;
  private final int blockMillis;
  private final int repeats;
  private final int networks;

  Quality(int forks, int passes, int blocks, int blockMillis, int repeats, int networks) {
    this.forks = forks;
    this.passes = passes;
    this.blocks = blocks;
    this.blockMillis = blockMillis;
    this.repeats = repeats;
    this.networks = networks;
  }

  /** How many measuring processes there are, each with an order of its own. */
  public int forks() {
    return forks;
  }

  /** How often, minutes apart, each operator is measured in each process. */
  public int passes() {
    return passes;
  }

  /** Blocks of calls in a pass; each gives one latency, and the median of all counts. */
  public int blocks() {
    return blocks;
  }

  /** Least duration of a block. */
  public int blockMillis() {
    return blockMillis;
  }

  /** How many more rounds there may be for entries that are not settled. */
  public int repeats() {
    return repeats;
  }

  /** Whole networks that are measured too, and fitted with the operators. */
  public int networks() {
    return networks;
  }
}
