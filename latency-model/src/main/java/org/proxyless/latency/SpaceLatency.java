package org.proxyless.latency;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.proxyless.base.InvalidInputException;
import org.proxyless.network.BlockGraph;
import org.proxyless.network.Coupling;
import org.proxyless.network.Groups;
import org.proxyless.network.InputChoices;
import org.proxyless.network.Operator;

/**
 * The latencies of a search space: a fixed part and, for each edge, what each candidate operator
 * adds. A network of the space is a choice of one candidate an edge, where some edges may be
 * coupled.
 */
public final class SpaceLatency {
  private final double fixedMillis;
  private final double[][] operatorMillis;
  private final Optional<ChoiceUncertainty> uncertainty;
  private final List<Coupling> couplings;
  private final Groups groups;

  /** What a network takes beyond the sum over its edges, where inputs are chosen. */
  private final Optional<InputChoices.Costs> costs;

  /**
   * @param fixedMillis what every network of the space costs
   * @param operatorMillis [edge][candidate]; finite, of either sign, at least one candidate an edge
   */
  public SpaceLatency(double fixedMillis, double[][] operatorMillis) {
    this(fixedMillis, operatorMillis, Optional.empty(), List.of(), Optional.empty());
  }

  /**
   * The same where edges are coupled.
   *
   * @param fixedMillis what every network of the space costs
   * @param operatorMillis [edge][candidate]; finite, of either sign, at least one candidate an edge
   */
  public SpaceLatency(double fixedMillis, double[][] operatorMillis, List<Coupling> couplings) {
    this(fixedMillis, operatorMillis, Optional.empty(), couplings, Optional.empty());
  }

  private SpaceLatency(
      double fixedMillis,
      double[][] operatorMillis,
      Optional<ChoiceUncertainty> uncertainty,
      List<Coupling> couplings,
      Optional<InputChoices.Costs> costs) {
    this.fixedMillis = fixedMillis;
    this.costs = costs;
    this.uncertainty = uncertainty;
    this.couplings = couplings;
    this.groups = new Groups(operatorMillis.length, couplings);
    this.operatorMillis = copy(operatorMillis);
    for (double[] edge : operatorMillis) {
      if (edge.length == 0 || !Arrays.stream(edge).allMatch(Double::isFinite)) {
        throw new IllegalArgumentException(
            "an edge needs candidates with finite latencies, not " + Arrays.toString(edge));
      }
    }
  }

  /**
   * Prices a chain of blocks. Those with one candidate are part of every network; those with
   * several are the edges, in their order.
   *
   * @throws InvalidInputException if the model does not know a candidate, or the cheapest network's
   *     total is not a latency
   */
  public static SpaceLatency of(LatencyModel model, List<List<Operator>> blocks) {
    return of(model, BlockGraph.chain(blocks));
  }

  /**
   * Prices a graph of blocks; its decisions are the edges, in their order. What an operator takes
   * counts once for each block that has it.
   *
   * @throws InvalidInputException if the model does not know a candidate, or the cheapest network's
   *     total is not a latency
   */
  public static SpaceLatency of(LatencyModel model, BlockGraph graph) {
    Optional<InputChoices.Costs> costs =
        graph.isAdditive()
            ? Optional.empty()
            : Optional.of(
                graph.inputChoices().new Costs(model.callMillis(), model::operatorMillis));
    BlockGraph.Sums millis =
        costs.isPresent()
            ? costs.get().bounds()
            : graph.sums(model.callMillis(), model::operatorMillis);
    SpaceLatency space =
        new SpaceLatency(
            millis.fixed(),
            millis.options(),
            model.estimate().map(estimate -> ChoiceUncertainty.of(estimate, graph)),
            graph.couplings(),
            costs);
    if (!(space.minMillis() > 0)) {
      throw new InvalidInputException(
          "the cheapest network of the space would take "
              + space.minMillis()
              + " ms by the latency model; a latency is positive, so the model does not hold for"
              + " this space. Use a table that was made for it.");
    }
    return space;
  }

