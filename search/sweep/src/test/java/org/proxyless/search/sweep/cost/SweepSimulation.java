package org.proxyless.search.sweep.cost;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * Event by event what happens on a cluster whose busy workers fail at random: a cell whose worker
 * fails goes on from its last checkpoint on the next that is free, before all that wait.
 */
final class SweepSimulation {
  private record Event(double hour, Runnable what) {}

  private record Job(int cell, double done) {}

  private final Cluster cluster;
  private final double[] durations;
  private final SplittableRandom random;
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingDouble(Event::hour));
  private final Deque<Job> waiting = new ArrayDeque<>();
  private int free;
  private double now;
  private double lastEnd;
  private double workerHours;
  private int failures;
  private int finished;
  private long checkpoints;

  SweepSimulation(Cluster cluster, double[] durations, SplittableRandom random) {
    this.cluster = cluster;
    this.durations = durations;
    this.random = random;
  }

  void run() {
    for (int cell = 0; cell < durations.length; cell++) {
      waiting.addLast(new Job(cell, 0));
    }
    free = cluster.workers();
    startAll();
    while (!events.isEmpty()) {
      Event event = events.poll();
      now = event.hour();
      event.what().run();
      startAll();
    }
  }

  private void startAll() {
    while (free > 0 && !waiting.isEmpty()) {
      free--;
      start(waiting.pollFirst());
    }
  }

  private void start(Job job) {
    double needed = cluster.startHours() + durations[job.cell()] - job.done();
    double failsAfter = -Math.log(1 - random.nextDouble()) / cluster.failuresPerHour();
    double held = Math.min(needed, failsAfter);
    double worked = Math.max(0, held - cluster.startHours());
    long kept = (long) Math.floor((job.done() + worked) / cluster.checkpointHours() + 1e-9);
    long before = Math.round(job.done() / cluster.checkpointHours());
    at(
        now + held,
        () -> {
          workerHours += held;
          checkpoints += kept - before;
          if (failsAfter < needed) {
            failures++;
            checkpoints++; // is read again
            waiting.addFirst(new Job(job.cell(), kept * cluster.checkpointHours()));
            at(now + cluster.repairHours(), () -> free++);
          } else {
            finished++;
            lastEnd = now;
            free++;
          }
        });
  }

  private void at(double hour, Runnable what) {
    events.add(new Event(hour, what));
  }

  double hours() {
    return lastEnd;
  }

  double workerHours() {
    return workerHours;
  }

  int failures() {
    return failures;
  }

  int finished() {
    return finished;
  }

  long checkpointsSent() {
    return checkpoints;
  }
}
