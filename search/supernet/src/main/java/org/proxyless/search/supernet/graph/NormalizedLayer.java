package org.proxyless.search.supernet.graph;

import java.util.Map;
import org.proxyless.network.Layer;
import org.proxyless.network.NetworkWeights.Part;

/** Batch normalisation that no convolution stands before → activation. */
final class NormalizedLayer extends TrainingLayer {
  private final BatchNorm norm;
  private final ActivatedLayer activation;

  NormalizedLayer(Layer.Normalization layer, Site site) {
    super(site);
    norm = new BatchNorm(site);
    activation = new ActivatedLayer(layer.activation(), site);
  }

  @Override
  String forward(String x) {
    return activation.forward(norm.forward(x));
  }

  @Override
  Gradients backward(String outputGradient, boolean inputGradientNeeded) {
    String gradient = norm.backward(activation.backward(outputGradient, true).input());
    return new Gradients(inputGradientNeeded ? gradient : null, norm.gradients());
  }

  @Override
  Map<Part, String> statistics() {
    return norm.statistics();
  }
}
