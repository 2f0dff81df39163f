package org.proxyless.network.operators;

import java.util.List;
import org.proxyless.network.Activation;
import org.proxyless.network.Layer;
import org.proxyless.network.OperatorType;
import org.proxyless.network.Shape;

/**
 * Convolution, batch normalisation, ReLU.
 *
 * @param kernel side of the window: odd
 */
public record ReluConv(int kernel) implements OperatorType {
  public ReluConv {
    if (kernel < 1 || kernel % 2 == 0) {
      throw new IllegalArgumentException("kernel " + kernel + " must be odd");
    }
  }

  @Override
  public List<Layer> layers(Shape input, int outputChannels, int stride) {
    return List.of(new Layer.Convolution(kernel, stride, outputChannels, Activation.RELU));
  }

  @Override
  public String label() {
    return "Conv " + kernel + "×" + kernel + " (ReLU)";
  }
}
