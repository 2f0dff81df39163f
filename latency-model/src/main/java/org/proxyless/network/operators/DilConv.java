package org.proxyless.network.operators;

import java.util.List;
import org.proxyless.network.Layer;
import org.proxyless.network.OperatorType;
import org.proxyless.network.Shape;

/**
 * Separable convolution of every second pixel: ReLU, depthwise k×k with dilation 2, 1×1, batch
 * normalisation (Liu et al., DARTS, 2019).
 *
 * @param kernel side of the window: odd, at least 3
 */
public record DilConv(int kernel) implements OperatorType {
  private static final int DILATION = 2;

  public DilConv {
    Windows.requireWide(kernel);
  }

  @Override
  public List<Layer> layers(Shape input, int outputChannels, int stride) {
    return Separable.layers(kernel, stride, DILATION, outputChannels);
  }

  @Override
  public String label() {
    return "DilConv " + kernel + "×" + kernel;
  }
}
