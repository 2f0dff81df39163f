package org.proxyless.search.job.derive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import org.proxyless.base.AtomicFile;
import org.proxyless.base.FileTree;
import org.proxyless.devices.DeviceProfile;
import org.proxyless.devices.DeviceRuntimes;
import org.proxyless.devices.format.NetworkFormat;
import org.proxyless.devices.format.NetworkFormats;
import org.proxyless.devices.tensorflow.DeployedGraph;
import org.proxyless.devices.tensorflow.LoadedModel;
import org.proxyless.devices.tensorflow.SavedModelWriter;
import org.proxyless.network.Network;
import org.proxyless.network.NetworkFile;
import org.proxyless.search.data.Dataset;
import org.proxyless.search.job.keeping.TrainedNetwork;
import org.proxyless.search.job.prepare.DataCard;
import org.proxyless.search.train.Evaluation;
import org.proxyless.search.train.Predictions;

/**
 * A network in the form that is deployed: a SavedModel for TensorFlow Serving.
 *
 * @param savedModel the folder that holds the version and, beside it, {@code network.json} and
 *     {@code provenance.json}, which servers pass over
 */
public record Deployment(Path savedModel) {
  /** The device that an export is run on: any will do, since probabilities don't depend on it. */
  public static final DeviceProfile CHECKING =
      new DeviceProfile(
          "check",
          DeviceProfile.Kind.CPU,
          DeviceProfile.Runtime.TENSORFLOW,
          Runtime.getRuntime().availableProcessors(),
          1,
          DeviceProfile.Precision.FLOAT32);

  private static final String PROVENANCE = "provenance.json";

  /**
   * Exports a trained network.
   *
   * @param savedModel the folder that gets the version; must not be there yet
   * @param provenance of the network, copied beside the version
   */
  public static Deployment export(TrainedNetwork trained, Path savedModel, Path provenance) {
    Network network = trained.network();
    DataCard data = trained.data();
    try {
      SavedModelWriter.write(
          savedModel,
          network,
          DeployedGraph.of(network, trained.weights(), data.normalization()),
          data.classNames());
      AtomicFile.write(savedModel.resolve(PROVENANCE), Files.readAllBytes(provenance));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the SavedModel " + savedModel, e);
    }
    NetworkFile.write(network, savedModel.resolve("network.json"));
    return new Deployment(savedModel);
  }

  /**
   * The file that a device runs: the SavedModel or, beside it, one in the format of the device's
   * runtime, which is written if it is not there.
   *
   * @param provenance of the network
   */
  Path fileFor(DeviceProfile device, TrainedNetwork trained, Dataset dataset, Path provenance) {
    Optional<NetworkFormat> format =
        DeviceRuntimes.of(device).format(device).map(NetworkFormats::named);
    if (format.isEmpty()) {
      return savedModel;
    }
    Path file = FormatExport.file(savedModel, trained.network(), format.get());
    if (!Files.exists(file)) {
      FormatExport.write(trained, savedModel, List.of(format.get()), dataset, provenance);
    }
    return file;
  }

  /** Moves the folder to another name beside it. */
  Deployment renamed(String name) {
    Path renamed = savedModel.resolveSibling(name);
    try {
      return new Deployment(Files.move(savedModel, renamed, StandardCopyOption.ATOMIC_MOVE));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot rename " + savedModel + " to " + renamed, e);
    }
  }

  /** Replaces the provenance when there is more to say. */
  public void update(Path provenance) {
    try {
      AtomicFile.write(savedModel.resolve(PROVENANCE), Files.readAllBytes(provenance));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + provenance, e);
    }
  }

  /** Loads the file back and runs it on the test images. */
  public Evaluation evaluate(Dataset dataset) {
    return predict(dataset).evaluation();
  }

  private Predictions predict(Dataset dataset) {
    try (LoadedModel model = LoadedModel.open(savedModel, CHECKING)) {
      return Predictions.of(model, dataset.test());
    }
  }

  /**
   * Exports a trained network to a temporary folder, and runs that file on the test images.
   *
   * @param provenance copied beside it
   */
  public static Evaluation evaluate(TrainedNetwork trained, Dataset dataset, Path provenance) {
    return predict(trained, dataset, provenance).evaluation();
  }

  /** The same, with what it says of each image. */
  public static Predictions predict(TrainedNetwork trained, Dataset dataset, Path provenance) {
    try {
      Path folder = Files.createTempDirectory("proxyless-evaluate");
      try {
        return export(trained, folder.resolve("model"), provenance).predict(dataset);
      } finally {
        FileTree.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot use a temporary folder", e);
    }
  }
}
