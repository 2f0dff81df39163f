package org.proxyless.search.strategy.blackbox;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.proxyless.network.Coupling;

/** The feasible networks that are one {@link Mutation} away from another. */
public final class Neighbourhood {
  private Neighbourhood() {}

  /** Each once, in a fixed order, without the network itself. */
  public static List<int[]> of(int[] path, FeasibleSpace space) {
    List<int[]> neighbours = new ArrayList<>();
    int[] sizes = space.sizes();
    List<Coupling> couplings = space.couplings();
    for (int choice = 0; choice < sizes.length; choice++) {
      int place = choice;
      if (couplings.stream().noneMatch(c -> c.first() <= place && place < c.end())) {
        for (int candidate = 0; candidate < sizes[choice]; candidate++) {
          if (candidate != path[choice]) {
            int[] other = path.clone();
            other[choice] = candidate;
            neighbours.add(other);
          }
        }
      }
    }
    couplings.forEach(coupling -> addCombinations(coupling, path, neighbours));
    return neighbours.stream().filter(space::contains).toList();
  }

  private static void addCombinations(Coupling coupling, int[] path, List<int[]> neighbours) {
    List<Integer> own = coupling.of(path);
    for (int n = 0; n < coupling.combinations().size(); n++) {
      List<Integer> other = coupling.combinations().get(n);
      long differences =
          IntStream.range(0, own.size()).filter(i -> !own.get(i).equals(other.get(i))).count();
      if (differences == 1 || differences == 2) {
        int[] neighbour = path.clone();
        coupling.put(n, neighbour);
        neighbours.add(neighbour);
      }
    }
  }
}
