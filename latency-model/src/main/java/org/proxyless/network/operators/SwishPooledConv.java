package org.proxyless.network.operators;

import java.util.List;
import org.proxyless.network.Activation;
import org.proxyless.network.Layer;
import org.proxyless.network.OperatorType;
import org.proxyless.network.Shape;

/**
 * Global average pooling and a 1×1 convolution of what is left, without batch normalisation,
 * h-swish: what stands between the last feature maps and the classifier of MobileNetV3 (Howard et
 * al., 2019, section 5.1).
 */
public record SwishPooledConv() implements OperatorType {
  @Override
  public List<Layer> layers(Shape input, int outputChannels, int stride) {
    return List.of(
        new Layer.GlobalAveragePool(false),
        new Layer.Convolution(1, 1, outputChannels, false, Activation.HARD_SWISH));
  }

  @Override
  public boolean fits(Shape input, int outputChannels, int stride) {
    return stride == 1;
  }

  @Override
  public String label() {
    return "Pool Conv 1×1 (h-swish)";
  }
}
