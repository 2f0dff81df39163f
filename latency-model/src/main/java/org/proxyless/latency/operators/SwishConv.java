package org.proxyless.latency.operators;

import java.util.List;
import org.proxyless.latency.Activation;
import org.proxyless.latency.Layer;
import org.proxyless.latency.OperatorType;
import org.proxyless.latency.Shape;

/**
 * Convolution, batch normalisation, h-swish.
 *
 * @param kernel side of the window: odd
 */
public record SwishConv(int kernel) implements OperatorType {
  public SwishConv {
    Windows.requireOdd(kernel);
  }

  @Override
  public List<Layer> layers(Shape input, int outputChannels, int stride) {
    return List.of(new Layer.Convolution(kernel, stride, outputChannels, Activation.HARD_SWISH));
  }

  @Override
  public String label() {
    return "Conv " + kernel + "×" + kernel + " (h-swish)";
  }
}
