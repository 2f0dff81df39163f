package org.proxyless.search.supernet.graph;

import java.util.Map;
import org.proxyless.network.NetworkWeights;
import org.proxyless.network.NetworkWeights.Part;
import org.tensorflow.proto.DataType;

/** Batch normalisation with the batch's own statistics (Ioffe and Szegedy, 2015). */
final class BatchNorm {
  private final TrainingLayer.Site site;
  private String x;
  private String normalised;
  private String gradient;

  BatchNorm(TrainingLayer.Site site) {
    this.site = site;
  }

  /** Writes the forward node and returns the output. */
  String forward(String x) {
    this.x = x;
    normalised =
        site.start("FusedBatchNormV3", "norm")
            .input(x, site.weights().apply(Part.SCALE))
            .input(site.weights().apply(Part.SHIFT), "empty", "empty")
            .floats()
            .type("U", DataType.DT_FLOAT)
            .attribute("epsilon", NetworkWeights.BATCH_NORM_EPSILON)
            .attribute("exponential_avg_factor", 1f)
            .attribute("is_training", true)
            .add();
    return normalised;
  }

  /** Writes the backward node, after {@link #forward}, and returns the gradient of the input. */
  String backward(String outputGradient) {
    gradient =
        site.start("FusedBatchNormGradV3", "norm-grad")
            .input(outputGradient, x, site.weights().apply(Part.SCALE))
            .input(normalised + ":3", normalised + ":4", normalised + ":5")
            .floats()
            .type("U", DataType.DT_FLOAT)
            .attribute("epsilon", NetworkWeights.BATCH_NORM_EPSILON)
            .attribute("is_training", true)
            .add();
    return gradient;
  }

  /** The gradients of scale and shift, after {@link #backward}. */
  Map<Part, String> gradients() {
    return Map.of(Part.SCALE, gradient + ":1", Part.SHIFT, gradient + ":2");
  }

  /** Mean and variance of the batch. */
  Map<Part, String> statistics() {
    return Map.of(Part.MEAN, normalised + ":1", Part.VARIANCE, normalised + ":2");
  }
}
