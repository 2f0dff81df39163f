package org.proxyless.search.train;

import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.proxyless.devices.tensorflow.NetworkWeights;
import org.proxyless.latency.Network;
import org.proxyless.latency.Operator;
import org.proxyless.search.checkpoint.State;
import org.proxyless.search.data.Batch;
import org.proxyless.search.data.BatchStream;
import org.proxyless.search.strategy.PathScore;
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
    List<List<Operator>> blocks = network.operators().stream().map(List::of).toList();
    this.network = new Supernet(blocks, settings, random);
  }

  /** Starts from weights that were trained before, such as a supernet's. */
  public void inherit(NetworkWeights weights) {
    network.assign(NO_CHOICE, weights);
  }

  /** Weights and momentum. */
  public void save(State state) {
    state.putTensors(NETWORK, network.state());
  }

  /** Takes weights and momentum over. */
  public void restore(State state) {
    network.restore(state.tensorsBelow(NETWORK));
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
    CosineSchedule rates = new CosineSchedule(initialRate, steps);
    for (long step = done; step < steps; step++) {
      double rate = rates.rate(step);
      observer.step(step, rate, network.trainWeights(NO_CHOICE, training.next(), rate));
    }
  }

  /**
   * The weights with batch-norm statistics averaged over {@value #CALIBRATION_BATCHES} batches, as
   * a network in deployment uses them.
   *
   * @param training batches without augmentation
   */
  public NetworkWeights calibrated(BatchStream training) {
    NetworkWeights weights = network.weights(NO_CHOICE);
    for (int b = 0; b < CALIBRATION_BATCHES; b++) {
      Batch batch = training.next();
      Map<NetworkWeights.Key, float[]> statistics = network.batchStatistics(batch);
      for (Map.Entry<NetworkWeights.Key, float[]> entry : statistics.entrySet()) {
        float[] own = entry.getValue();
        if (b == 0) {
          weights.put(entry.getKey(), new float[own.length]);
        }
        float[] mean = weights.get(entry.getKey());
        for (int i = 0; i < mean.length; i++) {
          mean[i] += own[i] / CALIBRATION_BATCHES;
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
