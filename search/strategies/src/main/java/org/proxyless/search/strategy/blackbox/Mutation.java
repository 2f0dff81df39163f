package org.proxyless.search.strategy.blackbox;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.proxyless.network.Coupling;

/** A network that differs from another in one choice, or in two that are made together. */
public final class Mutation {
  private Mutation() {}

  /**
   * Every choice that has another candidate is as likely as any other, and so is the candidate. Of
   * choices that are made together another combination is taken that differs in this choice and at
   * most one more: another operator on an edge that is kept, or another edge in place of one.
   */
  public static int[] of(int[] path, FeasibleSpace space, RandomGenerator random) {
    int[] sizes = space.sizes();
    int[] open = IntStream.range(0, sizes.length).filter(e -> sizes[e] > 1).toArray();
    int[] child = path.clone();
    int choice = open[random.nextInt(open.length)];
    Optional<Coupling> coupling =
        space.couplings().stream()
            .filter(each -> each.first() <= choice && choice < each.end())
            .findFirst();
    if (coupling.isPresent()) {
      int[] near = near(coupling.get(), path, choice);
      coupling.get().put(near[random.nextInt(near.length)], child);
    } else {
      int other = random.nextInt(sizes[choice] - 1);
      child[choice] = other < path[choice] ? other : other + 1;
    }
    return child;
  }

  /** A feasible one of any of these networks, or an even draw where there are none. */
  public static int[] ofAny(List<int[]> parents, FeasibleSpace space, RandomGenerator random) {
    if (parents.isEmpty()) {
      return space.draw(random);
    }
    int[] parent = parents.get(random.nextInt(parents.size()));
    return space.firstFeasible(() -> of(parent, space, random), random);
  }

  private static int[] near(Coupling coupling, int[] path, int choice) {
    List<Integer> own = coupling.of(path);
    int place = choice - coupling.first();
    return IntStream.range(0, coupling.combinations().size())
        .filter(
            combination -> {
              List<Integer> other = coupling.combinations().get(combination);
              return !other.get(place).equals(own.get(place)) && differences(own, other) <= 2;
            })
        .toArray();
  }

  private static long differences(List<Integer> some, List<Integer> others) {
    return IntStream.range(0, some.size()).filter(i -> !some.get(i).equals(others.get(i))).count();
  }
}
