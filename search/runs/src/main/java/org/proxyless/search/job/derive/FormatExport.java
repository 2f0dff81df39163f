package org.proxyless.search.job.derive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.proxyless.base.AtomicFile;
import org.proxyless.base.InvalidInputException;
import org.proxyless.devices.format.DeployableNetwork;
import org.proxyless.devices.format.ImageModel;
import org.proxyless.devices.format.NetworkFormat;
import org.proxyless.devices.tensorflow.LoadedModel;
import org.proxyless.devices.tensorflow.SavedModelWriter;
import org.proxyless.network.Network;
import org.proxyless.search.data.Dataset;
import org.proxyless.search.data.Split;
import org.proxyless.search.job.keeping.TrainedNetwork;
import org.proxyless.search.job.prepare.DataCard;
import org.proxyless.search.train.Evaluation;

/**
 * A network in other formats, beside its SavedModel; each file that can be run here was loaded
 * again and compared with that.
 *
 * @param savedModel the folder that holds the SavedModel's version, and the files
 * @param testAccuracy of the SavedModel, 0 to 1
 * @param files in the order that was asked for
 */
public record FormatExport(Path savedModel, double testAccuracy, List<Exported> files) {
  /** Training images that ranges are told by, where a format needs them. */
  static final int CALIBRATION_IMAGES = 256;

  /** Test images whose probabilities are compared one by one. */
  private static final int COMPARED_IMAGES = 100;

  /**
   * One file.
   *
   * @param format it is written in
   * @param file where it is
   * @param bytes how long it is
   * @param check empty for a format that cannot be run here
   * @param caution what one should know of the network in this format, if anything
   */
  public record Exported(
      NetworkFormat format,
      Path file,
      long bytes,
      Optional<Check> check,
      Optional<String> caution) {
    /** The figures under stable keys; null for what is not known. */
    public Map<String, Object> figures() {
      Map<String, Object> figures = new LinkedHashMap<>();
      figures.put("format", format.name());
      figures.put("file", file.toAbsolutePath().toString());
      figures.put("bytes", bytes);
      figures.put("testAccuracy", check.map(Check::testAccuracy).orElse(null));
      figures.put("greatestDifference", check.map(Check::greatestDifference).orElse(null));
      return figures;
    }
  }

  /**
   * What a file did when it was loaded again.
   *
   * @param testAccuracy 0 to 1
   * @param greatestDifference of a probability from the SavedModel's, over some test images
   */
  public record Check(double testAccuracy, double greatestDifference) {}

  /**
   * Writes a network.
   *
   * @param folder of the SavedModel, which is written unless it is there
   * @param dataset the network was trained on
   * @param provenance of the network, copied beside the SavedModel
   * @throws InvalidInputException if one of the files is there already
   */
  public static FormatExport write(
      TrainedNetwork trained,
      Path folder,
      List<NetworkFormat> formats,
      Dataset dataset,
      Path provenance) {
    List<Path> files =
        formats.stream().map(format -> file(folder, trained.network(), format)).toList();
    files.forEach(FormatExport::requireNew);
    if (!Files.isDirectory(folder.resolve(SavedModelWriter.VERSION))) {
      Deployment.export(trained, folder, provenance);
    }
    DataCard data = trained.data();
    DeployableNetwork network =
        new DeployableNetwork(
            trained.network(), trained.weights(), data.normalization(), data.classNames());
    try (LoadedModel savedModel = LoadedModel.open(folder, Deployment.CHECKING)) {
      List<Exported> exported = new ArrayList<>();
      for (int f = 0; f < files.size(); f++) {
        exported.add(export(network, formats.get(f), files.get(f), dataset, savedModel));
      }
      double accuracy = Evaluation.of(savedModel, dataset.test()).accuracy();
      return new FormatExport(folder, accuracy, exported);
    }
  }

  /** The file of a network in a format, in the folder of its SavedModel. */
  public static Path file(Path folder, Network network, NetworkFormat format) {
    return folder.resolve(network.name() + format.suffix());
  }

  private static Exported export(
      DeployableNetwork network,
      NetworkFormat format,
      Path file,
      Dataset dataset,
      LoadedModel savedModel) {
    List<byte[]> calibration =
        format.needsCalibration() ? images(dataset.train().sample(CALIBRATION_IMAGES)) : List.of();
    byte[] content = format.write(network, calibration);
    AtomicFile.write(file, content);
    try {
      Optional<ImageModel> model = format.open(file);
      Optional<Check> check =
          model.map(opened -> check(opened, format, file, dataset.test(), savedModel));
      return new Exported(format, file, content.length, check, format.caution(network.network()));
    } catch (RuntimeException e) {
      delete(file);
      throw e;
    }
  }

  private static Check check(
      ImageModel opened, NetworkFormat format, Path file, Split test, LoadedModel savedModel) {
    try (opened) {
      double difference = greatestDifference(opened, savedModel, test.sample(COMPARED_IMAGES));
      if (difference > format.tolerance().orElse(Double.POSITIVE_INFINITY)) {
        throw new IllegalStateException(
            file + " gives probabilities that differ from the SavedModel's by " + difference);
      }
      return new Check(Evaluation.of(opened, test).accuracy(), difference);
    }
  }

  private static double greatestDifference(ImageModel model, ImageModel reference, Split images) {
    double greatest = 0;
    for (byte[] image : images(images)) {
      float[] expected = reference.probabilities(image, 1)[0];
      float[] actual = model.probabilities(image, 1)[0];
      for (int c = 0; c < expected.length; c++) {
        greatest = Math.max(greatest, Math.abs(expected[c] - actual[c]));
      }
    }
    return greatest;
  }

  private static List<byte[]> images(Split split) {
    return IntStream.range(0, split.size())
        .mapToObj(
            i -> {
              byte[] pixels = new byte[(int) split.shape().elements()];
              split.read(i, pixels);
              return pixels;
            })
        .toList();
  }

  private static void requireNew(Path file) {
    if (Files.exists(file)) {
      throw new InvalidInputException(
          "file " + file + " exists. Choose another folder with --out, or remove it.");
    }
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + file, e);
    }
  }
}