  /** What every network of the space costs: the call and the blocks without a choice. */
  public double fixedMillis() {
    return fixedMillis;
  }

  /**
   * What a network takes beyond the sum over its edges: 0, but where inputs are chosen, so that
   * what an operator takes depends on several decisions, and their sum is only what is certain.
   *
   * @param choice the candidate of each edge
   */
  public double restMillis(int[] choice) {
    return costs.isPresent() ? costs.get().rest(choice) : 0;
  }

  /** What no network's {@link #restMillis} is above. */
  public double greatestRestMillis() {
    return costs.isPresent() ? costs.get().greatestRest() : 0;
  }

  /** What each candidate adds: [edge][candidate]. */
  public double[][] operatorMillis() {
    return copy(operatorMillis);
  }

  /** The number of edges. */
  public int edges() {
    return operatorMillis.length;
  }

  /** The number of candidates of an edge. */
  public int candidates(int edge) {
    return operatorMillis[edge].length;
  }

  /** The decisions that are made together. */
  public List<Coupling> couplings() {
    return couplings;
  }

  /** Whether a choice makes a network. */
  public boolean contains(int[] choice) {
    return Coupling.areKept(couplings, choice);
  }

  /** Decisions in groups that are free of each other. */
  public Groups groups() {
    return groups;
  }

  /** The latency of the cheapest network; where inputs are chosen, what none is below. */
  public double minMillis() {
    double sum = fixedMillis;
    for (double[] group : groups.sums(operatorMillis)) {
      sum += Arrays.stream(group).min().orElseThrow();
    }
    return sum;
  }

  private int[] cheapest() {
    return groups.decisions(
        Arrays.stream(groups.sums(operatorMillis))
            .mapToInt(
                group ->
                    IntStream.range(0, group.length)
                        .boxed()
                        .min(Comparator.comparingDouble(option -> group[option]))
                        .orElseThrow())
            .toArray());
  }

  /** The latency of the dearest network; where inputs are chosen, what none is above. */
  public double maxMillis() {
    double sum = fixedMillis;
    for (double[] group : groups.sums(operatorMillis)) {
      sum += Arrays.stream(group).max().orElseThrow();
    }
    return sum + greatestRestMillis();
  }

  /**
   * Checks that some network of the space costs at most this much.
   *
   * @throws InvalidInputException naming the range that the space reaches
   */
  public void requireWithinReach(double targetMillis) {
    if (!(targetMillis >= reachMillis())) {
      throw new InvalidInputException(
          String.format(
              Locale.ROOT,
              "a latency of %.4f ms cannot be met: the networks of this space take from %.4f to"
                  + " %.4f ms. Choose a target in that range.",
              targetMillis,
              reachMillis(),
              maxMillis()));
    }
  }

  /** The least that can be asked for: of the cheapest network, with its uncertainty. */
  public double reachMillis() {
    return cautiousMillis(cheapest());
  }

  /**
   * Standard deviation σ of a network's latency around its prediction; 0 where it is not known.
   *
   * @param choice the candidate of each edge
   */
  public double standardDeviationMillis(int[] choice) {
    return uncertainty.isEmpty()
        ? 0
        : deviation(uncertainty.get().variance(choice), latencyMillis(choice));
  }

  private double deviation(double variance, double latencyMillis) {
    return Math.sqrt(variance + Math.pow(uncertainty.get().discrepancy() * latencyMillis, 2));
  }

  /**
   * What a network is to stay below T' = T/(1 + {@link TableEstimate#margin}) for its own
   * uncertainty, so that its prediction plus 1.645 σ is at most T. Not negative; 0 where the
   * uncertainty is not known.
   *
   * @param choice the candidate of each edge
   */
  public double excessMillis(int[] choice) {
    return uncertainty.isEmpty()
        ? 0
        : excess(uncertainty.get().variance(choice), latencyMillis(choice));
  }

