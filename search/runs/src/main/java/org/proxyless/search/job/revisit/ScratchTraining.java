package org.proxyless.search.job.revisit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.proxyless.network.Network;
import org.proxyless.network.NetworkWeights;
import org.proxyless.search.estimate.CandidateTraining;
import org.proxyless.search.job.derive.Deployment;
import org.proxyless.search.job.keeping.RunningMean;
import org.proxyless.search.job.keeping.TrainedNetwork;
import org.proxyless.search.job.prepare.Batches;
import org.proxyless.search.job.prepare.DataCard;
import org.proxyless.search.job.prepare.Estimators;
import org.proxyless.search.run.Provenance;
import org.proxyless.search.run.progress.Phase;
import org.proxyless.search.run.progress.Progress;
import org.proxyless.search.run.settings.SearchSettings;
import org.proxyless.search.run.settings.TrainSettings;
import org.proxyless.search.train.Evaluation;

/**
 * Trains networks from fresh weights, all in the same way: for a seed each sees the same batches in
 * the same order at the same rates. Each is then calibrated, exported, and run on the test images.
 * What was trained so before is not trained again.
 */
public final class ScratchTraining {
  private static final String FILE = "scratch.yaml";

  private final PastSearch search;
  private final TrainSettings settings;
  private final Progress progress;

  /**
   * A training to do.
   *
   * @param name what the network is called while it goes on
   * @param seed of the first weights and the order of the images
   */
  public record Task(String name, Network network, long seed) {}

  /**
   * How a trained network did on the test images.
   *
   * @param correct images that were classified correctly
   * @param images all of them
   */
  public record Outcome(int correct, int images) {
    /** The share of images classified correctly. */
    public double accuracy() {
      return (double) correct / images;
    }
  }

  /**
   * @param settings of every training; their seed gives way to the task's
   */
  public ScratchTraining(PastSearch search, TrainSettings settings, Progress progress) {
    this.search = search;
    this.settings = settings;
    this.progress = progress;
  }

  /** Trains every network that was not trained before; the outcomes are in the tasks' order. */
  public List<Outcome> train(List<Task> tasks) {
    TrainedBefore before = TrainedBefore.read(search.file(FILE));
    long missing = tasks.stream().filter(task -> before.find(key(task)).isEmpty()).count();
    if (missing < tasks.size()) {
      progress.note(
          (tasks.size() - missing) + " of " + tasks.size() + " trainings are done already");
    }
    List<Outcome> outcomes = new ArrayList<>();
    try (Phase phase = progress.phase("train", missing * steps(settings(0)))) {
      for (Task task : tasks) {
        outcomes.add(outcome(task, before, phase));
      }
    }
    return outcomes;
  }

  private Outcome outcome(Task task, TrainedBefore before, Phase phase) {
    String key = key(task);
    Optional<TrainedBefore.Entry> known = before.find(key);
    if (known.isPresent()) {
      return new Outcome(known.get().correct(), known.get().images());
    }
    Evaluation evaluation = train(task, phase);
    int correct = (int) Math.round(evaluation.accuracy() * evaluation.images());
    before.add(
        new TrainedBefore.Entry(
            key, task.name(), task.seed(), settings.epochs(), correct, evaluation.images()));
    progress.note(
        String.format(
            Locale.ROOT,
            "%s, seed %d: %.2f %% of %d test images",
            task.name(),
            task.seed(),
            100 * evaluation.accuracy(),
            evaluation.images()));
    return new Outcome(correct, evaluation.images());
  }

  private Evaluation train(Task task, Phase phase) {
    SearchSettings inForce = settings(task.seed());
    RunningMean loss = new RunningMean();
    NetworkWeights weights =
        training(inForce)
            .train(
                task.network(),
                Optional.empty(),
                steps(inForce),
                (step, rate, score) ->
                    phase.step(
                        String.format(
                            Locale.ROOT,
                            "%s, seed %d: loss %.3f",
                            task.name(),
                            task.seed(),
                            loss.add(score.loss()))));
    return Deployment.evaluate(
        new TrainedNetwork(task.network(), weights, DataCard.of(search.dataset())),
        search.dataset(),
        search.file(Provenance.FILE));
  }

  private String key(Task task) {
    return TrainedBefore.key(task.network(), search.dataset(), settings(task.seed()));
  }

  /** The search's settings, but for what the training says. */
  private SearchSettings settings(long seed) {
    return search.settings().with(settings.withSeed(seed));
  }

  private long steps(SearchSettings inForce) {
    return training(inForce).steps(settings.epochs());
  }

  private CandidateTraining training(SearchSettings inForce) {
    return Estimators.training(inForce, new Batches(search.dataset(), inForce));
  }
}
