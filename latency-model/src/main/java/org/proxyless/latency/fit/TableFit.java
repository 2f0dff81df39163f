package org.proxyless.latency.fit;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.proxyless.base.InvalidInputException;
import org.proxyless.latency.LatencyTable;
import org.proxyless.latency.NetworkTiming;
import org.proxyless.latency.TableEstimate;
import org.proxyless.latency.TableKind;
import org.proxyless.network.Operator;

/**
 * One fit over everything that a table's measurements say: entries, whole networks, and what is
 * known of operators (empirical Bayes). An entry that was measured well keeps its value; one that
 * is uncertain is drawn towards what its kind and the networks say, by its weight.
 */
public final class TableFit {
  /** Fewer networks say too little of what sums lack. */
  private static final int FEWEST_NETWORKS = 3;

  private static final double[] METHODS = {0.005, 0.01, 0.015, 0.02, 0.03, 0.05, 0.08};
  private static final double[] DISCREPANCIES = {
    0.005, 0.0075, 0.01, 0.015, 0.02, 0.03, 0.04, 0.06
  };
  private static final double[] DEVIATIONS = {0.03, 0.05, 0.08, 0.12, 0.2, 0.3};
  private static final int SWEEPS = 2;

  /** Standard deviations beyond which a measurement is not believed unless it repeats. */
  private static final double SUSPECT = 3;

  /** A share by which something with more to do may well be quicker. */
  private static final double PLAUSIBLE = 0.15;

  private final LatencyTable table;
  private final Observations seen;
  private final JointFit fit;

  private TableFit(LatencyTable table) {
    this.table = table;
    this.seen = Observations.of(table);
    this.fit = best(seen);
  }

  /**
   * Whether a table has what a fit takes: latencies of operators that are known here, and some of
   * networks.
   */
  public static boolean suits(LatencyTable table) {
    return table.kind() == TableKind.LOOKUP_TABLE
        && table.timings().size() >= FEWEST_NETWORKS
        && table.entries().keySet().stream().allMatch(TableFit::isKnown);
  }

  private static boolean isKnown(String key) {
    try {
      return key.equals(LatencyTable.CALL) || Operator.ofKey(key) != null;
    } catch (InvalidInputException e) {
      return false; // as operators of other programs, which no space has
    }
  }

  /**
   * Fits.
   *
   * @param table one that {@link #suits}; an estimate that it has is left out of account
   */
  public static TableFit of(LatencyTable table) {
    if (!suits(table)) {
      throw new IllegalArgumentException(
          "table of " + table.space() + ": too few networks, or operators that are not known");
    }
    return new TableFit(table);
  }

  /** The scales under which the measurements are likeliest, one after the other. */
  private static JointFit best(Observations seen) {
    TermFeatures features = TermFeatures.of(seen.keys());
    Scales scales = new Scales(0.015, 0.015, 0.08);
    JointFit best = JointFit.of(seen, features, scales, seen.logMillis());
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      for (double value : METHODS) {
        Scales other = new Scales(value, best.scales().discrepancy(), best.scales().deviation());
        best = better(best, JointFit.of(seen, features, other, best.logMillis()));
      }
      for (double value : DISCREPANCIES) {
        Scales other = new Scales(best.scales().method(), value, best.scales().deviation());
        best = better(best, JointFit.of(seen, features, other, best.logMillis()));
      }
      for (double value : DEVIATIONS) {
        Scales other = new Scales(best.scales().method(), best.scales().discrepancy(), value);
        best = better(best, JointFit.of(seen, features, other, best.logMillis()));
      }
    }
    return best;
  }

  private static JointFit better(JointFit one, JointFit other) {
    return other.logPosterior() > one.logPosterior() ? other : one;
  }

  /** What the terms are, and how uncertain. */
  public TableEstimate estimate() {
    TreeMap<String, Double> millis = new TreeMap<>();
    double[] logMillis = fit.logMillis();
    for (int term = 0; term < logMillis.length; term++) {
      millis.put(seen.keys().get(term), Math.exp(logMillis[term]));
    }
    return new TableEstimate(millis, fit.covariance(), fit.scales().discrepancy());
  }

  /** The table with what was fitted. */
  public LatencyTable table() {
    return table.withEstimate(estimate());
  }

  /**
   * What all other measurements say of a network that was measured.
   *
   * @param standardDeviationMillis of the prediction, without the timing's own error
   */
  public record LeftOut(
      NetworkTiming timing, double predictedMillis, double standardDeviationMillis) {}

  /** Each timing and what the table would say of its network without it. */
  public List<LeftOut> leftOut() {
    double[] residuals = fit.leftOutResiduals();
    double[] deviations = fit.leftOutDeviations();
    return IntStream.range(0, seen.networks())
        .mapToObj(
            network -> {
              NetworkTiming timing = table.timings().get(network);
              int row = seen.terms() + network;
              double predicted = timing.millis() * Math.exp(-residuals[row]);
              double own = seen.networkErrors()[network];
              double relative = Math.sqrt(Math.max(0, Math.pow(deviations[row], 2) - own * own));
              return new LeftOut(timing, predicted, relative * predicted);
            })
        .toList();
  }

  /**
   * Entries that all others contradict: far from what they say of it, or quicker than an operator
   * with less to do at the same place.
   */
  public List<String> suspectEntries() {
    double[] surprises = fit.surprises();
    TreeSet<String> suspects = new TreeSet<>();
    for (int term = 0; term < seen.terms(); term++) {
      if (!seen.isCall(term) && Math.abs(surprises[term]) > SUSPECT) {
        suspects.add(seen.keys().get(term));
      }
      for (int other = 0; other < seen.terms(); other++) {
        if (hasLessToDo(other, term) && isQuicker(term, other)) {
          suspects.add(seen.keys().get(term));
          suspects.add(seen.keys().get(other));
        }
      }
    }
    return List.copyOf(suspects);
  }

  /** Networks that all other measurements contradict, by their places among the timings. */
  public List<Integer> suspectTimings() {
    double[] surprises = fit.surprises();
    return IntStream.range(0, seen.networks())
        .filter(network -> Math.abs(surprises[seen.terms() + network]) > SUSPECT)
        .boxed()
        .toList();
  }

  /** Whether one is quicker than another, by more than is plausible and their errors allow. */
  private boolean isQuicker(int one, int other) {
    double error = Math.hypot(seen.errors()[one], seen.errors()[other]);
    return seen.logMillis()[one] < seen.logMillis()[other] - Math.max(PLAUSIBLE, SUSPECT * error);
  }

  /**
   * Whether two are of one kind at one place, and the first has nothing more and something less.
   */
  private boolean hasLessToDo(int first, int second) {
    String one = seen.keys().get(first);
    String other = seen.keys().get(second);
    if (seen.isCall(first) || seen.isCall(second) || !samePlace(one, other)) {
      return false;
    }
    Map<String, Integer> less = TermFeatures.parameters(one);
    Map<String, Integer> more = TermFeatures.parameters(other);
    return !less.equals(more)
        && less.keySet().equals(more.keySet())
        && less.entrySet().stream()
            .allMatch(value -> value.getValue() <= more.getOrDefault(value.getKey(), 0));
  }

  private static boolean samePlace(String one, String other) {
    return TermFeatures.type(one).equals(TermFeatures.type(other))
        && one.substring(one.indexOf(')')).equals(other.substring(other.indexOf(')')));
  }
}
