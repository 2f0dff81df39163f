package org.proxyless.search.job;

import java.nio.file.Path;
import java.util.List;
import org.proxyless.devices.tensorflow.LoadedModel;
import org.proxyless.latency.InvalidInputException;
import org.proxyless.search.data.DecodedImage;

/** An exported network that classifies image files, scaled as those it was trained on. */
public final class ImageClassifier implements AutoCloseable {
  private final LoadedModel model;

  private ImageClassifier(LoadedModel model) {
    this.model = model;
  }

  /**
   * Loads a network.
   *
   * @throws InvalidInputException if it is no SavedModel that was exported by this program
   */
  public static ImageClassifier open(Path savedModel) {
    return new ImageClassifier(LoadedModel.open(savedModel, Deployment.CHECKING));
  }

  /** The classes' names in the order of the probabilities. */
  public List<String> classNames() {
    return model.classNames();
  }

  /**
   * The probability of each class for a JPEG or PNG file.
   *
   * @throws InvalidInputException if it cannot be read
   */
  public float[] probabilities(Path image) {
    byte[] pixels = new byte[(int) model.imageShape().elements()];
    DecodedImage.read(image).scaleInto(model.imageShape(), pixels);
    return model.probabilities(pixels, 1)[0];
  }

  @Override
  public void close() {
    model.close();
  }
}
