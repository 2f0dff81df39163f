package org.proxyless.search.train;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.proxyless.base.State;
import org.proxyless.network.Network;
import org.proxyless.network.NetworkWeights;
import org.proxyless.network.Shape;
import org.proxyless.search.data.Batch;
import org.proxyless.search.data.BatchStream;
import org.proxyless.search.strategy.PathScore;
import org.proxyless.search.supernet.DivergedException;
import org.proxyless.search.supernet.Supernet;

/** Trains one network, without any choice, and computes its batch-norm statistics. */
public final class NetworkTraining implements AutoCloseable {
  /** Training batches that the batch-norm statistics are averaged over. */
  public static final int CALIBRATION_BATCHES = 50;

  /** The initial learning rate for an image of the batch: 0.4 for a batch of 256. */
  public static final double INITIAL_RATE = 0.4 / CosineSchedule.PUBLISHED_BATCH_SIZE;

  private static final String NETWORK = "network.";
  private static final int[] NO_CHOICE = {};

  private final Supernet network;
  private final Shape input;
  private final int classes;
  private final TrainingRecipe recipe;
  private final Optional<WeightAverage> average;

  /** Hears the score of every step. */
  @FunctionalInterface
  public interface StepObserver {
    /** A step is done. */
    void step(long step, double learningRate, PathScore score);
  }

  /**
   * @param random the source of the first weights
   */
  public NetworkTraining(Network network, Supernet.Settings settings, RandomGenerator random) {
    this(network, settings, TrainingRecipe.plain(settings.labelSmoothing()), random);
  }

  /**
   * A training that differs from the usual one.
   *
   * @param settings of the steps, whose smoothing of labels the recipe replaces
   * @param recipe stays the caller's to close
   * @param random the source of the first weights
   */
  public NetworkTraining(
      Network network, Supernet.Settings settings, TrainingRecipe recipe, RandomGenerator random) {
    this.network =
        Supernet.of(
            network,
            new Supernet.Settings(
                settings.batchSize(),
                settings.threads(),
                settings.weightDecay(),
                recipe.labelSmoothing(),
                recipe.classWeights().isPresent()),
            random);
    this.input = network.input();
    this.classes = network.classes();
    this.recipe = recipe;
    this.average =
        recipe.averageDecay() == 0
            ? Optional.empty()
            : Optional.of(new WeightAverage(recipe.averageDecay(), weights()));
  }

  /** The weights as they are now, without statistics. */
  public NetworkWeights weights() {
    return network.weights(NO_CHOICE);
  }

  /** Starts from weights that were trained before, such as a supernet's. */
  public void inherit(NetworkWeights weights) {
    network.assign(NO_CHOICE, weights);
    average.ifPresent(mean -> mean.restart(weights()));
  }

  /** Weights and momentum. */
  public void save(State state) {
    state.putTensors(NETWORK, state());
  }

  /** Takes weights and momentum over. */
  public void restore(State state) {
    restore(state.tensorsBelow(NETWORK));
  }

  /** Weights and momentum by name, to come back to. */
  public Map<String, float[]> state() {
    Map<String, float[]> state = network.state();
    average.ifPresent(mean -> state.putAll(mean.state()));
    return state;
  }

  /** Comes back to what {@link #state} told. */
  public void restore(Map<String, float[]> state) {
    if (average.isEmpty()) {
      network.restore(state);
      return;
    }
    average.get().restore(state);
    Map<String, float[]> own = new HashMap<>(state);
    own.keySet().removeIf(WeightAverage::isName);
    network.restore(own);
  }

  /**
   * Trains with a learning rate that falls along a cosine to 0.
   *
   * @param training the batches of the steps to come
   * @param done steps that were done before
   * @param steps in all
   * @param initialRate of the first step
   * @param observer hears the score of every step
   */
  public void train(
      BatchStream training, long done, long steps, double initialRate, StepObserver observer) {
    for (long step = done; step < steps; step++) {
      step(training, step, steps, initialRate, observer);
    }
  }

  /**
   * One step of such a training.
   *
   * @param step its number, from 0
   * @param steps in all
   */
  public void step(
      BatchStream training, long step, long steps, double initialRate, StepObserver observer) {
    step(training, step, new CosineSchedule(initialRate, steps).rate(step), observer);
  }

  /** One step at a rate. */
  public void step(BatchStream training, long step, double rate, StepObserver observer) {
    PathScore score;
    try {
      score = train(training.next(), step, rate);
    } catch (DivergedException e) {
      throw e.in("step " + step + " of training the network");
    }
    average.ifPresent(mean -> mean.add(weights()));
    observer.step(step, rate, score);
  }

  private PathScore train(Batch batch, long step, double rate) {
    if (recipe.isPlain()) {
      return network.trainWeights(NO_CHOICE, batch, rate);
    }
    TrainingRecipe.Prepared prepared = recipe.prepare(batch, input, classes, step);
    return network.trainWeights(NO_CHOICE, prepared.batch(), prepared.targets(), rate);
  }

  /**
   * The mean score over all whole batches, with the statistics of each batch: quicker than
   * calibrating first, and good enough to follow a training.
   *
   * @param images a batch at least
   */
  public PathScore score(BatchStream images) {
    double loss = 0;
    double accuracy = 0;
    int batches = 0;
    while (images.hasNext()) {
      Batch batch = images.next();
      if (batch.size() == network.batchSize()) {
        PathScore score = network.score(NO_CHOICE, batch);
        loss += score.loss();
        accuracy += score.accuracy();
        batches++;
      }
    }
    return new PathScore(loss / batches, accuracy / batches);
  }

  /**
   * The weights with batch-norm statistics averaged over {@value #CALIBRATION_BATCHES} batches, as
   * a network in deployment uses them.
   *
   * @param training batches without augmentation
   */
  public NetworkWeights calibrated(BatchStream training) {
    return calibrated(training, CALIBRATION_BATCHES);
  }

  /**
   * The same with the statistics averaged over so many batches. Where weights are averaged, these
   * are what is calibrated; the training goes on from its own.
   */
  NetworkWeights calibrated(BatchStream training, int batches) {
    if (average.isEmpty()) {
      return calibratedAsIs(training, batches);
    }
    Map<String, float[]> own = network.state();
    network.assign(NO_CHOICE, average.get().mean());
    try {
      return calibratedAsIs(training, batches);
    } finally {
      network.restore(own);
    }
  }

  private NetworkWeights calibratedAsIs(BatchStream training, int batches) {
    NetworkWeights weights = network.weights(NO_CHOICE);
    for (int b = 0; b < batches; b++) {
      Batch batch = training.next();
      Map<NetworkWeights.Key, float[]> statistics = network.batchStatistics(batch);
      for (Map.Entry<NetworkWeights.Key, float[]> entry : statistics.entrySet()) {
        float[] own = entry.getValue();
        if (b == 0) {
          weights.put(entry.getKey(), new float[own.length]);
        }
        float[] mean = weights.get(entry.getKey());
        for (int i = 0; i < mean.length; i++) {
          mean[i] += own[i] / batches;
        }
      }
    }
    return weights;
  }

  @Override
  public void close() {
    network.close();
  }
}
