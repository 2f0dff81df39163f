package org.proxyless.network.operators;

import java.util.List;
import org.proxyless.network.Activation;
import org.proxyless.network.Layer;
import org.proxyless.network.OperatorType;
import org.proxyless.network.Shape;

/**
 * Convolution, batch normalisation, ReLU6.
 *
 * @param kernel side of the window: odd
 */
public record Conv(int kernel) implements OperatorType {
  public Conv {
    if (kernel < 1 || kernel % 2 == 0) {
      throw new IllegalArgumentException("kernel " + kernel + " must be odd");
    }
  }

  @Override
  public List<Layer> layers(Shape input, int outputChannels, int stride) {
    return List.of(new Layer.Convolution(kernel, stride, outputChannels, Activation.RELU6));
  }

  @Override
  public String label() {
    return "Conv " + kernel + "×" + kernel;
  }
}
