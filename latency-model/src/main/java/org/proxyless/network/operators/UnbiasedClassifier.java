package org.proxyless.network.operators;

import java.util.List;
import org.proxyless.network.Activation;
import org.proxyless.network.Layer;
import org.proxyless.network.OperatorType;
import org.proxyless.network.Shape;

/**
 * ReLU, global average pooling and a dense layer without bias (Pham et al., ENAS, 2018, the form of
 * its code); the output channels are the classes.
 */
public record UnbiasedClassifier() implements OperatorType {
  @Override
  public List<Layer> layers(Shape input, int outputChannels, int stride) {
    return List.of(
        new Layer.Activated(Activation.RELU),
        new Layer.GlobalAveragePool(),
        new Layer.Dense(outputChannels, false));
  }

  @Override
  public boolean fits(Shape input, int outputChannels, int stride) {
    return stride == 1;
  }

  @Override
  public String label() {
    return "Unbiased classifier";
  }
}
