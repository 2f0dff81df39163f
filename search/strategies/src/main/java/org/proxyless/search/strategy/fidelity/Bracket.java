package org.proxyless.search.strategy.fidelity;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/**
 * Successive halving (Jamieson and Talwalkar, AISTATS 2016; the inner loop of Hyperband, Li et al.,
 * JMLR 2018, algorithm 1): n networks are trained with the budget of a rung, the best n/η of them
 * with that of the next, and so on to the last. A network that is promoted is trained on.
 */
final class Bracket {
  private final NetworkSource source;
  private final int rungs;
  private final double eta;
  private final int first;
  private final Deque<int[]> waiting = new ArrayDeque<>();
  private final List<Judged> judged = new ArrayList<>();
  private int rung;
  private int drawn;

  private record Judged(int[] path, double score) {}

  /**
   * @param source of networks
   * @param rungs how many there are in all
   * @param halvings s: how often networks are left behind; the bracket begins so many rungs below
   *     the last
   * @param eta of how many one is promoted
   */
  Bracket(NetworkSource source, int rungs, int halvings, double eta) {
    this.source = source;
    this.rungs = rungs;
    this.eta = eta;
    rung = rungs - 1 - halvings;
    // n = ⌈(s_max + 1)·η^s/(s + 1)⌉, but for what rounding adds
    first = (int) Math.ceil(rungs * Math.pow(eta, halvings) / (halvings + 1) - 1e-9);
  }

  /** Networks that it draws. */
  int networks() {
    return first;
  }

  boolean isDone() {
    return rung == rungs;
  }

  Trial next() {
    if (waiting.isEmpty()) {
      drawn++;
      return new Trial(source.draw(), rung);
    }
    return new Trial(waiting.removeFirst(), rung);
  }

  void tell(Trial trial, double score) {
    judged.add(new Judged(trial.path(), score));
    if (drawn < first || !waiting.isEmpty()) {
      return;
    }
    int promoted = rung == rungs - 1 ? 0 : (int) Math.floor(judged.size() / eta + 1e-9);
    judged.stream()
        .sorted(Comparator.comparingDouble(one -> -one.score()))
        .limit(promoted)
        .forEach(one -> waiting.add(one.path()));
    judged.clear();
    rung = promoted == 0 ? rungs : rung + 1;
  }
}
