package org.proxyless.latency.fit;

/**
 * How far things stray from what would be expected of them; shares, so that 0.01 is 1 %.
 *
 * @param method what an operator costs in a network from what it costs where it is timed
 * @param discrepancy a network from the sum of its terms
 * @param deviation an operator from what is known of its kind and shapes
 */
record Scales(double method, double discrepancy, double deviation) {
  /** Logarithms of what they usually are, and how far they are from that: a weak prior. */
  double logPrior() {
    return logPrior(method, 0.015, 1)
        + logPrior(discrepancy, 0.018, 0.6)
        + logPrior(deviation, 0.08, 1);
  }

  private static double logPrior(double value, double usual, double spread) {
    return -0.5 * Math.pow(Math.log(value / usual) / spread, 2);
  }
}
