package org.proxyless.network.operators;

import java.util.List;
import org.proxyless.network.Activation;
import org.proxyless.network.Layer;
import org.proxyless.network.OperatorType;
import org.proxyless.network.Shape;

/**
 * {@link MBConv} with h-swish, as in the later half of MobileNetV3 (Howard et al., 2019, table 1).
 *
 * @param kernel side of the depthwise window: odd
 * @param expansion middle channels as a multiple of the input's
 */
public record SwishMBConv(int kernel, int expansion) implements OperatorType {
  public SwishMBConv {
    new MBConv(kernel, expansion); // the same rules
  }

  @Override
  public List<Layer> layers(Shape input, int outputChannels, int stride) {
    return new MBConv(kernel, expansion)
        .layers(input, outputChannels, stride, Activation.HARD_SWISH);
  }

  @Override
  public String label() {
    return "MBConv" + expansion + " " + kernel + "×" + kernel + " (h-swish)";
  }
}
