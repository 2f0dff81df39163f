package org.proxyless.search.job.revisit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.proxyless.base.InvalidInputException;
import org.proxyless.devices.format.ImageModel;
import org.proxyless.devices.format.NetworkFormats;
import org.proxyless.devices.tensorflow.LoadedModel;
import org.proxyless.search.data.image.DecodedImage;
import org.proxyless.search.job.derive.Deployment;

/** An exported network that classifies image files, scaled as those it was trained on. */
public final class ImageClassifier implements AutoCloseable {
  private final ImageModel model;

  private ImageClassifier(ImageModel model) {
    this.model = model;
  }

  /**
   * Loads a network.
   *
   * @param exported a SavedModel's folder, or a file in another format
   * @throws InvalidInputException if it was not exported by this program, or cannot be run here
   */
  public static ImageClassifier open(Path exported) {
    return new ImageClassifier(
        Files.isRegularFile(exported)
            ? NetworkFormats.open(exported)
            : LoadedModel.open(exported, Deployment.CHECKING));
  }

  /** The classes' names in the order of the probabilities. */
  public List<String> classNames() {
    return model.classNames();
  }

  /**
   * The probability of each class for an image file.
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
