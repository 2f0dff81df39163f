package org.proxyless.network.operators;

import java.util.ArrayList;
import java.util.List;
import org.proxyless.network.Layer;
import org.proxyless.network.OperatorType;
import org.proxyless.network.Shape;

/**
 * {@link SepConv} for inputs of other channels, the first of whose 1×1 convolutions changes them
 * already (Zoph et al., NASNet, 2018, the form of its code).
 *
 * @param kernel side of the window: odd, at least 3
 */
public record NarrowingSepConv(int kernel) implements OperatorType {
  public NarrowingSepConv {
    Windows.requireWide(kernel);
  }

  @Override
  public List<Layer> layers(Shape input, int outputChannels, int stride) {
    List<Layer> layers = new ArrayList<>(Separable.layers(kernel, stride, 1, outputChannels));
    layers.addAll(Separable.layers(kernel, 1, 1, outputChannels));
    return layers;
  }

  @Override
  public String label() {
    return "SepConv " + kernel + "×" + kernel + " (narrowing)";
  }
}
