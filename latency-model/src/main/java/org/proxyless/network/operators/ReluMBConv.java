package org.proxyless.network.operators;

import java.util.List;
import org.proxyless.network.Activation;
import org.proxyless.network.Layer;
import org.proxyless.network.OperatorType;
import org.proxyless.network.Shape;

/**
 * {@link MBConv} with ReLU in place of ReLU6, as in NAS-Bench-Macro (Su et al., 2021).
 *
 * @param kernel side of the depthwise window: odd
 * @param expansion middle channels as a multiple of the input's
 */
public record ReluMBConv(int kernel, int expansion) implements OperatorType {
  public ReluMBConv {
    new MBConv(kernel, expansion); // the same rules
  }

  @Override
  public List<Layer> layers(Shape input, int outputChannels, int stride) {
    return new MBConv(kernel, expansion).layers(input, outputChannels, stride, Activation.RELU);
  }

  @Override
  public String label() {
    return "MBConv" + expansion + " " + kernel + "×" + kernel + " (ReLU)";
  }
}
