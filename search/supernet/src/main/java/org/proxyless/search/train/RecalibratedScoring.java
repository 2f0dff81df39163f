package org.proxyless.search.train;

import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.proxyless.devices.DeviceProfile;
import org.proxyless.devices.tensorflow.DeployedGraph;
import org.proxyless.devices.tensorflow.TensorFlowRuntime;
import org.proxyless.network.Network;
import org.proxyless.network.NetworkWeights;
import org.proxyless.network.Normalization;
import org.proxyless.network.Shape;
import org.proxyless.search.data.Batch;
import org.proxyless.search.data.BatchStream;
import org.proxyless.search.strategy.PathScore;
import org.proxyless.search.supernet.Supernet;
import org.tensorflow.Result;
import org.tensorflow.types.TFloat32;

/**
 * Scores networks as they would do in deployment with the weights they are given, such as those of
 * a supernet: the batch-norm statistics are averaged over {@value #CALIBRATION_BATCHES} training
 * batches for this very network, then held while it is run in its deployed form on other images.
 * Shared weights were trained on many paths, so no statistics kept along the way would fit one.
 */
public final class RecalibratedScoring {
  /** Training batches that the statistics are averaged over. */
  public static final int CALIBRATION_BATCHES = 20;

  private final Supernet.Settings settings;
  private final DeviceProfile device;
  private final Supplier<BatchStream> calibration;
  private final Supplier<BatchStream> images;
  private final Optional<ToDoubleFunction<Evaluation>> score;

  /**
   * @param settings batch size of the calibration, and threads
   * @param calibration opens endless training batches without augmentation; equal ones each time,
   *     so that all networks are treated alike
   * @param images opens the images that are scored, once each
   */
  public RecalibratedScoring(
      Supernet.Settings settings, Supplier<BatchStream> calibration, Supplier<BatchStream> images) {
    this(settings, calibration, images, Optional.empty());
  }

  /**
   * The same by another score.
   *
   * @param score of all images together; empty for the accuracy
   */
  public RecalibratedScoring(
      Supernet.Settings settings,
      Supplier<BatchStream> calibration,
      Supplier<BatchStream> images,
      Optional<ToDoubleFunction<Evaluation>> score) {
    this.score = score;
    this.settings = settings;
    this.calibration = calibration;
    this.images = images;
    device =
        new DeviceProfile(
            "scoring",
            DeviceProfile.Kind.CPU,
            DeviceProfile.Runtime.TENSORFLOW,
            settings.threads(),
            1,
            DeviceProfile.Precision.FLOAT32);
  }

  /**
   * Scores a network.
   *
   * @param weights its trained numbers; statistics are neither needed nor used
   */
  public PathScore score(Network network, NetworkWeights weights) {
    return scoreAsIs(network, recalibrated(network, weights));
  }

  /** Scores a network whose weights come with batch-norm statistics already. */
  public PathScore scoreAsIs(Network network, NetworkWeights calibrated) {
    // The images come normalised already, so the graph is entered behind its own normalisation.
    Normalization unused = Normalization.symmetric(network.input().channels());
    try (TensorFlowRuntime runtime =
            TensorFlowRuntime.load(DeployedGraph.of(network, calibrated, unused), device);
        BatchStream batches = images.get()) {
      Tally tally = new Tally(score.map(s -> new ScoreTally(network.classes(), s)));
      while (batches.hasNext()) {
        Batch batch = batches.next();
        tally.add(logits(runtime, batch, network.input()), batch.labels());
      }
      return tally.score();
    }
  }

  /** Scores a network in training, which stays as it is. */
  public PathScore score(Network network, NetworkTraining trained) {
    try (BatchStream batches = calibration.get()) {
      return scoreAsIs(network, trained.calibrated(batches, CALIBRATION_BATCHES));
    }
  }

  private NetworkWeights recalibrated(Network network, NetworkWeights weights) {
    // Its first weights are replaced at once: any will do.
    try (NetworkTraining plain = new NetworkTraining(network, settings, new SplittableRandom(0));
        BatchStream batches = calibration.get()) {
      plain.inherit(weights);
      return plain.calibrated(batches, CALIBRATION_BATCHES);
    }
  }

  private static float[] logits(TensorFlowRuntime runtime, Batch batch, Shape shape) {
    try (TFloat32 tensor =
        TFloat32.tensorOf(
            org.tensorflow.ndarray.Shape.of(
                batch.size(), shape.height(), shape.width(), shape.channels()))) {
      tensor.asRawTensor().data().asFloats().write(batch.images());
      try (Result result = runtime.run(DeployedGraph.NORMALIZED, tensor, DeployedGraph.LOGITS)) {
        float[] logits = new float[(int) result.get(0).shape().size()];
        result.get(0).asRawTensor().data().asFloats().read(logits);
        return logits;
      }
    }
  }

  /** Sums up how batches were classified. */
  static final class Tally {
    private final Optional<ScoreTally> other;
    private double loss;
    private int correct;
    private int images;

    /** Of the accuracy. */
    Tally() {
      this(Optional.empty());
    }

    /**
     * @param other sums up another score than the accuracy
     */
    Tally(Optional<ScoreTally> other) {
      this.other = other;
    }

    /**
     * @param logits [batch, classes]
     * @param labels [batch]
     */
    void add(float[] logits, int[] labels) {
      int classes = logits.length / labels.length;
      int[] predicted = new int[labels.length];
      double before = loss;
      for (int i = 0; i < labels.length; i++) {
        int first = i * classes;
        int best = first;
        for (int c = first; c < first + classes; c++) {
          best = logits[c] > logits[best] ? c : best;
        }
        double sum = 0;
        for (int c = first; c < first + classes; c++) {
          sum += Math.exp(logits[c] - logits[best]);
        }
        loss += Math.log(sum) + logits[best] - logits[first + labels[i]];
        predicted[i] = best - first;
        correct += best == first + labels[i] ? 1 : 0;
        images++;
      }
      other.ifPresent(tally -> tally.add((loss - before) / labels.length, labels, predicted));
    }

    PathScore score() {
      return other
          .map(ScoreTally::score)
          .orElseGet(() -> new PathScore(loss / images, (double) correct / images));
    }
  }
}
