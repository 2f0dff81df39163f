package org.proxyless.benchmarks.tables;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.proxyless.base.FileTree;
import org.proxyless.base.InvalidInputException;
import org.proxyless.benchmarks.process.MeasuringFailedException;
import org.proxyless.benchmarks.process.MeasuringProgress;
import org.proxyless.benchmarks.sites.LinkedSite;
import org.proxyless.benchmarks.sites.Visit;
import org.proxyless.benchmarks.sites.VisitMeasuring;
import org.proxyless.devices.DeviceProfile;
import org.proxyless.latency.Fingerprint;

/**
 * Measures many things in rounds. Each round is a process of its own and visits everything in
 * shuffled passes, so that what the machine does in between hits all alike; after every few visits
 * comes the sentinel, which tells whether the machine is as quick as before.
 */
public final class Campaign {
  private static final int SENTINEL_EVERY = 10;
  private static final int MOST_REPEATS_OF_THE_DROWNED = 3;

  /** What is doubted is believed after that many more rounds. */
  private static final int MOST_REPEATS_OF_THE_DOUBTED = 2;

  /** Where more than this part of all was disturbed, one more round is all there is. */
  private static final double MOSTLY = 0.7;

  private final Plan plan;
  private final Journal journal;
  private final MeasuringProgress progress;
  private final Function<Readings, List<String>> doubts;
  private final Visitor visitor;
  private int done;

  /**
   * @param journal what was visited before is not visited again
   */
  Campaign(Plan plan, Visitor visitor, Journal journal, MeasuringProgress progress) {
    this(plan, visitor, journal, progress, readings -> List.of());
  }

  /**
   * @param journal what was visited before is not visited again
   * @param doubts keys of what is hard to believe of what was read
   */
  Campaign(
      Plan plan,
      Visitor visitor,
      Journal journal,
      MeasuringProgress progress,
      Function<Readings, List<String>> doubts) {
    this.doubts = doubts;
    this.plan = plan;
    this.visitor = visitor;
    this.journal = journal;
    this.progress = progress;
  }

  /**
   * What to do.
   *
   * @param subject what the keys stand for
   * @param keys what is measured
   * @param sentinel key of the operator that tells whether the machine is as quick as before
   * @param rounds how many processes
   * @param passes how often each round visits everything
   * @param repeats how many more rounds there may be for what is not settled
   * @param seed of the orders
   */
  record Plan(
      VisitMeasuring.Subject subject,
      List<String> keys,
      String sentinel,
      int rounds,
      int passes,
      int repeats,
      long seed) {
    /** The order of a round, without the sentinel. */
    List<String> order(int round) {
      Random random = new Random(seed + round);
      List<String> order = new ArrayList<>();
      for (int pass = 0; pass < passes; pass++) {
        List<String> shuffled = new ArrayList<>(keys);
        Collections.shuffle(shuffled, random);
        order.addAll(shuffled);
      }
      return order;
    }

    int visitsOfEach() {
      return rounds * passes;
    }
  }

  /**
   * Asks TensorFlow for the device, in a process of its own, before anything is asked of its
   * driver.
   *
   * @throws InvalidInputException if it is not there
   */
  static void requireDevice(Plan plan) {
    DeviceProfile profile = plan.subject().profile();
    if (profile.kind() != DeviceProfile.Kind.CPU && !LinkedSite.suits(profile)) {
      Visitor.of(profile)
          .visit(
              new VisitMeasuring.Request(plan.subject(), List.of(), ""),
              (done, total, current) -> {},
              part -> {});
    }
  }

  /**
   * Makes all visits that are missing.
   *
   * @param machine what the measuring processes must find
   * @throws MeasuringFailedException if a measuring process dies, finds another machine, or
   *     something drowns in noise
   * @throws IOException if there is no place for networks while they are measured
   */
  Readings run(Fingerprint machine) throws IOException {
    Path folder = Files.createTempDirectory("proxyless-measuring");
    try {
      return run(machine, folder);
    } finally {
      FileTree.delete(folder);
    }
  }

