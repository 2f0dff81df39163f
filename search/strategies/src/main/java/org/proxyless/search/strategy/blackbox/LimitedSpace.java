package org.proxyless.search.strategy.blackbox;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.proxyless.base.InvalidInputException;
import org.proxyless.latency.SpaceLatency;
import org.proxyless.latency.choice.OperatorChoice;
import org.proxyless.latency.choice.OperatorChoice.Limit;
import org.proxyless.latency.choice.PathSampler;
import org.proxyless.network.Coupling;

/** The networks of a search space that keep a latency by the table, and other limits if any. */
public final class LimitedSpace implements FeasibleSpace {
  private static final int MOST_DRAWS = 100_000;

  private final SpaceLatency latency;
  private final double leastMillis;
  private final double mostMillis;
  private final List<Limit> others;
  private final PathSampler sampler;
  private final int[] sizes;

  /**
   * @param mostMillis the limit, at least the cheapest network's latency
   * @param others limits of other quantities, which some network keeps with this one
   */
  public LimitedSpace(SpaceLatency latency, double mostMillis, List<Limit> others) {
    this(latency, 0, mostMillis, others, PathSampler.upTo(latency, mostMillis));
  }

  /**
   * The same, but none of them takes less than a latency. Some network must keep all of it.
   *
   * @param leastMillis what networks take at least
   */
  public static LimitedSpace within(
      SpaceLatency latency, double leastMillis, double mostMillis, List<Limit> others) {
    return new LimitedSpace(
        latency,
        leastMillis,
        mostMillis,
        others,
        PathSampler.within(latency, leastMillis, mostMillis));
  }

  private LimitedSpace(
      SpaceLatency latency,
      double leastMillis,
      double mostMillis,
      List<Limit> others,
      PathSampler sampler) {
    this.latency = latency;
    this.leastMillis = leastMillis;
    this.mostMillis = mostMillis;
    this.others = List.copyOf(others);
    this.sampler = sampler;
    sizes = Arrays.stream(latency.operatorMillis()).mapToInt(edge -> edge.length).toArray();
  }

  @Override
  public int[] sizes() {
    return sizes.clone();
  }

  @Override
  public List<Coupling> couplings() {
    return latency.couplings();
  }

  @Override
  public double latencyMillis(int[] path) {
    return latency.latencyMillis(path);
  }

  /** The latency, and what else is limited. */
  @Override
  public double[] costs(int[] path) {
    return DoubleStream.concat(
            DoubleStream.of(latencyMillis(path)),
            others.stream().mapToDouble(limit -> limit.cost(path)))
        .toArray();
  }

  @Override
  public boolean contains(int[] path) {
    return latency.contains(path)
        && latency.cautiousMillis(path) <= mostMillis
        && latency.latencyMillis(path) >= leastMillis
        && others.stream().allMatch(limit -> limit.isKeptBy(path));
  }

  @Override
  public int[] draw(RandomGenerator random) {
    for (int draw = 0; draw < MOST_DRAWS; draw++) {
      int[] path = sampler.draw(random);
      if (contains(path)) {
        return path;
      }
    }
    throw new InvalidInputException(
        "of "
            + MOST_DRAWS
            + " random networks within the latency none keeps "
            + others.stream().map(Limit::name).collect(Collectors.joining(", "))
            + " as well. Loosen a limit, or use --strategy gradient, which needs no draws.");
  }

  @Override
  public List<int[]> pool(int most, RandomGenerator random) {
    if (Arrays.stream(sizes).asDoubleStream().reduce(1, (a, b) -> a * b) <= most) {
      List<int[]> all = new ArrayList<>();
      collect(new int[sizes.length], 0, all);
      return all;
    }
    return draws(most, random);
  }

  @Override
  public int[] cheapest() {
    double[][] cheapness =
        Arrays.stream(latency.operatorMillis())
            .map(edge -> Arrays.stream(edge).map(millis -> -millis).toArray())
            .toArray(double[][]::new);
    List<Limit> limits = new ArrayList<>(others);
    limits.add(0, Limit.latency(latency, mostMillis));
    if (leastMillis > 0) {
      limits.add(Limit.latencyAtLeast(latency, leastMillis));
    }
    return OperatorChoice.best(cheapness, limits, latency.couplings());
  }

  /** By the least latency of what begins so; other limits are looked at when all is decided. */
  @Override
  public boolean mayBegin(int[] path, int decided) {
    double[][] millis = latency.operatorMillis();
    double least = latency.fixedMillis();
    for (int edge = 0; edge < sizes.length; edge++) {
      if (couplingOf(edge).isEmpty()) {
        least +=
            edge < decided
                ? millis[edge][path[edge]]
                : Arrays.stream(millis[edge]).min().orElseThrow();
      }
    }
    for (Coupling coupling : latency.couplings()) {
      least +=
          coupling.combinations().stream()
              .filter(combination -> begins(coupling, combination, path, decided))
              .mapToDouble(combination -> millis(coupling, combination, millis))
              .min()
              .orElse(Double.POSITIVE_INFINITY);
    }
    return least <= mostMillis && (decided < sizes.length || contains(path));
  }

  private Optional<Coupling> couplingOf(int edge) {
    return latency.couplings().stream()
        .filter(coupling -> coupling.first() <= edge && edge < coupling.end())
        .findFirst();
  }

  private static boolean begins(
      Coupling coupling, List<Integer> combination, int[] path, int decided) {
    return IntStream.range(0, Math.max(0, Math.min(coupling.width(), decided - coupling.first())))
        .allMatch(i -> combination.get(i) == path[coupling.first() + i]);
  }

  private static double millis(Coupling coupling, List<Integer> combination, double[][] millis) {
    return IntStream.range(0, coupling.width())
        .mapToDouble(i -> millis[coupling.first() + i][combination.get(i)])
        .sum();
  }

  private void collect(int[] path, int choice, List<int[]> all) {
    if (choice == path.length) {
      if (contains(path)) {
        all.add(path.clone());
      }
      return;
    }
    for (int c = 0; c < sizes[choice]; c++) {
      path[choice] = c;
      collect(path, choice + 1, all);
    }
  }
}
