package org.proxyless.search.estimate;

import java.util.function.Supplier;
import org.proxyless.search.data.BatchStream;

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
 */
public record CandidateData(
    int batchSize,
    long stepsAnEpoch,
    Supplier<BatchStream> training,
    Supplier<BatchStream> calibration,
    Supplier<BatchStream> judging,
    int judgingImages) {}
