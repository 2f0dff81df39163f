package org.proxyless.search.sweep.cost;

/**
 * What a sweep costs, in means.
 *
 * <p>A cell that needs t hours of progress and a start of s is disturbed λ times an hour, and each
 * time loses half a checkpoint interval c and another start: it holds a worker for w = (t + s) / (1
 * - λ (c/2 + s)) hours. A worker is there for 1 / (1 + λ r) of the time, where r is its repair. No
 * order of n cells on m such workers can end before n w (1 + λ r) / m, nor before the longest cell;
 * an order that never leaves a worker idle while a cell waits, as a sweep's does, ends at most one
 * longest cell later (Graham, 1969); with a worker for each cell it ends with the longest.
 *
 * @param workerHours that are paid for, n w
 * @param leastHours until the last cell ends, at least
 * @param mostHours and at most, but for bad luck
 * @param failures of workers on the way
 * @param bytes that go to and from the shared folder: a checkpoint for every c hours of progress,
 *     one read for each failure, the results
 */
public record SweepCost(
    double workerHours, double leastHours, double mostHours, double failures, double bytes) {

  /**
   * Of a load on a cluster.
   *
   * @throws IllegalArgumentException if workers fail so often that cells never end
   */
  public static SweepCost of(SweepLoad load, Cluster cluster) {
    double workerHours = load.cells() * held(load.cellHours(), cluster);
    double longest = held(load.longestCellHours(), cluster);
    double failures = cluster.failuresPerHour() * workerHours;
    double there = 1 + cluster.failuresPerHour() * cluster.repairHours();
    double even = workerHours * there / cluster.workers();
    double checkpoints = load.cells() * load.cellHours() / cluster.checkpointHours();
    return new SweepCost(
        workerHours,
        Math.max(even, longest),
        load.cells() <= cluster.workers()
            ? longest
            : even + longest * (1 - 1.0 / cluster.workers()),
        failures,
        (checkpoints + failures) * load.checkpointBytes() + load.cells() * load.resultBytes());
  }

  /** Hours for which a cell holds a worker. */
  private static double held(double hours, Cluster cluster) {
    double lost =
        cluster.failuresPerHour() * (cluster.checkpointHours() / 2 + cluster.startHours());
    if (lost >= 1) {
      throw new IllegalArgumentException("workers lose more than they do: " + cluster);
    }
    return (hours + cluster.startHours()) / (1 - lost);
  }

  /** What the shared folder has to bear, if the sweep takes its least time. */
  public double bytesPerSecond() {
    return bytes / (3600 * leastHours);
  }
}
