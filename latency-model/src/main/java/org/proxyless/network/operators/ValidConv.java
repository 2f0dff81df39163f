package org.proxyless.network.operators;

import java.util.List;
import org.proxyless.network.Activation;
import org.proxyless.network.Layer;
import org.proxyless.network.OperatorType;
import org.proxyless.network.Shape;

/**
 * Convolution whose windows stay within the image, batch normalisation, and nothing behind it: the
 * first one of NASNet for large images (Zoph et al., 2018).
 *
 * @param kernel side of the window: odd
 */
public record ValidConv(int kernel) implements OperatorType {
  public ValidConv {
    Windows.requireOdd(kernel);
  }

  @Override
  public List<Layer> layers(Shape input, int outputChannels, int stride) {
    return List.of(
        new Layer.RectangularConvolution(
            kernel, kernel, stride, stride, false, outputChannels, true, Activation.LINEAR));
  }

  @Override
  public boolean fits(Shape input, int outputChannels, int stride) {
    return input.height() >= kernel && input.width() >= kernel;
  }

  @Override
  public String label() {
    return "Conv " + kernel + "×" + kernel + " (valid)";
  }
}
