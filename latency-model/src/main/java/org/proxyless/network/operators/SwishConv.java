package org.proxyless.network.operators;

import java.util.List;
import org.proxyless.network.Activation;
import org.proxyless.network.Layer;
import org.proxyless.network.OperatorType;
import org.proxyless.network.Shape;

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
