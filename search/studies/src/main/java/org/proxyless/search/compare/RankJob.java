package org.proxyless.search.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.proxyless.base.InvalidInputException;
import org.proxyless.latency.SpaceLatency;
import org.proxyless.latency.choice.PathSampler;
import org.proxyless.search.job.revisit.Estimation;
import org.proxyless.search.job.revisit.Estimation.Timed;
import org.proxyless.search.job.revisit.PastSearch;
import org.proxyless.search.job.revisit.ScratchTraining;
import org.proxyless.search.job.revisit.ScratchTraining.Outcome;
import org.proxyless.search.job.revisit.ScratchTraining.Task;
import org.proxyless.search.run.progress.Progress;
import org.proxyless.search.run.settings.RankSettings;
import org.proxyless.search.space.SearchSpace;

/**
 * Do cheap estimates order networks as full training does? Estimates random networks in one or
 * several ways, such as by the shared weights that a search ended with, trains the same from
 * scratch, and correlates the orders.
 */
public final class RankJob {
  private static final String FILE = "rank.json";

  private final RankSettings settings;
  private final Progress progress;

  /**
   * @param settings how many networks, and how to train them
   * @param progress where to show how far it is
   */
  public RankJob(RankSettings settings, Progress progress) {
    this.settings = settings;
    this.progress = progress;
  }

  /**
   * Correlates, and writes {@code rank.json} into the run's directory.
   *
   * @throws InvalidInputException if the run lacks the weights that an estimate needs, its data is
   *     not there, or the space holds too few networks
   */
  public Ranking run() {
    try (PastSearch search = PastSearch.open(settings.training(), progress)) {
      return search.logged(
          () -> {
            Ranking ranking = rank(search);
            ranking.writeJson(search.file(FILE));
            return ranking;
          });
    }
  }

  private Ranking rank(PastSearch search) {
    Long asked = settings.training().seed();
    long seed = asked == null ? search.settings().seed() : asked;
    List<Estimation> estimations =
        estimations(search, seed); // what they lack shows before the work
    SplittableRandom random = new SplittableRandom(seed);
    SpaceLatency latency = search.priced().latency();
    double targetMillis = search.settings().targetMillis();
    SearchSpace space = search.priced().space();
    DistinctPaths distinct = new DistinctPaths();
    List<int[]> paths = new ArrayList<>(ofTheSpace(distinct, space, random));
    paths.addAll(moreWithinTarget(distinct, latency, targetMillis, paths, random));
    List<List<Timed>> estimates =
        estimations.stream().map(estimation -> estimation.of(paths)).toList();
    List<Outcome> alone = alone(search, paths, seed);
    List<Ranking.Ranked> ranked = new ArrayList<>();
    for (int i = 0; i < paths.size(); i++) {
      double millis = latency.latencyMillis(paths.get(i));
      ranked.add(
          new Ranking.Ranked(
              space.network(paths.get(i)),
              i < settings.networks(),
              millis,
              millis <= targetMillis,
              alone.get(i).accuracy()));
    }
    double fullMacs =
        paths.stream().mapToDouble(path -> estimations.get(0).fullWork(path).macs()).sum();
    SplittableRandom resampling = random.split();
    List<Agreement> agreements = new ArrayList<>();
    for (int e = 0; e < estimates.size(); e++) {
      agreements.add(
          Agreement.of(
              settings.estimates().get(e), estimates.get(e), fullMacs, ranked, resampling.split()));
    }
    return new Ranking(
        search.path(), settings, seed, targetMillis, List.copyOf(ranked), agreements);
  }

  /**
   * Their trainings have a seed of their own: the same first weights and order of images as in the
   * trainings that they are compared with would make estimates look better than they are.
   */
  private List<Estimation> estimations(PastSearch search, long seed) {
    return settings.estimates().stream()
        .map(
            kind ->
                new Estimation(
                    search,
                    kind,
                    settings.training().withSeed(seed + 1),
                    settings.fidelity(),
                    progress))
        .toList();
  }

  private List<int[]> ofTheSpace(
      DistinctPaths distinct, SearchSpace space, SplittableRandom random) {
    return distinct.draw(
        settings.networks(),
        () -> space.graph().draw(random),
        path -> true,
        "the space holds no more. Ask for fewer with --networks.");
  }

  /**
   * So many that half of the number asked for are within the target; a draw from the whole space
   * that is within it is a draw from those within it, so both may be taken together.
   */
  private List<int[]> moreWithinTarget(
      DistinctPaths distinct,
      SpaceLatency latency,
      double targetMillis,
      List<int[]> drawn,
      SplittableRandom random) {
    long within =
        drawn.stream().filter(path -> latency.latencyMillis(path) <= targetMillis).count();
    int missing = (int) Math.max(0, (settings.networks() + 1) / 2 - within);
    if (missing == 0) {
      return List.of();
    }
    PathSampler sampler = PathSampler.upTo(latency, targetMillis);
    return distinct.draw(
        missing,
        () -> sampler.draw(random),
        path -> true,
        "the target leaves no more. Ask for fewer with --networks.");
  }

  private List<Outcome> alone(PastSearch search, List<int[]> paths, long seed) {
    List<Task> tasks = new ArrayList<>();
    for (int i = 0; i < paths.size(); i++) {
      tasks.add(
          new Task("network " + (i + 1), search.priced().space().network(paths.get(i)), seed));
    }
    return new ScratchTraining(search, settings.training(), progress).train(tasks);
  }
}
