package org.proxyless.network.operators;

import java.util.ArrayList;
import java.util.List;
import org.proxyless.network.Layer;
import org.proxyless.network.OperatorType;
import org.proxyless.network.Shape;

/**
 * Separable convolution, twice: ReLU, depthwise k×k, 1×1, batch normalisation; the first depthwise
 * convolution has the stride (Zoph et al., 2018, section 3; Liu et al., DARTS, 2019).
 *
 * @param kernel side of the window: odd, at least 3
 */
public record SepConv(int kernel) implements OperatorType {
  public SepConv {
    Windows.requireWide(kernel);
  }

  @Override
  public List<Layer> layers(Shape input, int outputChannels, int stride) {
    List<Layer> layers = new ArrayList<>(Separable.layers(kernel, stride, 1, input.channels()));
    layers.addAll(Separable.layers(kernel, 1, 1, outputChannels));
    return layers;
  }

  @Override
  public String label() {
    return "SepConv " + kernel + "×" + kernel;
  }
}
