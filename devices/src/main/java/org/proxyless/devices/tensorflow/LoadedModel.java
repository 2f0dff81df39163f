package org.proxyless.devices.tensorflow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.proxyless.base.InvalidInputException;
import org.proxyless.devices.DeviceProfile;
import org.proxyless.devices.format.ImageModel;
import org.proxyless.network.Shape;
import org.tensorflow.Result;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;

/** An exported network, loaded and ready to classify images. */
public final class LoadedModel implements ImageModel {
  private final TensorFlowRuntime runtime;
  private final Shape imageShape;
  private final List<String> classNames;
  private final String images;
  private final String logits;
  private final String probabilities;

  private LoadedModel(Path folder, TensorFlowRuntime.Loaded loaded) {
    runtime = loaded.runtime();
    SignatureDef signature =
        loaded.definition().getSignatureDefMap().get(SavedModelWriter.SIGNATURE);
    if (signature == null) {
      throw unfit(folder, "it has no signature '" + SavedModelWriter.SIGNATURE + "'");
    }
    TensorInfo input = signature.getInputsMap().get(DeployedGraph.IMAGES);
    if (input == null || input.getDtype() != DataType.DT_UINT8) {
      throw unfit(folder, "its signature has no input 'images' of unsigned bytes");
    }
    imageShape = imageShape(folder, input.getTensorShape());
    images = input.getName();
    logits = output(folder, signature, DeployedGraph.LOGITS);
    probabilities = output(folder, signature, DeployedGraph.PROBABILITIES);
    classNames = classNames(folder, loaded.definition());
  }

  /**
   * Loads a network that {@link SavedModelWriter} wrote.
   *
   * @param folder {@code NAME}, of which the highest version is taken, or {@code NAME/VERSION}
   * @throws InvalidInputException if there is no such SavedModel, or it is none of this layout
   */
  public static LoadedModel open(Path folder, DeviceProfile profile) {
    Path version = versionFolder(folder);
    TensorFlowRuntime.Loaded loaded = TensorFlowRuntime.load(version, profile);
    try {
      return new LoadedModel(version, loaded);
    } catch (RuntimeException e) {
      loaded.runtime().close();
      throw e;
    }
  }

  @Override
  public Shape imageShape() {
    return imageShape;
  }

  @Override
  public List<String> classNames() {
    return classNames;
  }

  @Override
  public float[][] probabilities(byte[] pixels, int count) {
    return run(pixels, count, probabilities);
  }

  /**
   * What goes into the softmax, for each image and class.
   *
   * @param pixels [count, height, width, channels], row-major, as unsigned bytes
   */
  public float[][] logits(byte[] pixels, int count) {
    return run(pixels, count, logits);
  }

  /** A tensor of images [count, height, width, channels], which the caller closes. */
  public TUint8 tensor(byte[] pixels, int count) {
    if (count < 1 || pixels.length != count * imageShape.elements()) {
      throw new IllegalArgumentException(
          pixels.length + " bytes are not " + count + " images of " + imageShape);
    }
    return TUint8.tensorOf(
        org.tensorflow.ndarray.Shape.of(
            count, imageShape.height(), imageShape.width(), imageShape.channels()),
        DataBuffers.of(pixels, true, false));
  }

  /** One call as a server makes it: from images to probabilities, which the caller closes. */
  public Result call(TUint8 tensor) {
    return runtime.run(images, tensor, probabilities);
  }

  @Override
  public void close() {
    runtime.close();
  }

  private float[][] run(byte[] pixels, int count, String output) {
    try (TUint8 tensor = tensor(pixels, count);
        Result result = runtime.run(images, tensor, output)) {
      TFloat32 values = (TFloat32) result.get(0);
      float[] all = new float[(int) values.size()];
      values.copyTo(DataBuffers.of(all, false, false));
      int classes = all.length / count;
      float[][] rows = new float[count][classes];
      for (int i = 0; i < count; i++) {
        System.arraycopy(all, i * classes, rows[i], 0, classes);
      }
      return rows;
    }
  }

  /**
   * The folder of the version that is taken.
   *
   * @throws InvalidInputException if there is no SavedModel
   */
  public static Path versionFolder(Path folder) {
    if (Files.isRegularFile(folder.resolve(SavedModelWriter.MODEL_FILE))) {
      return folder;
    }
    Optional<Path> newest = Optional.empty();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> entries = Files.list(folder)) {
        newest =
            entries
                .filter(entry -> entry.getFileName().toString().matches("[0-9]{1,18}"))
                .filter(entry -> Files.isRegularFile(entry.resolve(SavedModelWriter.MODEL_FILE)))
                .max(Comparator.comparing(entry -> Long.valueOf(entry.getFileName().toString())));
      } catch (IOException e) {
        throw new UncheckedIOException("cannot list " + folder, e);
      }
    }
    return newest.orElseThrow(
        () ->
            new InvalidInputException(
                folder
                    + " is no SavedModel: there is no "
                    + SavedModelWriter.MODEL_FILE
                    + " in it or in a version folder. Give the folder that 'export' wrote."));
  }

  private static Shape imageShape(Path folder, TensorShapeProto shape) {
    if (shape.getDimCount() != 4
        || shape.getDimList().stream().skip(1).anyMatch(extent -> extent.getSize() < 1)) {
      throw unfit(folder, "its input 'images' is not [batch, height, width, channels]");
    }
    return new Shape(
        (int) shape.getDim(1).getSize(),
        (int) shape.getDim(2).getSize(),
        (int) shape.getDim(3).getSize());
  }

  private static String output(Path folder, SignatureDef signature, String name) {
    TensorInfo output = signature.getOutputsMap().get(name);
    if (output == null) {
      throw unfit(folder, "its signature has no output '" + name + "'");
    }
    return output.getName();
  }

  private static List<String> classNames(Path folder, MetaGraphDef definition) {
    if (definition.getAssetFileDefCount() != 1) {
      throw unfit(folder, "it has not one asset, the class names");
    }
    Path file =
        folder
            .resolve(SavedModelWriter.ASSETS)
            .resolve(definition.getAssetFileDef(0).getFilename());
    try {
      return List.copyOf(Files.readAllLines(file));
    } catch (IOException e) {
      throw new InvalidInputException(
          "class names " + file + " cannot be read (" + e + "). Export the network again.", e);
    }
  }

  private static InvalidInputException unfit(Path folder, String reason) {
    return new InvalidInputException(
        "SavedModel " + folder + " was not written by 'export': " + reason + ".");
  }
}
