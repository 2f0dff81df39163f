package org.proxyless.network.operators;

import java.util.List;
import org.proxyless.network.Activation;
import org.proxyless.network.Layer;
import org.proxyless.network.OperatorType;
import org.proxyless.network.Shape;

/** A 1×1 convolution, and neither normalisation nor activation. */
public record Pointwise() implements OperatorType {
  @Override
  public List<Layer> layers(Shape input, int outputChannels, int stride) {
    return List.of(new Layer.Convolution(1, stride, outputChannels, false, Activation.LINEAR));
  }

  @Override
  public String label() {
    return "Conv 1×1 (bare)";
  }
}
