package org.proxyless.search.job.prepare;

/**
 * Divides seconds among the phases that train, by what each is worth. A phase that cannot use its
 * part leaves the rest to the others.
 *
 * @param warmUp seconds
 * @param search seconds
 * @param fineTune seconds
 */
record TimeDivision(double warmUp, double search, double fineTune) {
  /**
   * What the phases are worth to each other. Fine-tuning is where most of the accuracy comes from
   * once the shared weights order networks rightly.
   */
  static final TimeDivision WORTH = new TimeDivision(0.18, 0.34, 0.48);

  /**
   * Divides.
   *
   * @param seconds to divide
   * @param most that each phase can use
   */
  static TimeDivision of(double seconds, TimeDivision most) {
    double[] limits = {most.warmUp, most.search, most.fineTune};
    double[] worth = {WORTH.warmUp, WORTH.search, WORTH.fineTune};
    double[] given = new double[limits.length];
    double left = seconds;
    for (int round = 0; round < limits.length && left > 0; round++) {
      double open = 0;
      for (int i = 0; i < limits.length; i++) {
        open += given[i] < limits[i] ? worth[i] : 0;
      }
      double shared = left;
      for (int i = 0; i < limits.length && open > 0; i++) {
        if (given[i] < limits[i]) {
          double more = Math.min(limits[i] - given[i], shared * worth[i] / open);
          given[i] = Math.min(limits[i], given[i] + more);
          left -= more;
        }
      }
    }
    return new TimeDivision(given[0], given[1], given[2]);
  }

  /** Of all phases. */
  double total() {
    return warmUp + search + fineTune;
  }
}
