package org.proxyless.network.operators;

import java.util.List;
import org.proxyless.network.Activation;
import org.proxyless.network.Layer;
import org.proxyless.network.OperatorType;
import org.proxyless.network.Shape;

/**
 * A linear 1×1 convolution with batch normalisation: what stands for the identity where stride or
 * channels change, and only there.
 */
public record Projection() implements OperatorType {
  @Override
  public List<Layer> layers(Shape input, int outputChannels, int stride) {
    return List.of(new Layer.Convolution(1, stride, outputChannels, Activation.LINEAR));
  }

  @Override
  public boolean fits(Shape input, int outputChannels, int stride) {
    return stride != 1 || input.channels() != outputChannels;
  }

  @Override
  public String label() {
    return "Projection";
  }
}
