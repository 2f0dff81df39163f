package org.proxyless.search.performance;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.proxyless.network.BlockGraph;

/**
 * Paths that are drawn once and used in every measurement, since what a step costs depends on its
 * path: a JSON list of paths, each a list of [active, inactive] pairs of candidates by edge.
 *
 * <p>{@code RecordedPaths FILE [COUNT [SEED]]} draws paths through the space of the benchmarks and
 * writes them.
 */
final class RecordedPaths {
  private static final int USUAL_COUNT = 100;

  private final int[][][] pairs;

  private RecordedPaths(int[][][] pairs) {
    this.pairs = pairs;
  }

  public static void main(String[] arguments) throws IOException {
    int count = arguments.length > 1 ? Integer.parseInt(arguments[1]) : USUAL_COUNT;
    long seed = arguments.length > 2 ? Long.parseLong(arguments[2]) : 1;
    BlockGraph graph = Workload.space(Workload.USUAL_RESOLUTION).graph();
    RecordedPaths drawn = draw(graph, count, new SplittableRandom(seed));
    new ObjectMapper().writeValue(Path.of(arguments[0]).toFile(), drawn.pairs);
  }

  /**
   * Two different candidates of each edge, all pairs equally likely; where edges are coupled the
   * active ones make a network.
   */
  static RecordedPaths draw(BlockGraph graph, int count, RandomGenerator random) {
    int[] edgeSizes = graph.sizes();
    int[][][] pairs = new int[count][edgeSizes.length][];
    for (int[][] path : pairs) {
      int[] coupled = graph.couplings().isEmpty() ? null : graph.draw(random);
      for (int e = 0; e < edgeSizes.length; e++) {
        int active = coupled == null ? random.nextInt(edgeSizes[e]) : coupled[e];
        int inactive = random.nextInt(edgeSizes[e] - 1);
        path[e] = new int[] {active, inactive < active ? inactive : inactive + 1};
      }
    }
    return new RecordedPaths(pairs);
  }

  /** Reads a file of paths; an empty name stands for some that are drawn with a fixed seed. */
  static RecordedPaths of(String file, BlockGraph graph) {
    if (file.isEmpty()) {
      return draw(graph, USUAL_COUNT, new SplittableRandom(1));
    }
    try {
      return new RecordedPaths(
          new ObjectMapper().readValue(Path.of(file).toFile(), int[][][].class));
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read the paths of " + file, e);
    }
  }

  int count() {
    return pairs.length;
  }

  /** The active candidates of a path; the paths are used in turn. */
  int[] active(int turn) {
    int[][] path = pairs[turn % pairs.length];
    int[] active = new int[path.length];
    for (int e = 0; e < path.length; e++) {
      active[e] = path[e][0];
    }
    return active;
  }

  /** The active and the inactive candidates of a path, by edge and candidate. */
  boolean[][] sampled(int turn, int[] edgeSizes) {
    int[][] path = pairs[turn % pairs.length];
    boolean[][] sampled = new boolean[path.length][];
    for (int e = 0; e < path.length; e++) {
      sampled[e] = new boolean[edgeSizes[e]];
      for (int candidate : path[e]) {
        sampled[e][candidate] = true;
      }
    }
    return sampled;
  }
}
