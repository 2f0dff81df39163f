package org.proxyless.search.train;

import java.util.List;
import java.util.stream.IntStream;

/**
 * How a network's confidence goes with how often it is right (Guo et al., On Calibration of Modern
 * Neural Networks, ICML 2017, section 2). Confidences are put into bins of equal width; one on the
 * border of two belongs to the lower.
 *
 * @param bins from 0 to 1
 */
public record Calibration(List<Bin> bins) {
  /** As many as the paper has. */
  public static final int BINS = 15;

  /**
   * The images whose confidence lies in a part of the range.
   *
   * @param from where it begins
   * @param to where it ends, which belongs to it
   * @param images how many there are
   * @param accuracy the share of them that were classified correctly; NaN where there are none
   * @param confidence their mean; NaN where there are none
   */
  public record Bin(double from, double to, int images, double accuracy, double confidence) {}

  /**
   * Puts images into bins.
   *
   * @param confidences of the class that each was classified as, 0 to 1
   * @param correct whether that is its class
   * @param bins how many
   */
  static Calibration of(float[] confidences, boolean[] correct, int bins) {
    int[] images = new int[bins];
    int[] right = new int[bins];
    double[] sums = new double[bins];
    for (int i = 0; i < correct.length; i++) {
      int bin = Math.max(0, Math.min(bins, (int) Math.ceil(confidences[i] * (double) bins)) - 1);
      images[bin]++;
      right[bin] += correct[i] ? 1 : 0;
      sums[bin] += confidences[i];
    }
    return new Calibration(
        IntStream.range(0, bins)
            .mapToObj(
                bin ->
                    new Bin(
                        (double) bin / bins,
                        (bin + 1.0) / bins,
                        images[bin],
                        (double) right[bin] / images[bin],
                        sums[bin] / images[bin]))
            .toList());
  }

  /**
   * The expected calibration error, ECE = Σ n_b/n · |accuracy_b − confidence_b| (the paper's
   * equation 3).
   */
  public double error() {
    int all = bins.stream().mapToInt(Bin::images).sum();
    return bins.stream()
        .filter(bin -> bin.images() > 0)
        .mapToDouble(bin -> bin.images() * Math.abs(bin.accuracy() - bin.confidence()) / all)
        .sum();
  }

  /** The mean confidence of all images. */
  public double confidence() {
    int all = bins.stream().mapToInt(Bin::images).sum();
    return bins.stream()
        .filter(bin -> bin.images() > 0)
        .mapToDouble(bin -> bin.images() * bin.confidence() / all)
        .sum();
  }
}