  private double excess(double variance, double latencyMillis) {
    double reserve = TableEstimate.CAUTION * deviation(variance, latencyMillis);
    double margin = uncertainty.get().margin();
    return Math.max(0, reserve - margin * latencyMillis) / (1 + margin);
  }

  /** What no network's {@link #excessMillis} is below. */
  public double leastExcessMillis() {
    // The excess falls with the latency, for the margin takes a share of it.
    return uncertainty.isEmpty()
        ? 0
        : excess(uncertainty.get().leastVariance(), Math.max(0, maxMillis()));
  }

  /** The prediction and {@link #excessMillis}: what is to be at most T'. */
  public double cautiousMillis(int[] choice) {
    return latencyMillis(choice) + excessMillis(choice);
  }

  /**
   * The latency of one network.
   *
   * @param choice the candidate of each edge
   */
  public double latencyMillis(int[] choice) {
    requireEdges(choice.length);
    double sum = fixedMillis;
    for (int edge = 0; edge < choice.length; edge++) {
      sum += operatorMillis[edge][choice[edge]];
    }
    return sum + restMillis(choice);
  }

  /**
   * The expected latency E = fixed + Σ_e Σ_i p_i·LUT_i (ProxylessNAS, equation 2), without {@link
   * #restMillis}.
   *
   * @param probabilities [edge][candidate], each edge's summing to 1
   */
  public double expectedMillis(double[][] probabilities) {
    requireEdges(probabilities.length);
    double sum = fixedMillis;
    for (int edge = 0; edge < probabilities.length; edge++) {
      sum += expectedMillis(edge, probabilities[edge]);
    }
    return sum;
  }

  private double expectedMillis(int edge, double[] probabilities) {
    double sum = 0;
    for (int i = 0; i < operatorMillis[edge].length; i++) {
      sum += probabilities[i] * operatorMillis[edge][i];
    }
    return sum;
  }

  /**
   * The gradient of the expected latency to the architecture parameters a, where p = softmax(a):
   * ∂E/∂a_i = p_i (LUT_i − E_e), E_e being the edge's own expectation.
   *
   * @param probabilities [edge][candidate], each edge's summing to 1
   * @return milliseconds per unit of a, [edge][candidate]
   */
  public double[][] gradientMillis(double[][] probabilities) {
    requireEdges(probabilities.length);
    double[][] gradient = new double[edges()][];
    for (int edge = 0; edge < gradient.length; edge++) {
      double[] p = probabilities[edge];
      double expected = expectedMillis(edge, p);
      gradient[edge] = new double[p.length];
      for (int i = 0; i < p.length; i++) {
        gradient[edge][i] = p[i] * (operatorMillis[edge][i] - expected);
      }
    }
    return gradient;
  }

  /**
   * The gradient when only some of an edge's candidates take part, as two do in ProxylessNAS's
   * architecture step: q_i (LUT_i − Σ_j q_j LUT_j), q being the softmax over these alone.
   *
   * @param edge the edge
   * @param candidates those that take part
   * @param probabilities q of each of them, summing to 1
   * @return milliseconds per unit of a, for each of them
   */
  public double[] gradientMillis(int edge, int[] candidates, double[] probabilities) {
    double expected = 0;
    for (int i = 0; i < candidates.length; i++) {
      expected += probabilities[i] * operatorMillis[edge][candidates[i]];
    }
    double[] gradient = new double[candidates.length];
    for (int i = 0; i < candidates.length; i++) {
      gradient[i] = probabilities[i] * (operatorMillis[edge][candidates[i]] - expected);
    }
    return gradient;
  }

  private void requireEdges(int given) {
    if (given != edges()) {
      throw new IllegalArgumentException(given + " edges given, the space has " + edges());
    }
  }

  private static double[][] copy(double[][] values) {
    return Arrays.stream(values).map(double[]::clone).toArray(double[][]::new);
  }
}
