package org.proxyless.search.job.result;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.proxyless.base.InvalidInputException;
import org.proxyless.devices.format.Footprint;
import org.proxyless.devices.format.FootprintModel;
import org.proxyless.devices.format.NetworkFormat;
import org.proxyless.devices.format.NetworkFormats;
import org.proxyless.latency.choice.OperatorChoice.Limit;
import org.proxyless.latency.choice.OperatorChoice.Remainder;
import org.proxyless.network.BlockGraph;
import org.proxyless.network.Coupling;
import org.proxyless.network.Operator;
import org.proxyless.search.run.settings.DeployedLimits;
import org.proxyless.search.space.SearchSpace;

/**
 * Limits on what a network takes of a small device. Neither is a sum over its operators: the sums
 * bound it while one searches, and for a whole network it is computed.
 */
public final class FootprintLimits {
  /** By how much a file may differ, for each block, from its operators' parts: alignment, names. */
  private static final double SLACK_BYTES = 256;

  private static final int KEPT = 10_000;

  private final DeployedLimits limits;
  private final SearchSpace space;
  private final List<String> classNames;
  private final FootprintModel model;
  private final Map<List<Integer>, Footprint> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<List<Integer>, Footprint> eldest) {
          return size() > KEPT;
        }
      };

  /**
   * @param classNames which are part of the file
   * @throws InvalidInputException if there is no such format, or it is none of small devices
   */
  public FootprintLimits(DeployedLimits limits, SearchSpace space, List<String> classNames) {
    this.limits = limits;
    this.space = space;
    this.classNames = classNames;
    this.model = model(limits.format());
  }

  /** What networks take in a format. */
  static FootprintModel model(String format) {
    return NetworkFormats.named(format)
        .footprints()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "--limits-format is "
                        + format
                        + ", of which memory and size are not told. They are of: "
                        + NetworkFormats.all().stream()
                            .filter(other -> other.footprints().isPresent())
                            .map(NetworkFormat::name)
                            .collect(Collectors.joining(", "))
                        + "."));
  }

  /**
   * The limits that are asked for.
   *
   * @throws InvalidInputException if no network of the space keeps one
   */
  public List<Limit> all() {
    List<Limit> all = new ArrayList<>();
    if (limits.maxMemoryBytes() != null) {
      all.add(required(memory(limits.maxMemoryBytes()), "--max-memory"));
    }
    if (limits.maxFileBytes() != null) {
      all.add(required(file(limits.maxFileBytes()), "--max-file"));
    }
    return all;
  }

  private Limit required(Limit limit, String option) {
    if (limit.most() <= limit.least()) {
      throw new InvalidInputException(
          String.format(
              Locale.ROOT,
              "%s is %.0f bytes; networks of space %s take more than %.0f bytes as %s: allow more, or"
                  + " take a narrower space (--width) or smaller images (--input-size).",
              option,
              limit.most(),
              space.name(),
              limit.least(),
              limits.format()));
    }
    return limit;
  }

  /**
   * Memory is the most that is needed at any time: what an operator needs alone bounds it, and no
   * network with an operator that needs too much alone is worth a look.
   */
  private Limit memory(long mostBytes) {
    // The image is kept all the time, a byte for each pixel and channel.
    ToDoubleFunction<Operator> alone =
        operator -> model.leastMemoryBytes(operator) + space.input().elements();
    double least =
        space.graph().isChain()
            ? space.blocks().stream()
                .mapToDouble(
                    block -> block.candidates().stream().mapToDouble(alone).min().orElseThrow())
                .max()
                .orElse(0)
            : 0;
    double[][] costs =
        Arrays.stream(sums(alone).options())
            .map(
                edge ->
                    Arrays.stream(edge)
                        .map(b -> b > mostBytes ? Math.max(0, b - least) : 0)
                        .toArray())
            .toArray(double[][]::new);
    return limit("--max-memory in bytes", mostBytes, 0, costs, least, Footprint::peakMemoryBytes);
  }

  /** A file is the sum of its operators' parts, and what else is in it. */
  private Limit file(long mostBytes) {
    BlockGraph.Sums sums = sums(model::fileBytes);
    double fixed = sums.fixed();
    double[][] costs = sums.options();
    double least =
        space.graph().isChain()
            ? Math.max(0, leastRest(fixed, costs) - SLACK_BYTES * space.blocks().size())
            : 0;
    return limit("--max-file in bytes", mostBytes, fixed, costs, least, Footprint::fileBytes);
  }

  /** What is in files besides their operators' parts, of a few networks. */
  private double leastRest(double fixed, double[][] costs) {
    return IntStream.range(0, Arrays.stream(space.candidateCounts()).max().orElse(1))
        .mapToObj(this::all)
        .mapToDouble(path -> footprint(path).fileBytes() - fixed - sum(costs, path))
        .min()
        .orElseThrow();
  }

  /**
   * A limit whose cost is computed for a whole network. The likeliest options of coupled edges,
   * each taken alone, need not make one; of these only what is certain counts.
   */
  private Limit limit(
      String name,
      double most,
      double fixed,
      double[][] costs,
      double least,
      ToLongFunction<Footprint> bytes) {
    return new Limit(
        name,
        most,
        fixed,
        costs,
        new Remainder(
            path ->
                Coupling.areKept(space.graph().couplings(), path)
                    ? Math.max(least, bytes.applyAsLong(footprint(path)) - fixed - sum(costs, path))
                    : least,
            least));
  }

  /** The path of each edge's candidate of this number, or its last. */
  private int[] all(int candidate) {
    return Arrays.stream(space.candidateCounts())
        .map(count -> Math.min(candidate, count - 1))
        .toArray();
  }

  private synchronized Footprint footprint(int[] path) {
    List<Integer> key = Arrays.stream(path).boxed().toList();
    Footprint footprint = known.get(key);
    if (footprint == null) {
      footprint = model.of(space.network(path), classNames);
      known.put(key, footprint);
    }
    return footprint;
  }

  /** Nothing where operators may drop out of networks: then these alone tell what they take. */
  private BlockGraph.Sums sums(ToDoubleFunction<Operator> cost) {
    boolean chain = space.graph().isChain();
    return space.graph().sums(0, (block, operator) -> chain ? cost.applyAsDouble(operator) : 0);
  }

  private static double sum(double[][] costs, int[] path) {
    double sum = 0;
    for (int edge = 0; edge < path.length; edge++) {
      sum += costs[edge][path[edge]];
    }
    return sum;
  }
}
