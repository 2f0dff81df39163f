package org.proxyless.latency.choice;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.proxyless.base.InvalidInputException;
import org.proxyless.latency.SpaceLatency;
import org.proxyless.network.BlockGraph;
import org.proxyless.network.Coupling;
import org.proxyless.network.Groups;
import org.proxyless.network.InputChoices;
import org.proxyless.network.Operator;

/**
 * The choice of one operator an edge with the greatest sum of scores that keeps every limit: a
 * multiple-choice knapsack, solved to proven optimality on the unrounded costs. With scores log p
 * it is the likeliest network that fits.
 */
public final class OperatorChoice {
  private OperatorChoice() {}

  /**
   * Something that a network may not exceed.
   *
   * @param name what it is and its unit, for messages: {@code latency in ms}
   * @param most the limit
   * @param fixed what every network costs
   * @param costs what each candidate adds, [edge][candidate]
   * @param remainder what a choice costs besides these sums
   */
  public record Limit(
      String name, double most, double fixed, double[][] costs, Remainder remainder) {
    /** A limit on sums. */
    public Limit(String name, double most, double fixed, double[][] costs) {
      this(name, most, fixed, costs, Remainder.NONE);
    }

    /**
     * The latency of a space's networks is at most this, with what each is to stay below it for its
     * own uncertainty ({@link SpaceLatency#excessMillis}).
     */
    public static Limit latency(SpaceLatency space, double mostMillis) {
      return new Limit(
          "latency in ms",
          mostMillis,
          space.fixedMillis(),
          space.operatorMillis(),
          new Remainder(
              choice -> space.restMillis(choice) + space.excessMillis(choice),
              space.leastExcessMillis()));
    }

    /** The latency of a space's networks is at least this. */
    public static Limit latencyAtLeast(SpaceLatency space, double leastMillis) {
      double[][] negative =
          Arrays.stream(space.operatorMillis())
              .map(edge -> Arrays.stream(edge).map(millis -> -millis).toArray())
              .toArray(double[][]::new);
      return new Limit(
          "−latency in ms",
          -leastMillis,
          -space.fixedMillis(),
          negative,
          new Remainder(choice -> -space.restMillis(choice), -space.greatestRestMillis()));
    }

    /**
     * What the operators of a network may add up to in something, as parameters do.
     *
     * @param graph what is chosen from; its decisions are the edges
     */
    public static Limit of(
        String name, double most, BlockGraph graph, ToDoubleFunction<Operator> cost) {
      if (!graph.isAdditive()) {
        InputChoices.Costs costs =
            graph.inputChoices().new Costs(0, (block, operator) -> cost.applyAsDouble(operator));
        BlockGraph.Sums bounds = costs.bounds();
        return new Limit(
            name, most, bounds.fixed(), bounds.options(), new Remainder(costs::rest, 0));
      }
      BlockGraph.Sums sums = graph.sums(0, (block, operator) -> cost.applyAsDouble(operator));
      return new Limit(name, most, sums.fixed(), sums.options());
    }

    /** The same by groups of edges. */
    private Limit in(Groups groups) {
      return new Limit(
          name,
          most,
          fixed,
          groups.sums(costs),
          new Remainder(options -> remainder.of(groups.decisions(options)), remainder.least()));
    }

    /** The cost of a choice. */
    public double cost(int[] choice) {
      double sum = fixed;
      for (int edge = 0; edge < choice.length; edge++) {
        sum += costs[edge][choice[edge]];
      }
      return sum + remainder.of(choice);
    }

    /** Whether a choice costs no more than it may. */
    public boolean isKeptBy(int[] choice) {
      return cost(choice) <= most;
    }

    /**
     * The expected cost: fixed + Σ_e Σ_i p_i·cost_i, without the remainder.
     *
     * @param probabilities [edge][candidate], each edge's summing to 1
     */
    public double expected(double[][] probabilities) {
      double sum = fixed;
      for (int edge = 0; edge < costs.length; edge++) {
        double ofEdge = 0;
        for (int i = 0; i < costs[edge].length; i++) {
          ofEdge += probabilities[edge][i] * costs[edge][i];
        }
        sum += ofEdge;
      }
      return sum;
    }

    /** The least that a network costs. */
    public double least() {
      return fixed
          + Arrays.stream(costs).mapToDouble(e -> Arrays.stream(e).min().orElseThrow()).sum()
          + remainder.least();
    }

    /** The most that a network costs. */
    public double greatest() {
      return fixed
          + Arrays.stream(costs).mapToDouble(e -> Arrays.stream(e).max().orElseThrow()).sum();
    }
  }

