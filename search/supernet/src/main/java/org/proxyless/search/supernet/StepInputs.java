package org.proxyless.search.supernet;

import java.util.Arrays;
import java.util.Optional;
import org.proxyless.network.BlockGraph;
import org.proxyless.network.Shape;
import org.proxyless.search.data.Batch;
import org.proxyless.search.supernet.graph.InputGates;
import org.proxyless.search.supernet.graph.TrainingGraph;
import org.tensorflow.Session;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/** The tensors that the steps of a supernet are fed, filled anew for each step. */
sealed class StepInputs implements AutoCloseable permits MixtureInputs {
  private final int batchSize;
  private final int classes;
  private final int[] edgeSizes;
  private final Optional<InputGates> inputGates;
  private final TFloat32 images;
  private final TFloat32 labels;
  private final TFloat32 rate = TFloat32.scalarOf(0);
  private final TBool active;
  private final TBool inactive;
  private final float[] labelBuffer;
  private final Optional<TFloat32> weights;

  /**
   * @param input shape of an image
   * @param edgeSizes the number of candidates of each edge
   */
  StepInputs(int batchSize, Shape input, int classes, int[] edgeSizes) {
    this(batchSize, input, classes, edgeSizes, Optional.empty(), false);
  }

  /**
   * Of a graph.
   *
   * @param weighs whether the graph takes weights of the images, which then count differently
   */
  StepInputs(int batchSize, BlockGraph graph, boolean weighs) {
    this(
        batchSize,
        graph.input(),
        graph.classes(),
        graph.sizes(),
        Optional.of(new InputGates(graph)),
        weighs);
  }

  private StepInputs(
      int batchSize,
      Shape input,
      int classes,
      int[] edgeSizes,
      Optional<InputGates> inputGates,
      boolean weighs) {
    this.batchSize = batchSize;
    this.classes = classes;
    this.edgeSizes = edgeSizes;
    this.inputGates = inputGates;
    images =
        TFloat32.tensorOf(
            org.tensorflow.ndarray.Shape.of(
                batchSize, input.height(), input.width(), input.channels()));
    labels = TFloat32.tensorOf(org.tensorflow.ndarray.Shape.of(batchSize, classes));
    labelBuffer = new float[batchSize * classes];
    weights =
        weighs
            ? Optional.of(TFloat32.tensorOf(org.tensorflow.ndarray.Shape.of(batchSize, 1)))
            : Optional.empty();
    // A tensor without elements is not to be had from every allocator.
    org.tensorflow.ndarray.Shape gates =
        org.tensorflow.ndarray.Shape.of(
            Math.max(1, inputGates.map(InputGates::gates).orElse(Arrays.stream(edgeSizes).sum())));
    active = TBool.tensorOf(gates);
    inactive = TBool.tensorOf(gates);
  }

  /** Sets images and labels, a share of each label spread evenly over all classes. */
  void batch(Batch batch, double smoothing) {
    if (batch.size() != batchSize) {
      throw new IllegalArgumentException(
          "a batch of " + batch.size() + " images for steps of " + batchSize);
    }
    images.asRawTensor().data().asFloats().write(batch.images());
    Arrays.fill(labelBuffer, (float) (smoothing / classes));
    for (int i = 0; i < batchSize; i++) {
      labelBuffer[i * classes + batch.labels()[i]] += (float) (1 - smoothing);
    }
    labels.asRawTensor().data().asFloats().write(labelBuffer);
    float[] alike = new float[batchSize];
    Arrays.fill(alike, 1);
    weigh(alike);
  }

  /** Sets images, and what they are to be classified as. */
  void batch(Batch batch, SoftTargets targets) {
    batch(batch, 0);
    labels.asRawTensor().data().asFloats().write(targets.distributions());
    if (targets.weights() != null) {
      weigh(targets.weights());
    }
  }

  private void weigh(float[] ofImages) {
    weights.ifPresent(tensor -> tensor.asRawTensor().data().asFloats().write(ofImages));
  }

  /** The images as they are fed. */
  float[] images() {
    return Supernet.floats(images);
  }

  /** Sets the learning rate. */
  void rate(double value) {
    rate.setFloat((float) value);
  }

  /** Opens the gates of one path alone. */
  void path(int[] path) {
    gates(path, new boolean[path.length][0]);
  }

  /**
   * Opens the gates of a path, and those that let candidates beside it run.
   *
   * @param sampled by edge and candidate, the path's included or not; an edge may name none
   */
  void gates(int[] path, boolean[][] sampled) {
    if (path.length != edgeSizes.length) {
      throw new IllegalArgumentException(
          "a path of " + path.length + " choices for " + edgeSizes.length + " edges");
    }
    int first = 0;
    for (int e = 0; e < path.length; e++) {
      for (int c = 0; c < edgeSizes[e]; c++) {
        boolean beside = c < sampled[e].length && sampled[e][c] && c != path[e];
        active.setBoolean(c == path[e], first + c);
        inactive.setBoolean(beside, first + c);
      }
      first += edgeSizes[e];
    }
    inputGates.ifPresent(
        gates ->
            gates.set(
                path,
                sampled,
                (gate, open) -> active.setBoolean(open, gate),
                (gate, open) -> inactive.setBoolean(open, gate)));
  }

  /** Feeds all but the rate. */
  Session.Runner feed(Session.Runner runner) {
    feedBatch(runner);
    return edgeSizes.length == 0
        ? runner
        : runner.feed(TrainingGraph.ACTIVE, active).feed(TrainingGraph.INACTIVE, inactive);
  }

  /** Feeds images and labels alone. */
  final Session.Runner feedBatch(Session.Runner runner) {
    weights.ifPresent(tensor -> runner.feed(TrainingGraph.IMAGE_WEIGHTS, tensor));
    return runner.feed(TrainingGraph.IMAGES, images).feed(TrainingGraph.LABELS, labels);
  }

  /** Feeds everything. */
  final Session.Runner feedWithRate(Session.Runner runner) {
    return feed(runner).feed(TrainingGraph.RATE, rate);
  }

  @Override
  public void close() {
    images.close();
    labels.close();
    weights.ifPresent(TFloat32::close);
    rate.close();
    active.close();
    inactive.close();
  }
}
