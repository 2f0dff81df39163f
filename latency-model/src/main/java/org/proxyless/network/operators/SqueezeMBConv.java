package org.proxyless.network.operators;

import java.util.List;
import org.proxyless.network.Activation;
import org.proxyless.network.Layer;
import org.proxyless.network.OperatorType;
import org.proxyless.network.Shape;

/**
 * {@link MBConv} with ReLU, and squeeze and excitation behind the depthwise convolution, as in the
 * middle of MobileNetV3 (Howard et al., 2019, table 1; the order of the code of Once-for-All).
 *
 * @param kernel side of the depthwise window: odd
 * @param expansion middle channels as a multiple of the input's
 */
public record SqueezeMBConv(int kernel, int expansion) implements OperatorType {
  public SqueezeMBConv {
    new MBConv(kernel, expansion); // the same rules
  }

  @Override
  public List<Layer> layers(Shape input, int outputChannels, int stride) {
    return new MBConv(kernel, expansion).squeezed(input, outputChannels, stride, Activation.RELU);
  }

  @Override
  public String label() {
    return "MBConv" + expansion + " " + kernel + "×" + kernel + " (ReLU, SE)";
  }
}
