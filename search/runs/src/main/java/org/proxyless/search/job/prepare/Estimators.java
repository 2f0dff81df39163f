package org.proxyless.search.job.prepare;

import java.util.function.Function;
import java.util.function.Supplier;
import org.proxyless.network.NetworkWeights;
import org.proxyless.network.Shape;
import org.proxyless.search.data.Dataset;
import org.proxyless.search.estimate.AccuracyEstimator;
import org.proxyless.search.estimate.CandidateTraining;
import org.proxyless.search.estimate.FullTraining;
import org.proxyless.search.estimate.Growth;
import org.proxyless.search.estimate.Inheritance;
import org.proxyless.search.estimate.LearningCurve;
import org.proxyless.search.estimate.LowFidelity;
import org.proxyless.search.estimate.RungTraining;
import org.proxyless.search.estimate.SharedWeightsScoring;
import org.proxyless.search.run.settings.EstimateKind;
import org.proxyless.search.run.settings.EstimateSettings;
import org.proxyless.search.run.settings.Fidelity;
import org.proxyless.search.run.settings.SearchSettings;
import org.proxyless.search.space.SearchSpace;
import org.proxyless.search.space.SearchSpaces;
import org.proxyless.search.supernet.Supernet;

/**
 * Makes estimators of one kind or another for the networks of a space.
 *
 * @param settings batch size, seed and threads of trainings
 * @param dataset to train on; networks are judged by its validation images
 * @param space whose networks are estimated
 * @param epochs of a full training
 * @param fidelity of a cheap one
 */
public record Estimators(
    SearchSettings settings, Dataset dataset, SearchSpace space, int epochs, Fidelity fidelity) {

  /** How candidates are trained with these settings. */
  public static CandidateTraining training(SearchSettings settings, Batches batches) {
    return new CandidateTraining(steps(settings), batches.ofCandidates(), settings.seed());
  }

  private static Supernet.Settings steps(SearchSettings settings) {
    return new Supernet.Settings(settings.batchSize(), settings.threads());
  }

  /**
   * Makes one.
   *
   * @param shared gives what a path has of a supernet's weights; asked only if these are needed
   */
  public AccuracyEstimator create(
      EstimateKind kind, Supplier<Function<int[], NetworkWeights>> shared) {
    return switch (kind) {
      case SHARED_WEIGHTS ->
          new SharedWeightsScoring(
              space::network, shared.get(), steps(settings), training().data());
      case INHERIT -> new Inheritance(space::network, shared.get(), training(), epochs);
      case LOW_FIDELITY -> lowFidelity();
      case MORPHISM -> new Growth(space::derive, training(), epochs, settings.seed());
      case LEARNING_CURVE -> new LearningCurve(space::network, training(), epochs);
      case FULL -> full();
    };
  }

  /** The one that all others are measured by. */
  public FullTraining full() {
    return new FullTraining(space::network, training(), epochs);
  }

  /** The training that an estimate costs at most, in parts of a full one. */
  static double share(EstimateSettings estimate) {
    return switch (estimate.kind()) {
      case SHARED_WEIGHTS -> 0;
      case INHERIT -> Inheritance.SHARE;
      case LOW_FIDELITY -> estimate.fidelity().cost();
      case MORPHISM -> Growth.FRESH_SHARE;
      case LEARNING_CURVE, FULL -> 1;
    };
  }

  private CandidateTraining training() {
    return training(settings, new Batches(dataset, settings));
  }

  /** Trainings from this fidelity to a full one, each going on from the one before. */
  public RungTraining rungs() {
    return new RungTraining(fidelity.rungs().stream().map(this::rung).toList());
  }

  private RungTraining.Rung rung(Fidelity rung) {
    Estimators cheap = new Estimators(settings, dataset, space, epochs, rung);
    Dataset less = cheap.less();
    return new RungTraining.Rung(
        cheap.smaller(less)::network,
        training(settings, new Batches(less, settings)),
        rung.epochs() * epochs,
        rung.cost());
  }

  private LowFidelity lowFidelity() {
    Dataset less = less();
    return new LowFidelity(
        smaller(less)::network,
        training(settings, new Batches(less, settings)),
        fidelity.epochs() * epochs);
  }

  private SearchSpace smaller(Dataset less) {
    return SearchSpaces.load(
        settings.space(), fidelity.channels() * settings.width(), less.shape(), less.classes());
  }

  private Dataset less() {
    Shape whole = dataset.shape();
    return dataset.reduced(
        share(fidelity.images(), dataset.train().size()),
        share(fidelity.side(), whole.height()),
        share(fidelity.side(), whole.width()));
  }

  private static int share(double share, int of) {
    return (int) Math.max(1, Math.round(share * of));
  }
}