  private Readings run(Fingerprint machine, Path folder) {
    for (int round = 0; round < plan.rounds(); round++) {
      visit(round, remaining(round), remainingAfter(round), machine, folder);
    }
    Set<String> keys = new LinkedHashSet<>(plan.keys());
    int repeats = repeatsDone();
    while (true) {
      Readings readings = new Readings(journal.visits());
      List<String> drowned = keys.stream().filter(readings::isDrowned).toList();
      Set<String> again = new LinkedHashSet<>(drowned);
      if (repeats < plan.repeats()) {
        again.addAll(readings.unsatisfying(keys, plan.visitsOfEach()));
      }
      if (repeats < MOST_REPEATS_OF_THE_DOUBTED) {
        again.addAll(doubts.apply(readings));
      }
      if (repeats < (readings.movedShare() > MOSTLY ? 1 : MOST_REPEATS_OF_THE_DOUBTED)) {
        keys.stream().filter(readings::isUnsettled).forEach(again::add);
      }
      if (repeats >= MOST_REPEATS_OF_THE_DROWNED) {
        again.clear();
      }
      if (again.isEmpty()) {
        requireNone(drowned);
        return readings;
      }
      progress.note(again.size() + " of " + keys.size() + " are measured again");
      List<String> order = new ArrayList<>(again);
      Collections.shuffle(order, new Random(plan.seed() + plan.rounds() + repeats));
      visit(plan.rounds() + repeats, order, 0, machine, folder);
      repeats++;
    }
  }

  private static void requireNone(List<String> drowned) {
    if (!drowned.isEmpty()) {
      throw new MeasuringFailedException(
          "the latency of "
              + String.join(", ", drowned)
              + " drowns in the machine's noise. Close other programs and measure again.");
    }
  }

  /** A repeat that was killed counts as done, or a campaign might never end. */
  private int repeatsDone() {
    return (int)
        journal.visits().stream()
            .mapToInt(Visit::round)
            .filter(round -> round >= plan.rounds())
            .distinct()
            .count();
  }

  private List<String> remaining(int round) {
    List<String> rest = plan.order(round);
    journal.visits().stream()
        .filter(visit -> visit.round() == round && !visit.sentinel())
        .forEach(visit -> rest.remove(visit.key()));
    return rest;
  }

  private int remainingAfter(int round) {
    int sum = 0;
    for (int later = round + 1; later < plan.rounds(); later++) {
      sum += withSentinel(remaining(later)).size();
    }
    return sum;
  }

  /** The order with the sentinel at its beginning, after every few visits, and at its end. */
  private List<String> withSentinel(List<String> order) {
    List<String> steps = new ArrayList<>();
    for (int i = 0; i < order.size(); i++) {
      if (i % SENTINEL_EVERY == 0) {
        steps.add(plan.sentinel());
      }
      steps.add(order.get(i));
    }
    steps.add(plan.sentinel());
    return steps;
  }

  private void visit(int round, List<String> order, int later, Fingerprint machine, Path folder) {
    List<String> rest = order;
    while (!rest.isEmpty()) {
      int before = journal.visits().size();
      visitInOneProcess(round, rest, later, machine, folder);
      List<Visit> made = journal.visits().subList(before, journal.visits().size());
      rest = new ArrayList<>(rest);
      for (Visit visit : made) {
        if (!visit.sentinel()) {
          rest.remove(visit.key());
        }
      }
    }
  }

  /** As far as the process goes before it has grown too large; at least one visit. */
  private void visitInOneProcess(
      int round, List<String> order, int later, Fingerprint machine, Path folder) {
    List<String> steps = withSentinel(order);
    int process = journal.visits().stream().mapToInt(Visit::process).max().orElse(-1) + 1;
    int before = done;
    VisitMeasuring.Answer answer =
        visitor.visit(
            new VisitMeasuring.Request(plan.subject(), steps, folder.toString()),
            steps(before, later),
            part -> add(process, round, order, part, before));
    List<String> differences = machine.differences(Fingerprint.of(answer.fingerprint()));
    if (!differences.isEmpty()) {
      throw new MeasuringFailedException(
          "the machine changed while it was measured: " + String.join("; ", differences));
    }
  }

  /** Tells the steps of one process as those of the whole campaign. */
  private MeasuringProgress steps(int before, int later) {
    return new MeasuringProgress() {
      @Override
      public void measuring(int step, int total, String current) {
        progress.measuring(before + step, before + total + later, current);
      }

      @Override
      public void note(String line) {
        progress.note(line);
      }
    };
  }

  private void add(int process, int round, List<String> order, Visit.Measured part, int before) {
    int step = done - before;
    // The sentinel stands before every block of visits, and at the end.
    boolean last = step == withSentinel(order).size() - 1;
    boolean sentinel = last || step % (SENTINEL_EVERY + 1) == 0;
    journal.add(new Visit(process, round, sentinel, part));
    done++;
  }
}
