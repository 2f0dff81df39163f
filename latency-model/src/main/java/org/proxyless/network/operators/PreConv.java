package org.proxyless.network.operators;

import java.util.List;
import org.proxyless.network.Activation;
import org.proxyless.network.Layer;
import org.proxyless.network.OperatorType;
import org.proxyless.network.Shape;

/**
 * ReLU, convolution, batch normalisation, in this order: fits what a cell is given to its channels
 * (Liu et al., DARTS, 2019), and is an operator of NAS-Bench-201.
 *
 * @param kernel side of the window: odd
 */
public record PreConv(int kernel) implements OperatorType {
  public PreConv {
    Windows.requireOdd(kernel);
  }

  @Override
  public List<Layer> layers(Shape input, int outputChannels, int stride) {
    return List.of(
        new Layer.Activated(Activation.RELU),
        new Layer.Convolution(kernel, stride, outputChannels, Activation.LINEAR));
  }

  @Override
  public String label() {
    return "ReLU Conv " + kernel + "×" + kernel;
  }
}
