package org.proxyless.benchmarks.tables;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.proxyless.benchmarks.jmh.Blocks;
import org.proxyless.benchmarks.sites.Visit;
import org.proxyless.benchmarks.sites.VisitMeasuring;
import org.proxyless.latency.LatencyEntry;

/**
 * What the visits of a campaign say. All latencies are what they would be if the reference always
 * took its usual time: what slows the machine for a while slows the reference with it. Visits
 * around which the sentinel took unusually long or short, even so, or during which other programs
 * were at work, count only where there are no others.
 */
final class Readings {
  private static final double MOST_MOVED = 0.1;
  private static final double WIDEST = 0.05;

  private final List<Visit> visits;
  private final Reference usual;
  private final Set<Integer> moved = new HashSet<>();

  /** Of networks (true) and of operators, once they are asked for. */
  private final Map<Boolean, VisitSpread> spreads = new HashMap<>();

  /** Takes as the reference's usual time what it was in these visits. */
  Readings(List<Visit> visits) {
    this(visits, Reference.usual(visits));
  }

  /**
   * @param usual the reference's usual time, from before
   */
  Readings(List<Visit> visits, Reference usual) {
    this.visits = List.copyOf(visits);
    this.usual = usual;
    double usualRatio = usualSentinelRatio();
    this.visits.stream()
        .collect(Collectors.groupingBy(Visit::process))
        .keySet()
        .forEach(process -> markMoved(process, usualRatio));
    for (int i = 0; i < this.visits.size(); i++) {
      if (this.visits.get(i).isDisturbed()) {
        moved.add(i);
      }
    }
  }

  /** The part of the visits that other programs or a moved sentinel spoilt. */
  double movedShare() {
    return visits.isEmpty() ? 0 : moved.size() / (double) visits.size();
  }

  /** Of the sentinel's undisturbed visits; of all where other programs never rested. */
  private double usualSentinelRatio() {
    List<Visit> all = visits.stream().filter(Visit::sentinel).toList();
    List<Visit> calm = all.stream().filter(visit -> !visit.isDisturbed()).toList();
    double[] ratios = (calm.isEmpty() ? all : calm).stream().mapToDouble(Visit::ratio).toArray();
    return ratios.length == 0 ? Double.NaN : Visit.median(ratios);
  }

  /**
   * Marks the visits between two readings of the sentinel of which one is unusual. A reading that
   * other programs disturbed tells nothing of its neighbours, which know themselves whether they
   * were.
   */
  private void markMoved(int process, double usualRatio) {
    List<Integer> between = new ArrayList<>();
    boolean movedBefore = false;
    for (int i = 0; i < visits.size(); i++) {
      Visit visit = visits.get(i);
      if (visit.process() != process) {
        continue;
      }
      if (visit.sentinel() && visit.isDisturbed()) {
        continue;
      }
      if (visit.sentinel()) {
        boolean movedNow = Math.abs(visit.ratio() / usualRatio - 1) > MOST_MOVED;
        if (movedNow) {
          moved.add(i);
        }
        if (movedBefore || movedNow) {
          moved.addAll(between);
        }
        between.clear();
        movedBefore = movedNow;
      } else {
        between.add(i);
      }
    }
    if (movedBefore) {
      moved.addAll(between); // of a process that was killed before its last reading
    }
  }

  /** The reference's usual time, on which all latencies rest. */
  Reference reference() {
    return usual;
  }

  /** How many times its usual time the reference took among operators. */
  double drift() {
    return Reference.usual(visits).besideOperatorsNanos() / usual.besideOperatorsNanos();
  }

  /** These readings, stated for another usual time of the reference. */
  Readings at(Reference other) {
    return new Readings(visits, other);
  }

  /** The keys of everything that was visited. */
  Set<String> keys() {
    return visits.stream().map(Visit::key).collect(Collectors.toCollection(TreeSet::new));
  }

  /** How many visits had an unusual sentinel around them. */
  int movedVisits() {
    return moved.size();
  }

  /** How many visits there were. */
  int allVisits() {
    return visits.size();
  }

  /** The visits that count, by process: the calm ones, or all if none was. */
  private Map<Integer, List<Visit>> counting(String key) {
    List<Visit> all = new ArrayList<>();
    List<Visit> calm = new ArrayList<>();
    for (int i = 0; i < visits.size(); i++) {
      if (visits.get(i).key().equals(key)) {
        all.add(visits.get(i));
        if (!moved.contains(i)) {
          calm.add(visits.get(i));
        }
      }
    }
    return (calm.isEmpty() ? all : calm)
        .stream().collect(Collectors.groupingBy(Visit::process, TreeMap::new, Collectors.toList()));
  }

  private long calmVisits(String key) {
    long calm = 0;
    for (int i = 0; i < visits.size(); i++) {
      calm += visits.get(i).key().equals(key) && !moved.contains(i) ? 1 : 0;
    }
    return calm;
  }

  /** Whether every visit had an unusual sentinel around it. */
  boolean isUnsettled(String key) {
    return calmVisits(key) == 0;
  }

  /** The latencies of the blocks of all visits that count. */
  Blocks blocks(String key) {
    return new Blocks(
        counting(key).values().stream()
            .flatMap(List::stream)
            .flatMap(
                visit ->
                    visit.measured().blocks().stream()
                        .map(block -> block.ratio() * usual.nanos(visit)))
            .toList());
  }

  /** The entry of a latency table, with what it is uncertain by. */
  LatencyEntry entry(String key) {
    LatencyEntry entry = blocks(key).entry(counting(key).size());
    return entry.withStandardError(standardErrorMillis(key));
  }

  /** Standard error of the median of a key's blocks, by how much visits differ. */
  double standardErrorMillis(String key) {
    VisitSpread spread =
        spreads.computeIfAbsent(VisitMeasuring.Subject.isNetwork(key), this::spread);
    return spread.relativeStandardError(visitNanos(key)) * blocks(key).medianMillis();
  }

  private VisitSpread spread(boolean ofNetworks) {
    return new VisitSpread(
        keys().stream()
            .filter(key -> VisitMeasuring.Subject.isNetwork(key) == ofNetworks)
            .filter(key -> !isDrowned(key))
            .map(this::visitNanos)
            .toList());
  }

  private List<Double> visitNanos(String key) {
    return counting(key).values().stream()
        .flatMap(List::stream)
        .filter(visit -> visit.ratio() > 0)
        .map(visit -> visit.ratio() * usual.nanos(visit))
        .toList();
  }

  /** Whether it seems to cost nothing at all. */
  boolean isDrowned(String key) {
    return !blocks(key).arePositive();
  }

  /**
   * What is to be measured again: what drowned in noise, what has calm visits for less than half of
   * the plan, and what has too wide an interval. An operator far cheaper than most may have a wider
   * one, as it hardly counts in a network.
   *
   * @param planned visits of each key
   */
  List<String> unsatisfying(Set<String> keys, int planned) {
    double typical =
        Visit.median(
            keys.stream().mapToDouble(key -> Math.max(0, blocks(key).medianMillis())).toArray());
    return keys.stream()
        .filter(
            key ->
                isDrowned(key)
                    || 2 * calmVisits(key) < planned
                    || blocks(key).halfWidthMillis()
                        > WIDEST * Math.max(typical / 2, blocks(key).medianMillis()))
        .toList();
  }
}
