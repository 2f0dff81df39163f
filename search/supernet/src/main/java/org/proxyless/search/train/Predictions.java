package org.proxyless.search.train;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.proxyless.devices.format.ImageModel;
import org.proxyless.search.data.Split;

/**
 * What an exported network says of labelled images, one by one.
 *
 * @param classes how many there are
 * @param labels the true class of each image
 * @param predicted the likeliest class of each image; of equals the first
 * @param confidences the probability of that class, 0 to 1
 */
public record Predictions(int classes, int[] labels, int[] predicted, float[] confidences) {
  private static final int IMAGES_A_CALL = 100;

  /**
   * An image that was classified wrongly.
   *
   * @param image its position in the split
   * @param label its class
   * @param predicted what it was taken for
   * @param confidence with what probability
   */
  public record Mistake(int image, int label, int predicted, double confidence) {}

  /** Runs an exported network on every image of a split, from plain bytes. */
  public static Predictions of(ImageModel model, Split split) {
    int[] labels = new int[split.size()];
    int[] predicted = new int[split.size()];
    float[] confidences = new float[split.size()];
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
        labels[first + i] = split.label(first + i);
        predicted[first + i] = likeliest(probabilities[i]);
        confidences[first + i] = probabilities[i][predicted[first + i]];
      }
    }
    return new Predictions(model.classNames().size(), labels, predicted, confidences);
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

  /** The number of images. */
  public int images() {
    return labels.length;
  }

  /** How they were classified, class by class. */
  public Evaluation evaluation() {
    int[][] confusion = new int[classes][classes];
    for (int i = 0; i < labels.length; i++) {
      confusion[labels[i]][predicted[i]]++;
    }
    return new Evaluation(confusion);
  }

  /** How far the confidences can be trusted. */
  public Calibration calibration(int bins) {
    boolean[] correct = new boolean[labels.length];
    for (int i = 0; i < correct.length; i++) {
      correct[i] = labels[i] == predicted[i];
    }
    return Calibration.of(confidences, correct, bins);
  }

  /** The mistakes that the network was surest of, the surest first; of equals the first image. */
  public List<Mistake> mistakes(int most) {
    return IntStream.range(0, labels.length)
        .filter(i -> labels[i] != predicted[i])
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -confidences[i]))
        .limit(most)
        .map(i -> new Mistake(i, labels[i], predicted[i], confidences[i]))
        .toList();
  }
}
