package org.proxyless.search.train;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.proxyless.devices.format.ImageModel;
import org.proxyless.search.data.Split;

/**
 * How an exported network does on labelled images.
 *
 * @param confusion images by true class and predicted class: [class][class]
 */
public record Evaluation(int[][] confusion) {
  /** Runs an exported network on every image of a split, from plain bytes. */
  public static Evaluation of(ImageModel model, Split split) {
    return Predictions.of(model, split).evaluation();
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

  /** The number of a class's images. */
  public int images(int label) {
    return Arrays.stream(confusion[label]).sum();
  }

  /**
   * The share of the images classified as a class that are of it, TP/(TP + FP); NaN where no image
   * was classified so.
   */
  public double precision(int label) {
    return (double) confusion[label][label] / predicted(label);
  }

  private int predicted(int label) {
    return Arrays.stream(confusion).mapToInt(row -> row[label]).sum();
  }

  /** The share of a class's images that are found: its {@link #accuracy(int)}. */
  public double recall(int label) {
    return accuracy(label);
  }

  /**
   * The harmonic mean of precision and recall, 2 TP/(2 TP + FP + FN); NaN for a class that neither
   * has images nor was told.
   */
  public double f1(int label) {
    return 2.0 * confusion[label][label] / (images(label) + predicted(label));
  }

  /** The mean recall of the classes that have images: each counts alike, however many it has. */
  public double balancedAccuracy() {
    return mean(this::recall);
  }

  /** The mean F1 of the classes that have images or were told. */
  public double macroF1() {
    return mean(this::f1);
  }

  private double mean(IntToDoubleFunction figure) {
    return IntStream.range(0, confusion.length)
        .mapToDouble(figure)
        .filter(value -> !Double.isNaN(value))
        .average()
        .orElse(Double.NaN);
  }
}
