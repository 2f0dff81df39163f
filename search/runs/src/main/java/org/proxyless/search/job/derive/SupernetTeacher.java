package org.proxyless.search.job.derive;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.proxyless.devices.DeviceProfile;
import org.proxyless.devices.tensorflow.DeployedGraph;
import org.proxyless.devices.tensorflow.TensorFlowRuntime;
import org.proxyless.latency.choice.OperatorChoice;
import org.proxyless.network.BlockGraph;
import org.proxyless.network.Network;
import org.proxyless.network.NetworkWeights;
import org.proxyless.network.Normalization;
import org.proxyless.network.Operator;
import org.proxyless.network.Shape;
import org.proxyless.search.data.BatchStream;
import org.proxyless.search.job.prepare.Batches;
import org.proxyless.search.space.SearchSpace;
import org.proxyless.search.supernet.SharedWeights;
import org.proxyless.search.supernet.Supernet;
import org.proxyless.search.train.NetworkTraining;
import org.proxyless.search.train.Teacher;
import org.tensorflow.Result;
import org.tensorflow.types.TFloat32;

/** The network of a supernet that has the most arithmetic, with the weights it has there. */
public final class SupernetTeacher implements Teacher {
  private final Shape input;
  private final TensorFlowRuntime runtime;

  private SupernetTeacher(Network network, NetworkWeights calibrated, int threads) {
    this.input = network.input();
    // The images come normalised already, so the graph is entered behind its own normalisation.
    Normalization unused = Normalization.symmetric(input.channels());
    runtime =
        TensorFlowRuntime.load(
            DeployedGraph.of(network, calibrated, unused),
            new DeviceProfile(
                "teacher",
                DeviceProfile.Kind.CPU,
                DeviceProfile.Runtime.TENSORFLOW,
                threads,
                1,
                DeviceProfile.Precision.FLOAT32));
  }

  /**
   * Makes one, with batch-norm statistics computed on training images.
   *
   * @param shared the supernet's weights
   */
  public static SupernetTeacher of(
      SharedWeights shared, SearchSpace space, Supernet.Settings settings, Batches batches) {
    int[] path = largest(space.graph());
    Network network = space.network(path);
    // Its first weights are replaced at once: any will do.
    try (NetworkTraining plain = new NetworkTraining(network, settings, new SplittableRandom(0));
        BatchStream images = batches.training(Batches.Use.CALIBRATION)) {
      plain.inherit(shared.of(space.graph(), path));
      return new SupernetTeacher(network, plain.calibrated(images), settings.threads());
    }
  }

  /** The candidates with the most multiply-accumulates, as far as they make a network. */
  public static int[] largest(BlockGraph graph) {
    double[][] macs = Arrays.stream(graph.sizes()).mapToObj(double[]::new).toArray(double[][]::new);
    for (BlockGraph.Block block : graph.blocks()) {
      if (block.isChoice()) {
        List<Operator> candidates = block.candidates();
        for (int c = 0; c < candidates.size(); c++) {
          macs[block.decision()][c] += candidates.get(c).macs();
        }
      }
    }
    return OperatorChoice.best(macs, List.of(), graph.couplings());
  }

  @Override
  public float[] probabilities(float[] images, int size) {
    try (TFloat32 tensor =
        TFloat32.tensorOf(
            org.tensorflow.ndarray.Shape.of(
                size, input.height(), input.width(), input.channels()))) {
      tensor.asRawTensor().data().asFloats().write(images);
      try (Result result = runtime.run(DeployedGraph.NORMALIZED, tensor, DeployedGraph.LOGITS)) {
        float[] logits = new float[(int) result.get(0).shape().size()];
        result.get(0).asRawTensor().data().asFloats().read(logits);
        return softmax(logits, size);
      }
    }
  }

  /** Row by row. */
  static float[] softmax(float[] logits, int rows) {
    int classes = logits.length / rows;
    float[] probabilities = new float[logits.length];
    for (int first = 0; first < logits.length; first += classes) {
      double most = Double.NEGATIVE_INFINITY;
      for (int c = first; c < first + classes; c++) {
        most = Math.max(most, logits[c]);
      }
      double sum = 0;
      for (int c = first; c < first + classes; c++) {
        sum += Math.exp(logits[c] - most);
      }
      for (int c = first; c < first + classes; c++) {
        probabilities[c] = (float) (Math.exp(logits[c] - most) / sum);
      }
    }
    return probabilities;
  }

  @Override
  public void close() {
    runtime.close();
  }
}
