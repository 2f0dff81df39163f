package org.proxyless.network.operators;

import java.util.ArrayList;
import java.util.List;
import org.proxyless.network.Activation;
import org.proxyless.network.Layer;
import org.proxyless.network.OperatorType;
import org.proxyless.network.Shape;

/**
 * Mobile inverted bottleneck (Sandler et al., MobileNetV2, 2018): a 1×1 convolution that widens
 * (left out when the expansion is 1), a depthwise one, and a linear 1×1 one.
 *
 * @param kernel side of the depthwise window: odd
 * @param expansion middle channels as a multiple of the input's
 */
public record MBConv(int kernel, int expansion) implements OperatorType {
  public MBConv {
    if (kernel < 1 || kernel % 2 == 0 || expansion < 1) {
      throw new IllegalArgumentException(
          "kernel " + kernel + " must be odd and expansion " + expansion + " at least 1");
    }
  }

  @Override
  public List<Layer> layers(Shape input, int outputChannels, int stride) {
    return layers(input, outputChannels, stride, Activation.RELU6);
  }

  /** Its layers with another activation. */
  List<Layer> layers(Shape input, int outputChannels, int stride, Activation activation) {
    return layers(input, outputChannels, stride, activation, List.of());
  }

  /** The same with squeeze and excitation behind the depthwise convolution. */
  List<Layer> squeezed(Shape input, int outputChannels, int stride, Activation activation) {
    Layer squeeze = SqueezedChannels.layer(input.channels() * expansion);
    return layers(input, outputChannels, stride, activation, List.of(squeeze));
  }

  private List<Layer> layers(
      Shape input,
      int outputChannels,
      int stride,
      Activation activation,
      List<Layer> behindDepthwise) {
    List<Layer> layers = new ArrayList<>();
    if (expansion > 1) {
      layers.add(new Layer.Convolution(1, 1, input.channels() * expansion, activation));
    }
    layers.add(new Layer.DepthwiseConvolution(kernel, stride, activation));
    layers.addAll(behindDepthwise);
    layers.add(new Layer.Convolution(1, 1, outputChannels, Activation.LINEAR));
    return layers;
  }

  @Override
  public String label() {
    return "MBConv" + expansion + " " + kernel + "×" + kernel;
  }
}
