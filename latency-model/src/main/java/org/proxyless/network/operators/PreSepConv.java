package org.proxyless.network.operators;

import java.util.List;
import org.proxyless.network.Layer;
import org.proxyless.network.OperatorType;
import org.proxyless.network.Shape;

/**
 * Separable convolution, once: ReLU, depthwise k×k, 1×1, batch normalisation (Pham et al., ENAS,
 * 2018, macro space).
 *
 * @param kernel side of the window: odd, at least 3
 */
public record PreSepConv(int kernel) implements OperatorType {
  public PreSepConv {
    Windows.requireWide(kernel);
  }

  @Override
  public List<Layer> layers(Shape input, int outputChannels, int stride) {
    return Separable.layers(kernel, stride, 1, outputChannels);
  }

  @Override
  public String label() {
    return "SepConv " + kernel + "×" + kernel + " (once)";
  }
}
