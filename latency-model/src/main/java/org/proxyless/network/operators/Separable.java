package org.proxyless.network.operators;

import java.util.List;
import org.proxyless.network.Activation;
import org.proxyless.network.Layer;

/** ReLU, depthwise convolution, 1×1 convolution, batch normalisation behind both alone. */
final class Separable {
  private Separable() {}

  static List<Layer> layers(int kernel, int stride, int dilation, int channels) {
    return List.of(
        new Layer.Activated(Activation.RELU),
        new Layer.DepthwiseConvolution(kernel, stride, dilation, false, Activation.LINEAR),
        new Layer.Convolution(1, 1, channels, Activation.LINEAR));
  }
}
