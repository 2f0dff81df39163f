package org.proxyless.search.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.proxyless.devices.DeviceProfile;
import org.proxyless.devices.tensorflow.DeployedGraph;
import org.proxyless.devices.tensorflow.LoadedModel;
import org.proxyless.devices.tensorflow.NetworkWeights;
import org.proxyless.devices.tensorflow.SavedModelWriter;
import org.proxyless.latency.Network;
import org.proxyless.latency.NetworkFile;
import org.proxyless.search.data.Dataset;
import org.proxyless.search.train.Evaluation;

/**
 * A network in the form that is deployed: a SavedModel for TensorFlow Serving, with {@code
 * network.json} beside it.
 *
 * @param savedModel the folder that holds the versions
 */
public record Deployment(Path savedModel) {
  /**
   * The device that an export is checked on: any will do, since probabilities don't depend on it.
   */
  private static final DeviceProfile CHECKING =
      new DeviceProfile(
          "check",
          DeviceProfile.Kind.CPU,
          DeviceProfile.Runtime.TENSORFLOW,
          Runtime.getRuntime().availableProcessors(),
          1,
          DeviceProfile.Precision.FLOAT32);

  /** Exports a trained network to {@code folder/NAME}. */
  public static Deployment export(
      Network network, NetworkWeights weights, Dataset dataset, Path folder) {
    Path savedModel = folder.resolve(network.name());
    try {
      SavedModelWriter.write(
          savedModel,
          network,
          DeployedGraph.of(network, weights, dataset.normalization()),
          dataset.classNames());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the SavedModel " + savedModel, e);
    }
    NetworkFile.write(network, folder.resolve("network.json"));
    return new Deployment(savedModel);
  }

  /** Loads the file back and runs it on the test images. */
  public Evaluation evaluate(Dataset dataset) {
    try (LoadedModel model = LoadedModel.open(savedModel, CHECKING)) {
      return Evaluation.of(model, dataset.test());
    }
  }
}
