package org.proxyless.search.train;

import java.util.Arrays;
import org.proxyless.devices.format.ImageModel;
import org.proxyless.search.data.Split;

/**
 * How an exported network does on labelled images.
 *
 * @param confusion images by true class and predicted class: [class][class]
 */
public record Evaluation(int[][] confusion) {
  private static final int IMAGES_A_CALL = 100;

  /** Runs an exported network on every image of a split, from plain bytes. */
  public static Evaluation of(ImageModel model, Split split) {
    int classes = model.classNames().size();
    int[][] confusion = new int[classes][classes];
    byte[] image = new byte[(int) split.shape().elements()];
    for (int first = 0; first < split.size(); first += IMAGES_A_CALL) {
      int count = Math.min(IMAGES_A_CALL, split.size() - first);
      byte[] pixels = new byte[count * image.length];
      for (int i = 0; i < count; i++) {
        split.read(first + i, image);
        System.arraycopy(image, 0, pixels, i * image.length, image.length);
      }
      float[][] probabilities = model.probabilities(pixels, count);
      for (int i = 0; i < count; i++) {
        confusion[split.label(first + i)][likeliest(probabilities[i])]++;
      }
    }
    return new Evaluation(confusion);
  }

  /** The share of images classified correctly, 0 to 1. */
  public double accuracy() {
    int correct = 0;
    for (int c = 0; c < confusion.length; c++) {
      correct += confusion[c][c];
    }
    return (double) correct / images();
  }

  /**
   * The share of a class's images that are classified correctly; NaN for a class without images.
   */
  public double accuracy(int label) {
    return (double) confusion[label][label] / Arrays.stream(confusion[label]).sum();
  }

  /** The number of images. */
  public int images() {
    return Arrays.stream(confusion).flatMapToInt(Arrays::stream).sum();
  }

  private static int likeliest(float[] probabilities) {
    int best = 0;
    for (int c = 1; c < probabilities.length; c++) {
      if (probabilities[c] > probabilities[best]) {
        best = c;
      }
    }
    return best;
  }
}
