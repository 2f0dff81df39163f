package org.proxyless.search.tabular;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.proxyless.search.strategy.blackbox.FeasibleSpace;
import org.proxyless.search.strategy.front.Hypervolume;

/** The networks of a table within a limit, and which of them is the best. */
public final class TableProblem implements FeasibleSpace {
  private final int[] sizes;
  private final List<TableNetwork> feasible;
  private final double limitMillis;
  private final double[] epochs;
  private final boolean inPercent;
  private final double leastAccuracy;
  private final double wholeArea;
  private final Map<List<Integer>, TableNetwork> byPath = new HashMap<>();
  private final Set<List<Integer>> beginnings = new HashSet<>();

  TableProblem(int[] sizes, List<TableNetwork> feasible, double limitMillis, double[] epochs) {
    this.sizes = sizes;
    this.epochs = epochs;
    this.feasible = feasible;
    this.limitMillis = limitMillis;
    inPercent = feasible.stream().anyMatch(network -> network.signal() > 1);
    for (TableNetwork network : feasible) {
      List<Integer> key = key(network.path());
      byPath.put(key, network);
      IntStream.rangeClosed(0, sizes.length).forEach(n -> beginnings.add(key.subList(0, n)));
    }
    leastAccuracy = feasible.stream().mapToDouble(TableNetwork::accuracy).min().orElseThrow();
    wholeArea = area(feasible);
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

  /** The epochs of each rung of training, from little to all; empty if the table has none. */
  double[] epochs() {
    return epochs.clone();
  }

  /**
   * How good a front some networks make: the area of accuracy and latency that they dominate, up to
   * the limit and down to the least accurate network within it, as a share of what all dominate.
   */
  double frontShare(Collection<TableNetwork> networks) {
    return wholeArea > 0 ? area(networks) / wholeArea : 1;
  }

  private double area(Collection<TableNetwork> networks) {
    return Hypervolume.of(
        networks.stream()
            .map(network -> new double[] {-network.accuracy(), network.latencyMillis()})
            .toList(),
        new double[] {-leastAccuracy, limitMillis});
  }

  /**
   * The same table with a tighter limit.
   *
   * @param share of the networks that keep it, above 0 and at most 1
   */
  TableProblem narrowed(double share) {
    List<TableNetwork> quickest =
        feasible.stream()
            .sorted(Comparator.comparingDouble(TableNetwork::latencyMillis))
            .limit((long) Math.ceil(share * feasible.size()))
            .toList();
    double limit = quickest.get(quickest.size() - 1).latencyMillis();
    return new TableProblem(sizes, quickest, limit, epochs);
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
  public int[] cheapest() {
    return feasible.stream()
        .min(Comparator.comparingDouble(TableNetwork::latencyMillis))
        .map(network -> network.path().clone())
        .orElseThrow();
  }

  @Override
  public boolean mayBegin(int[] path, int decided) {
    return beginnings.contains(key(path).subList(0, decided));
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
