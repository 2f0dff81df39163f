package org.proxyless.search.estimate;

import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.proxyless.search.data.BatchStream;
import org.proxyless.search.train.Evaluation;

/**
 * The images that candidates are trained on and judged by. Whoever opens a stream closes it; each
 * time it gives the same, so that all candidates are treated alike.
 *
 * @param batchSize images in a batch
 * @param stepsAnEpoch batches in which the training images are seen once
 * @param training opens endless training batches
 * @param calibration opens endless training batches without augmentation
 * @param judging opens the images that candidates are judged by, once each
 * @param judgingImages how many those are
 * @param score that they are judged by; empty for the accuracy
 */
public record CandidateData(
    int batchSize,
    long stepsAnEpoch,
    Supplier<BatchStream> training,
    Supplier<BatchStream> calibration,
    Supplier<BatchStream> judging,
    int judgingImages,
    Optional<ToDoubleFunction<Evaluation>> score) {
  /** Judged by the accuracy. */
  public CandidateData(
      int batchSize,
      long stepsAnEpoch,
      Supplier<BatchStream> training,
      Supplier<BatchStream> calibration,
      Supplier<BatchStream> judging,
      int judgingImages) {
    this(batchSize, stepsAnEpoch, training, calibration, judging, judgingImages, Optional.empty());
  }
}
