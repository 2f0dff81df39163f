package org.proxyless.search.job.prepare;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.proxyless.base.InvalidInputException;
import org.proxyless.devices.DeviceProfile;
import org.proxyless.latency.LatencyTable;
import org.proxyless.latency.SpaceLatency;
import org.proxyless.latency.choice.OperatorChoice;
import org.proxyless.latency.choice.OperatorChoice.Limit;
import org.proxyless.network.Operator;
import org.proxyless.search.job.result.LatencyTarget;
import org.proxyless.search.run.progress.Progress;
import org.proxyless.search.run.settings.SearchSettings;
import org.proxyless.search.space.SearchSpace;

/** Refuses, before anything is trained, what no network of a space can keep. */
final class Feasibility {
  /** Of one thread: twice what the quickest processors of today could do at their best. */
  private static final double MOST_MACS_A_MILLI = 256e6;

  private Feasibility() {}

  /**
   * Refuses, before anything is measured, a latency that no processor reaches.
   *
   * @throws InvalidInputException if a target is below what arithmetic alone takes
   */
  static void requireConceivable(
      SearchSettings settings, SearchSpace space, DeviceProfile profile) {
    if (profile.kind() != DeviceProfile.Kind.CPU) {
      return;
    }
    long macs = leastMacs(space);
    double leastMillis = macs / (MOST_MACS_A_MILLI * profile.threads());
    for (double millis : asked(settings)) {
      if (millis < leastMillis) {
        throw new InvalidInputException(
            String.format(
                Locale.ROOT,
                "--target-ms is %s; the smallest network of space %s takes %.1f million"
                    + " multiply-accumulates, and no processor does these in less than %.3f ms on"
                    + " %d thread%s: ask for more, or take a narrower space (--width).",
                millis,
                settings.space(),
                macs / 1e6,
                leastMillis,
                profile.threads(),
                profile.threads() == 1 ? "" : "s"));
      }
    }
  }

  private static long leastMacs(SearchSpace space) {
    if (!space.graph().isAdditive()) {
      return (long) Limit.of("macs", Double.MAX_VALUE, space.graph(), Operator::macs).least();
    }
    return space.blocks().stream()
        .mapToLong(
            block -> block.candidates().stream().mapToLong(Operator::macs).min().orElseThrow())
        .sum();
  }

  /**
   * The space at the speed that counts for what can be asked for. A machine that is slow for a
   * while makes no target impossible that it usually meets.
   */
  static PricedSpace atSpeedOfTargets(
      SearchSettings settings, PricedSpace priced, List<Limit> others, Progress progress) {
    if (priced.table().equals(priced.usual())) {
      return priced;
    }
    List<Double> tooQuick =
        asked(settings).stream()
            .filter(millis -> !isMet(millis, settings.targetPercentile(), priced, others))
            .toList();
    if (tooQuick.isEmpty()) {
      return priced;
    }
    progress.note(
        "At the machine's present speed no network meets "
            + tooQuick.get(0)
            + " ms: the search goes on at the speed at which the latency table was measured");
    return priced.atUsualSpeed();
  }

  private static List<Double> asked(SearchSettings settings) {
    if (settings.targetsMillis() != null) {
      return settings.targetsMillis();
    }
    return settings.targetMillis() == null ? List.of() : List.of(settings.targetMillis());
  }

  private static boolean isMet(
      double millis, int percentile, PricedSpace priced, List<Limit> others) {
    LatencyTarget target = LatencyTarget.of(millis, percentile, priced.table());
    return target.boundMillis() > extreme(priced.latency(), others, -1);
  }

  /**
   * The target with the table's margin.
   *
   * @param targetMillis null for the middle of the range that can be asked for
   * @param others what else the networks keep
   * @throws InvalidInputException if no network keeps it, with the range that can be asked for
   */
  static LatencyTarget required(
      SearchSettings settings, Double targetMillis, PricedSpace priced, List<Limit> others) {
    for (Limit limit : others) {
      if (limit.most() <= limit.least()) {
        throw new InvalidInputException(
            String.format(
                Locale.ROOT,
                "%s: predictions may reach %.6g, but networks of space %s reach from %.6g to %.6g:"
                    + " ask for more than the least, or take a narrower space (--width).",
                limit.name(),
                limit.most(),
                settings.space(),
                limit.least(),
                limit.greatest()));
      }
    }
    SpaceLatency latency = priced.latency();
    double low = extreme(latency, others, -1);
    double high = extreme(latency, others, 1);
    LatencyTable table = priced.table();
    double millis = targetMillis == null ? (low + high) / 2 : targetMillis;
    LatencyTarget target = LatencyTarget.of(millis, settings.targetPercentile(), table);
    if (target.boundMillis() <= low) {
      throw new InvalidInputException(
          String.format(
              Locale.ROOT,
              "--target-ms is %s; networks of space %s%s reach from %.3f ms to %.3f ms on %s%s: ask"
                  + " for more than the least, or take a narrower space (--width).",
              millis,
              settings.space(),
              others.isEmpty() ? "" : " that keep the other limits",
              low * (1 + target.margin()),
              high * (1 + table.margin(high)),
              settings.device(),
              target.margin() == 0
                  ? ""
                  : String.format(
                      Locale.ROOT,
                      ", with the margin of %.1f %% that the table's verification asks for",
                      100 * target.margin())));
    }
    return target;
  }

  /** The least (sign −1) or greatest (1) latency among the networks that keep the other limits. */
  private static double extreme(SpaceLatency latency, List<Limit> others, int sign) {
    if (others.isEmpty()) {
      return sign < 0 ? latency.reachMillis() : latency.maxMillis();
    }
    double[][] scores =
        Arrays.stream(latency.operatorMillis())
            .map(edge -> Arrays.stream(edge).map(millis -> sign * millis).toArray())
            .toArray(double[][]::new);
    int[] choice = OperatorChoice.best(scores, others, latency.couplings());
    return sign < 0 ? latency.cautiousMillis(choice) : latency.latencyMillis(choice);
  }
}
