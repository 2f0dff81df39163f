package org.proxyless.search.train;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.proxyless.base.State;
import org.proxyless.search.strategy.PathScore;

/**
 * Finds the best of several at a part of what it costs to score all of them exactly: each is scored
 * on few images, the worse half drops out, the others are scored on twice as many, until two are
 * left for the final (successive halving: Jamieson and Talwalkar, 2016).
 */
final class Race {
  private static final String SCORES = ".heats";
  static final int FINALISTS = 2;
  private static final Comparator<PathScore> WORST_FIRST =
      Comparator.comparingDouble(PathScore::accuracy)
          .thenComparing(Comparator.comparingDouble(PathScore::loss).reversed());

  private final List<List<PathScore>> scores; // by entrant and heat

  /**
   * What is to be scored next.
   *
   * @param entrant its number
   * @param number of the heat, from 0
   * @param isFinal whether nobody drops out after it
   */
  record Heat(int entrant, int number, boolean isFinal) {}

  Race(int entrants) {
    scores =
        IntStream.range(0, entrants).<List<PathScore>>mapToObj(i -> new ArrayList<>()).toList();
  }

  /** Scores in all of a race of so many. */
  static int scores(int entrants) {
    int all = entrants;
    for (int left = entrants; left > FINALISTS; ) {
      left = half(left);
      all += left;
    }
    return all;
  }

  static int half(int entrants) {
    return Math.max(FINALISTS, (entrants + 1) / 2);
  }

  /** Scores that there are. */
  int scored() {
    return scores.stream().mapToInt(List::size).sum();
  }

  /** The next to score; empty if all is decided. */
  Optional<Heat> next() {
    List<Integer> running = IntStream.range(0, scores.size()).boxed().toList();
    for (int heat = 0; ; heat++) {
      int number = heat;
      Optional<Integer> missing =
          running.stream().filter(entrant -> scores.get(entrant).size() <= number).findFirst();
      boolean last = running.size() <= FINALISTS;
      if (missing.isPresent()) {
        return Optional.of(new Heat(missing.get(), heat, last));
      }
      if (last) {
        return Optional.empty();
      }
      running = running.stream().sorted(order(heat)).limit(half(running.size())).sorted().toList();
    }
  }

  /** By what they did in a heat, the best first; of equals the one that entered first. */
  private Comparator<Integer> order(int heat) {
    return Comparator.<Integer, PathScore>comparing(
        entrant -> scores.get(entrant).get(heat), WORST_FIRST.reversed());
  }

  /** Takes the score that {@link #next} asked for. */
  void add(PathScore score) {
    scores.get(next().orElseThrow().entrant()).add(score);
  }

  /** All entrants, the best first: those that came farther before those that dropped out. */
  List<Integer> ranking() {
    return IntStream.range(0, scores.size())
        .boxed()
        .sorted(
            Comparator.<Integer>comparingInt(entrant -> -scores.get(entrant).size())
                .thenComparing(this::last, WORST_FIRST.reversed()))
        .toList();
  }

  /** An entrant's latest score. */
  PathScore last(int entrant) {
    List<PathScore> own = scores.get(entrant);
    return own.get(own.size() - 1);
  }

  /** The accuracy of the first of the ranking; 0 before the first score. */
  double bestAccuracy() {
    return scored() < scores.size() || scores.isEmpty() ? 0 : last(ranking().get(0)).accuracy();
  }

  /** Keeps the scores, under a prefix and the entrants' numbers. */
  void save(State state, String prefix) {
    for (int i = 0; i < scores.size(); i++) {
      double[] values =
          scores.get(i).stream()
              .flatMapToDouble(s -> DoubleStream.of(s.loss(), s.accuracy()))
              .toArray();
      state.put(prefix + number(i) + SCORES, values);
    }
  }

  /** Takes back what was saved, if it was. */
  void restore(State state, String prefix) {
    for (int i = 0; i < scores.size(); i++) {
      double[] values = state.numbersBelow(prefix + number(i)).getOrDefault(SCORES, new double[0]);
      for (int v = 0; v < values.length; v += 2) {
        scores.get(i).add(new PathScore(values[v], values[v + 1]));
      }
    }
  }

  /** An entrant's number as names have it, in order. */
  static String number(int entrant) {
    return String.format(Locale.ROOT, "%06d", entrant);
  }
}
