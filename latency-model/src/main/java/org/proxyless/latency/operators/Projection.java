package org.proxyless.latency.operators;

import java.util.List;
import org.proxyless.latency.Activation;
import org.proxyless.latency.Layer;
import org.proxyless.latency.OperatorType;
import org.proxyless.latency.Shape;

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
