package org.proxyless.latency.choice;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.proxyless.base.InvalidInputException;
import org.proxyless.latency.SpaceLatency;

/**
 * Draws networks uniformly among those of a space whose latency lies within a band.
 *
 * <p>A recursion over the edges counts the networks by their latency on a grid; a draw walks back
 * through these counts. Latencies are rounded down, so that the grid's networks include every one
 * of the band and few besides; a draw that lies outside by its exact latency is made again. So each
 * draw is within the band and each network of the band is equally likely.
 */
public final class PathSampler {
  private static final int GRID_CELLS = 1 << 14;
  private static final int MOST_ATTEMPTS = 100_000;

  private final SpaceLatency space;
  private final double lowMillis;
  private final double highMillis;

  /** Whether a network is to stay below the band's end for its own uncertainty. */
  private final boolean cautious;

  /** Cells of [edge][candidate], counted from the edge's cheapest candidate. */
  private final int[][] cells;

  /**
   * How many choices in the edges from this one on have cells that sum to this: [edge][cells].
   * Exact up to 2⁵³, then to 16 digits, up to 10³⁰⁸.
   */
  private final double[][] counts;

  /** Running sum of counts[0] over the cells of the band, from {@link #firstCell} on. */
  private final double[] cumulative;

  private final int firstCell;

  private PathSampler(SpaceLatency space, double lowMillis, double highMillis, boolean cautious) {
    this.cautious = cautious;
    this.space = space;
    this.lowMillis = lowMillis;
    this.highMillis = highMillis;
    double cheapest = space.minMillis();
    double dearest = Math.min(highMillis, space.maxMillis());
    // At least some rounding errors wide, for targets that equal the cheapest network's latency.
    double budget = Math.max(dearest - cheapest, space.edges() * Math.ulp(dearest));
    this.cells = cells(space.groups().sums(space.operatorMillis()), GRID_CELLS / budget);
    this.counts = counts(cells);
    // What a network takes beyond its sum may bring it into the band.
    double lowSum = lowMillis - space.greatestRestMillis();
    double lowCell = (lowSum - cheapest) / budget * GRID_CELLS - space.edges() - 1;
    this.firstCell = (int) Math.max(0, Math.floor(lowCell));
    this.cumulative = Arrays.copyOfRange(counts[0], firstCell, counts[0].length);
    Arrays.parallelPrefix(cumulative, Double::sum);
  }

  /**
   * Draws among the networks that cost at most this much, by {@link SpaceLatency#cautiousMillis}.
   *
   * @throws InvalidInputException if there is none
   */
  public static PathSampler upTo(SpaceLatency space, double highMillis) {
    space.requireWithinReach(highMillis);
    return new PathSampler(space, space.minMillis(), highMillis, true);
  }

  /**
   * Draws among the networks that cost no less than one figure and no more than another.
   *
   * @throws InvalidInputException if the space ends below the band or begins above it
   */
  public static PathSampler within(SpaceLatency space, double lowMillis, double highMillis) {
    space.requireWithinReach(highMillis);
    if (!(lowMillis <= Math.min(highMillis, space.maxMillis()))) {
      throw nothing(space, lowMillis, highMillis);
    }
    return new PathSampler(space, lowMillis, highMillis, false);
  }

  private static int[][] cells(double[][] operatorMillis, double cellsPerMilli) {
    int[][] cells = new int[operatorMillis.length][];
    for (int edge = 0; edge < cells.length; edge++) {
      double cheapest = Arrays.stream(operatorMillis[edge]).min().orElseThrow();
      cells[edge] =
          Arrays.stream(operatorMillis[edge])
              .mapToInt(
                  millis -> (int) Math.min((millis - cheapest) * cellsPerMilli, GRID_CELLS + 2))
              .toArray();
    }
    return cells;
  }

  private static double[][] counts(int[][] cells) {
    // One cell more than the budget has, for the rounding of sums.
    double[][] counts = new double[cells.length + 1][GRID_CELLS + 2];
    counts[cells.length][0] = 1;
    for (int edge = cells.length - 1; edge >= 0; edge--) {
      for (int step : cells[edge]) {
        for (int sum = step; sum < counts[edge].length; sum++) {
          counts[edge][sum] += counts[edge + 1][sum - step];
        }
      }
    }
    return counts;
  }

  /**
   * Draws a network: the candidate of each edge.
   *
   * @throws InvalidInputException if the band is so narrow that it seems to hold no network
   */
  public int[] draw(RandomGenerator random) {
    return find(random).orElseThrow(() -> nothing(space, lowMillis, highMillis));
  }

  /** Draws a network, or nothing if the band is so narrow that it seems to hold none. */
  public Optional<int[]> find(RandomGenerator random) {
    if (cumulative[cumulative.length - 1] > 0) {
      for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
        int[] choice = space.groups().decisions(drawOnGrid(random));
        double millis = cautious ? space.cautiousMillis(choice) : space.latencyMillis(choice);
        if (millis >= lowMillis && millis <= highMillis) {
          return Optional.of(choice);
        }
      }
    }
    return Optional.empty();
  }

  private int[] drawOnGrid(RandomGenerator random) {
    int rest = firstCell + indexAbove(random.nextDouble() * cumulative[cumulative.length - 1]);
    int[] choice = new int[cells.length];
    for (int edge = 0; edge < cells.length; edge++) {
      choice[edge] = candidate(edge, rest, random.nextDouble() * counts[edge][rest]);
      rest -= cells[edge][choice[edge]];
    }
    return choice;
  }

  /** The first cell of the band whose running sum is above a figure below the whole. */
  private int indexAbove(double figure) {
    int low = 0;
    int high = cumulative.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (cumulative[middle] > figure) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /** The candidate in whose share of the networks the figure lies. */
  private int candidate(int edge, int rest, double figure) {
    int last = -1;
    double sum = 0;
    for (int i = 0; i < cells[edge].length; i++) {
      int after = rest - cells[edge][i];
      if (after >= 0 && counts[edge + 1][after] > 0) {
        last = i;
        sum += counts[edge + 1][after];
        if (sum > figure) {
          break;
        }
      }
    }
    return last;
  }

  private static InvalidInputException nothing(SpaceLatency space, double low, double high) {
    return new InvalidInputException(
        String.format(
            Locale.ROOT,
            "found no network between %.4f and %.4f ms; this space reaches from %.4f to %.4f ms."
                + " Widen the band.",
            low,
            high,
            space.minMillis(),
            space.maxMillis()));
  }
}
