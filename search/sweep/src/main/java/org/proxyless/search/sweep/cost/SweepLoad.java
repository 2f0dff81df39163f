package org.proxyless.search.sweep.cost;

/**
 * What there is to do.
 *
 * @param cells number, at least 1
 * @param cellHours mean of the hours that one takes undisturbed
 * @param longestCellHours of the longest
 * @param checkpointBytes that a cell writes at each checkpoint: weights, and as much again of
 *     momentum
 * @param resultBytes that it leaves when it ends
 */
public record SweepLoad(
    int cells,
    double cellHours,
    double longestCellHours,
    double checkpointBytes,
    double resultBytes) {
  public SweepLoad {
    if (cells < 1 || !(cellHours > 0) || longestCellHours < cellHours) {
      throw new IllegalArgumentException(
          cells + " cells of " + cellHours + " hours, the longest of " + longestCellHours);
    }
  }
}
