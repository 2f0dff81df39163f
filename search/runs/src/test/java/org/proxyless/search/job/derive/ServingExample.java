package org.proxyless.search.job.derive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;

/** Serves an exported network with plain TensorFlow Java: nothing of this project is needed. */
public final class ServingExample {
  private ServingExample() {}

  /**
   * The likeliest class of an image.
   *
   * @param version the folder {@code export/NAME/1}
   * @param pixels [height, width, channels] as unsigned bytes, in the network's input size
   */
  public static String classify(Path version, byte[] pixels, int height, int width, int channels)
      throws IOException {
    List<String> classes = Files.readAllLines(version.resolve("assets/classes.txt"));
    Shape shape = Shape.of(1, height, width, channels);
    try (SavedModelBundle model = SavedModelBundle.load(version.toString(), "serve");
        TUint8 images = TUint8.tensorOf(shape, DataBuffers.of(pixels));
        Result result =
            model.function("serving_default").call(Map.<String, Tensor>of("images", images))) {
      TFloat32 probabilities = (TFloat32) result.get("probabilities").orElseThrow();
      int best = 0;
      for (int c = 1; c < classes.size(); c++) {
        if (probabilities.getFloat(0, c) > probabilities.getFloat(0, best)) {
          best = c;
        }
      }
      return classes.get(best);
    }
  }
}