  /**
   * What a choice costs besides a sum over its edges: the sum bounds the cost while one searches,
   * the whole cost decides at the end.
   *
   * @param cost of a choice, of either sign
   * @param least what it is never below
   */
  public record Remainder(ToDoubleFunction<int[]> cost, double least) {
    /** Nothing. */
    public static final Remainder NONE = new Remainder(choice -> 0, 0);

    /** That of one choice. */
    public double of(int[] choice) {
      return cost.applyAsDouble(choice);
    }
  }

  /**
   * The best choice under a latency limit.
   *
   * @param scores [edge][candidate], finite; sums differing by less than a 10⁻¹² part count as
   *     equal
   * @return the candidate of each edge; among equally good ones always the same
   * @throws InvalidInputException if no network of the space is that fast
   */
  public static int[] best(double[][] scores, SpaceLatency space, double mostMillis) {
    space.requireWithinReach(mostMillis);
    return best(scores, List.of(Limit.latency(space, mostMillis)), space.couplings());
  }

  /**
   * The best choice under several limits at once.
   *
   * @param scores [edge][candidate], finite; sums differing by less than a 10⁻¹² part count as
   *     equal
   * @return the candidate of each edge; among equally good ones always the same
   * @throws InvalidInputException if no network keeps all limits
   */
  public static int[] best(double[][] scores, List<Limit> limits) {
    return best(scores, limits, List.of());
  }

  /**
   * The best choice under several limits at once, some of whose edges are coupled.
   *
   * @param scores [edge][candidate], finite; sums differing by less than a 10⁻¹² part count as
   *     equal
   * @return the candidate of each edge; among equally good ones always the same
   * @throws InvalidInputException if no network keeps all limits
   */
  public static int[] best(double[][] scores, List<Limit> limits, List<Coupling> couplings) {
    return find(scores, limits, couplings).orElseThrow(() -> infeasible(limits));
  }

  /**
   * The best choice under several limits at once, or nothing if no network keeps all of them.
   *
   * @param scores [edge][candidate], finite
   */
  public static Optional<int[]> find(double[][] scores, List<Limit> limits) {
    return find(scores, limits, List.of());
  }

  /**
   * The best choice under several limits at once, some of whose edges are coupled: each coupling's
   * combinations are the options of one decision, so that what is left is free. Nothing if no
   * network keeps all limits.
   *
   * @param scores [edge][candidate], finite
   */
  public static Optional<int[]> find(
      double[][] scores, List<Limit> limits, List<Coupling> couplings) {
    requireFinite("scores", scores);
    for (Limit limit : limits) {
      requireSameShape(scores, limit);
      requireFinite(limit.name(), limit.costs());
    }
    if (couplings.isEmpty()) {
      return new ChoiceSearch(scores, limits).best();
    }
    Groups groups = new Groups(scores.length, couplings);
    List<Limit> grouped = limits.stream().map(limit -> limit.in(groups)).toList();
    return new ChoiceSearch(groups.sums(scores), grouped).best().map(groups::decisions);
  }

  private static void requireFinite(String name, double[][] values) {
    for (double[] edge : values) {
      if (edge.length == 0 || !Arrays.stream(edge).allMatch(Double::isFinite)) {
        throw new IllegalArgumentException(
            name + ": an edge needs finite values, not " + Arrays.toString(edge));
      }
    }
  }

  private static void requireSameShape(double[][] scores, Limit limit) {
    int[] scored = Arrays.stream(scores).mapToInt(edge -> edge.length).toArray();
    int[] priced = Arrays.stream(limit.costs()).mapToInt(edge -> edge.length).toArray();
    if (!Arrays.equals(scored, priced)) {
      throw new IllegalArgumentException(
          "candidates an edge: the scores have "
              + Arrays.toString(scored)
              + ", "
              + limit.name()
              + " has "
              + Arrays.toString(priced));
    }
  }

  private static InvalidInputException infeasible(List<Limit> limits) {
    String each =
        limits.stream()
            .map(
                limit ->
                    String.format(
                        Locale.ROOT,
                        "%s at most %.6g (networks reach from %.6g to %.6g)",
                        limit.name(),
                        limit.most(),
                        limit.least(),
                        limit.greatest()))
            .collect(Collectors.joining(", "));
    return new InvalidInputException("no network of this space keeps " + each + ". Raise a limit.");
  }
}
