package org.proxyless.search.supernet.graph;

import java.util.EnumMap;
import java.util.Map;
import org.proxyless.network.Layer;
import org.proxyless.network.NetworkWeights.Part;

/** Convolution → batch normalisation (batch statistics), where there is one → activation. */
final class FilteredLayer extends TrainingLayer {
  private final Layer.Filtered layer;
  private final FilterBank filters;
  private final BatchNorm norm;
  private final ActivatedLayer activation;

  FilteredLayer(Layer.Filtered layer, Site site) {
    super(site);
    this.layer = layer;
    filters = FilterBank.of(layer, site);
    norm = new BatchNorm(site);
    activation = new ActivatedLayer(layer.activation(), site);
  }

  @Override
  String forward(String x) {
    String convolved = filters.forward(x);
    return activation.forward(layer.normalized() ? norm.forward(convolved) : convolved);
  }

  @Override
  Gradients backward(String outputGradient, boolean inputGradientNeeded) {
    String gradient = activation.backward(outputGradient, true).input();
    String ofConvolved = layer.normalized() ? norm.backward(gradient) : gradient;
    Map<Part, String> parts = new EnumMap<>(Part.class);
    parts.put(Part.FILTER, filters.filterGradient(ofConvolved));
    if (layer.normalized()) {
      parts.putAll(norm.gradients());
    }
    String input = inputGradientNeeded ? filters.inputGradient(ofConvolved) : null;
    return new Gradients(input, parts);
  }

  @Override
  Map<Part, String> statistics() {
    return layer.normalized() ? norm.statistics() : Map.of();
  }
}
