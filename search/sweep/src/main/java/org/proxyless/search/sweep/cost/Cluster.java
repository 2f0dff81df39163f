package org.proxyless.search.sweep.cost;

/**
 * What does it.
 *
 * @param workers cells that run at a time, at least 1
 * @param failuresPerHour of a worker that is busy
 * @param repairHours that a worker is away after one
 * @param checkpointHours from one checkpoint of a cell to the next
 * @param startHours until a cell works, anew or again
 */
public record Cluster(
    int workers,
    double failuresPerHour,
    double repairHours,
    double checkpointHours,
    double startHours) {
  private static final double SECONDS = 3600;

  public Cluster {
    if (workers < 1 || failuresPerHour < 0 || !(checkpointHours > 0)) {
      throw new IllegalArgumentException(
          workers + " workers, " + failuresPerHour + " failures, checkpoints " + checkpointHours);
    }
  }

  /**
   * Assumptions where nothing is known: a worker fails once in 500 hours and is away for half an
   * hour, a start takes 20 seconds.
   *
   * @param checkpointSeconds from one checkpoint of a cell to the next
   */
  public static Cluster assumed(int workers, int checkpointSeconds) {
    return new Cluster(workers, 1 / 500.0, 0.5, checkpointSeconds / SECONDS, 20 / SECONDS);
  }
}
