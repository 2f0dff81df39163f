package org.proxyless.network.operators;

import java.util.List;
import org.proxyless.network.Activation;
import org.proxyless.network.Layer;
import org.proxyless.network.OperatorType;
import org.proxyless.network.Shape;

/**
 * Convolution, batch normalisation, and nothing behind it: where what follows begins with its
 * activation.
 *
 * @param kernel side of the window: odd
 */
public record PlainConv(int kernel) implements OperatorType {
  public PlainConv {
    Windows.requireOdd(kernel);
  }

  @Override
  public List<Layer> layers(Shape input, int outputChannels, int stride) {
    return List.of(new Layer.Convolution(kernel, stride, outputChannels, Activation.LINEAR));
  }

  @Override
  public String label() {
    return "Conv " + kernel + "×" + kernel + " (linear)";
  }
}
