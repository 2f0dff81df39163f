package org.proxyless.search.strategy.blackbox;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.proxyless.latency.PathSampler;
import org.proxyless.latency.SpaceLatency;

/** The networks of a search space whose latency by the table is within a limit. */
public final class LimitedSpace implements FeasibleSpace {
  /** Draws for each network of a pool, since some are drawn twice. */
  private static final int DRAWS_EACH = 4;

  private final SpaceLatency latency;
  private final double mostMillis;
  private final PathSampler sampler;
  private final int[] sizes;

  /**
   * @param mostMillis the limit, at least the cheapest network's latency
   */
  public LimitedSpace(SpaceLatency latency, double mostMillis) {
    this.latency = latency;
    this.mostMillis = mostMillis;
    sampler = PathSampler.upTo(latency, mostMillis);
    sizes = Arrays.stream(latency.operatorMillis()).mapToInt(edge -> edge.length).toArray();
  }

  @Override
  public int[] sizes() {
    return sizes.clone();
  }

  @Override
  public double latencyMillis(int[] path) {
    return latency.latencyMillis(path);
  }

  @Override
  public boolean contains(int[] path) {
    return latency.latencyMillis(path) <= mostMillis;
  }

  @Override
  public int[] draw(RandomGenerator random) {
    return sampler.draw(random);
  }

  @Override
  public List<int[]> pool(int most, RandomGenerator random) {
    if (Arrays.stream(sizes).asDoubleStream().reduce(1, (a, b) -> a * b) <= most) {
      List<int[]> all = new ArrayList<>();
      collect(new int[sizes.length], 0, all);
      return all;
    }
    Map<List<Integer>, int[]> drawn = new LinkedHashMap<>();
    for (int draw = 0; draw < DRAWS_EACH * most && drawn.size() < most; draw++) {
      int[] path = sampler.draw(random);
      drawn.put(Arrays.stream(path).boxed().toList(), path);
    }
    return List.copyOf(drawn.values());
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
