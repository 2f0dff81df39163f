package org.proxyless.search.supernet;

import java.util.Map;
import org.proxyless.devices.tensorflow.NetworkWeights;
import org.proxyless.devices.tensorflow.NetworkWeights.Part;
import org.proxyless.latency.Layer;
import org.tensorflow.proto.DataType;

/** Convolution → batch normalisation (batch statistics), where there is one → activation. */
final class FilteredLayer extends TrainingLayer {
  private final Layer.Filtered layer;
  private final FilterBank filters;
  private final ActivatedLayer activation;
  private String convolved;
  private String normalised;

  FilteredLayer(Layer.Filtered layer, Site site) {
    super(site);
    this.layer = layer;
    filters = FilterBank.of(layer, site);
    activation = new ActivatedLayer(layer.activation(), site);
  }

  @Override
  String forward(String x) {
    convolved = filters.forward(x);
    normalised = layer.normalized() ? normalise() : convolved;
    return activation.forward(normalised);
  }

  private String normalise() {
    return site.start("FusedBatchNormV3", "norm")
        .input(convolved, site.weights().apply(Part.SCALE))
        .input(site.weights().apply(Part.SHIFT), "empty", "empty")
        .floats()
        .type("U", DataType.DT_FLOAT)
        .attribute("epsilon", NetworkWeights.BATCH_NORM_EPSILON)
        .attribute("exponential_avg_factor", 1f)
        .attribute("is_training", true)
        .add();
  }

  @Override
  Gradients backward(String outputGradient, boolean inputGradientNeeded) {
    String gradient = activation.backward(outputGradient, true).input();
    String ofConvolved = layer.normalized() ? normGradient(gradient) : gradient;
    String filter = filters.filterGradient(ofConvolved);
    String input = inputGradientNeeded ? filters.inputGradient(ofConvolved) : null;
    return new Gradients(
        input,
        layer.normalized()
            ? Map.of(
                Part.FILTER, filter, Part.SCALE, ofConvolved + ":1", Part.SHIFT, ofConvolved + ":2")
            : Map.of(Part.FILTER, filter));
  }

  private String normGradient(String gradient) {
    return site.start("FusedBatchNormGradV3", "norm-grad")
        .input(gradient, convolved, site.weights().apply(Part.SCALE))
        .input(normalised + ":3", normalised + ":4", normalised + ":5")
        .floats()
        .type("U", DataType.DT_FLOAT)
        .attribute("epsilon", NetworkWeights.BATCH_NORM_EPSILON)
        .attribute("is_training", true)
        .add();
  }

  @Override
  Map<Part, String> statistics() {
    return layer.normalized()
        ? Map.of(Part.MEAN, normalised + ":1", Part.VARIANCE, normalised + ":2")
        : Map.of();
  }
}
