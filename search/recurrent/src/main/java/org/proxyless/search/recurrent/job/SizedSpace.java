package org.proxyless.search.recurrent.job;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.proxyless.base.InvalidInputException;
import org.proxyless.search.recurrent.cell.Activation;
import org.proxyless.search.recurrent.cell.RecurrentSpace;
import org.proxyless.search.recurrent.latency.PartTable;
import org.proxyless.search.strategy.blackbox.FeasibleSpace;

/**
 * The models of a space that a table predicts to keep a latency. Draws are even over decisions, so
 * a cell is as likely as it has numberings.
 */
final class SizedSpace implements FeasibleSpace {
  private static final int MOST_DRAWS = 100_000;

  private final RecurrentSpace space;
  private final PartTable table;
  private final double mostMillis;

  SizedSpace(RecurrentSpace space, PartTable table, double mostMillis) {
    this.space = space;
    this.table = table;
    this.mostMillis = mostMillis;
  }

  /**
   * Refuses a limit that no model keeps.
   *
   * @throws InvalidInputException that tells the least
   */
  void requireAny() {
    double least = latencyMillis(cheapest());
    if (least > mostMillis) {
      throw new InvalidInputException(
          String.format(
              Locale.ROOT,
              "--target-ms is %.4g; the smallest model of the space, %d wide with %d nodes, is"
                  + " predicted to take %.4g ms. Raise it, or add smaller sizes with --embeddings"
                  + " and --nodes.",
              mostMillis,
              space.embeddings().get(0),
              space.nodes().get(0),
              least));
    }
  }

  @Override
  public int[] sizes() {
    return space.sizes();
  }

  @Override
  public double latencyMillis(int[] path) {
    return table.predict(space.decode(path));
  }

  @Override
  public boolean contains(int[] path) {
    return latencyMillis(path) <= mostMillis;
  }

  @Override
  public int[] draw(RandomGenerator random) {
    for (int draw = 0; draw < MOST_DRAWS; draw++) {
      int[] path = Arrays.stream(space.sizes()).map(random::nextInt).toArray();
      if (contains(path)) {
        return path;
      }
    }
    return cheapest(); // which there is
  }

  @Override
  public List<int[]> pool(int most, RandomGenerator random) {
    return draws(most, random);
  }

  @Override
  public int[] cheapest() {
    return cheapest(new int[space.sizes().length], 0);
  }

  @Override
  public boolean mayBegin(int[] path, int decided) {
    return contains(cheapest(path, decided));
  }

  /** Of the models that begin like this, the one that costs least. */
  private int[] cheapest(int[] path, int decided) {
    int[] best = {};
    double least = Double.POSITIVE_INFINITY;
    for (int[] like : sized(Arrays.copyOf(path, decided), decided, 0)) {
      double millis = latencyMillis(like);
      if (millis < least) {
        least = millis;
        best = like;
      }
    }
    return best;
  }

  /** Every size that is open, and with each every activation, the same for all open nodes. */
  private List<int[]> sized(int[] begun, int decided, int decision) {
    List<int[]> all = new ArrayList<>();
    if (decision == space.sizeDecisions()) {
      for (Activation activation : Activation.values()) {
        int[] path = Arrays.copyOf(begun, space.sizes().length);
        for (int i = decision; i < path.length; i += 2) {
          path[i] = i < decided ? path[i] : activation.ordinal();
        }
        all.add(path);
      }
      return all;
    }
    int[] sizes = space.sizes();
    for (int option = 0; option < sizes[decision]; option++) {
      if (decision >= decided || begun[decision] == option) {
        int[] next = Arrays.copyOf(begun, Math.max(begun.length, decision + 1));
        next[decision] = option;
        all.addAll(sized(next, decided, decision + 1));
      }
    }
    return all;
  }
}
