package org.proxyless.devices.lite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.proxyless.base.InvalidInputException;
import org.proxyless.devices.format.ImageModel;
import org.proxyless.devices.lite.file.ImageMetadata;
import org.proxyless.devices.lite.interpreter.LiteInterpreter;
import org.proxyless.network.Shape;

/** A TensorFlow Lite file that classifies images, one after the other. */
final class LiteModel implements ImageModel {
  private final LiteInterpreter interpreter;
  private final List<String> classNames;

  private LiteModel(LiteInterpreter interpreter, List<String> classNames) {
    this.interpreter = interpreter;
    this.classNames = classNames;
  }

  /**
   * Loads a file that was exported.
   *
   * @param threads of the kernels
   * @throws InvalidInputException if it is no TensorFlow Lite file, or none that was exported
   */
  static LiteModel open(Path file, int threads) {
    byte[] content;
    try {
      content = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new InvalidInputException(
          file + " cannot be read (" + e + "). Give a TensorFlow Lite file.", e);
    }
    LiteInterpreter interpreter = LiteInterpreter.open(file.toString(), content, threads);
    try {
      requireImageClassifier(file, interpreter);
      return new LiteModel(interpreter, ImageMetadata.classNames(file.toString(), content));
    } catch (RuntimeException | Error e) {
      interpreter.close();
      throw e;
    }
  }

  private static void requireImageClassifier(Path file, LiteInterpreter interpreter) {
    if (!interpreter.isFromBytesToFloats()
        || interpreter.inputExtents().length != 4
        || interpreter.outputExtents(0).length != 2) {
      throw new InvalidInputException(
          file
              + " does not turn an image of unsigned bytes into floats. Give a file that 'export'"
              + " wrote.");
    }
  }

  @Override
  public Shape imageShape() {
    int[] extents = interpreter.inputExtents();
    return new Shape(extents[1], extents[2], extents[3]);
  }

  @Override
  public List<String> classNames() {
    return classNames;
  }

  @Override
  public float[][] probabilities(byte[] pixels, int count) {
    int length = (int) imageShape().elements();
    if (count < 1 || pixels.length != count * length) {
      throw new IllegalArgumentException(
          pixels.length + " bytes are not " + count + " images of " + imageShape());
    }
    float[][] probabilities = new float[count][];
    for (int i = 0; i < count; i++) {
      interpreter.run(Arrays.copyOfRange(pixels, i * length, (i + 1) * length));
      probabilities[i] = interpreter.output(0);
    }
    return probabilities;
  }

  @Override
  public void close() {
    interpreter.close();
  }
}
