package org.proxyless.search.tabular;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.proxyless.search.strategy.blackbox.FeasibleSpace;

/** The networks of a table within a limit, and which of them is the best. */
public final class TableProblem implements FeasibleSpace {
  private final int[] sizes;
  private final List<TableNetwork> feasible;
  private final double limitMillis;
  private final boolean inPercent;
  private final Map<List<Integer>, TableNetwork> byPath = new HashMap<>();

  TableProblem(int[] sizes, List<TableNetwork> feasible, double limitMillis) {
    this.sizes = sizes;
    this.feasible = feasible;
    this.limitMillis = limitMillis;
    inPercent = feasible.stream().anyMatch(network -> network.signal() > 1);
    feasible.forEach(network -> byPath.put(key(network.path()), network));
  }

  private static List<Integer> key(int[] path) {
    return Arrays.stream(path).boxed().toList();
  }

  /** The feasible network of this path, if there is one. */
  Optional<TableNetwork> network(int[] path) {
    return Optional.ofNullable(byPath.get(key(path)));
  }

  /** The most accurate network within the limit. */
  TableNetwork optimum() {
    return feasible.stream().max(Comparator.comparingDouble(TableNetwork::accuracy)).orElseThrow();
  }

  /**
   * What a strategy is told of a network: the signal, as a share where the table has percent; the
   * policies' entropy weights are made for rewards of that size.
   */
  double score(TableNetwork network) {
    return inPercent ? network.signal() / 100 : network.signal();
  }

  /** The number of networks within the limit. */
  public int feasibleNetworks() {
    return feasible.size();
  }

  /** The limit. */
  public double limitMillis() {
    return limitMillis;
  }

  /** The best network's genotype. */
  public String optimumGenotype() {
    return optimum().genotype();
  }

  /** The best network's accuracy. */
  public double optimumAccuracy() {
    return optimum().accuracy();
  }

  /** The best network's latency. */
  public double optimumMillis() {
    return optimum().latencyMillis();
  }

  @Override
  public int[] sizes() {
    return sizes.clone();
  }

  @Override
  public double latencyMillis(int[] path) {
    return network(path)
        .map(TableNetwork::latencyMillis)
        .orElseThrow(() -> new IllegalArgumentException(Arrays.toString(path) + " is infeasible"));
  }

  @Override
  public boolean contains(int[] path) {
    return byPath.containsKey(key(path));
  }

  @Override
  public int[] draw(RandomGenerator random) {
    return feasible.get(random.nextInt(feasible.size())).path().clone();
  }

  @Override
  public List<int[]> pool(int most, RandomGenerator random) {
    List<int[]> all = new ArrayList<>(feasible.stream().map(TableNetwork::path).toList());
    for (int n = 0; n < most && most < all.size(); n++) { // the start of a shuffle
      int other = random.nextInt(n, all.size());
      int[] kept = all.get(n);
      all.set(n, all.get(other));
      all.set(other, kept);
    }
    return all.subList(0, Math.min(most, all.size()));
  }
}
