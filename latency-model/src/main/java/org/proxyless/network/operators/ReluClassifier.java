package org.proxyless.network.operators;

import java.util.List;
import org.proxyless.network.Activation;
import org.proxyless.network.Layer;
import org.proxyless.network.OperatorType;
import org.proxyless.network.Shape;

/**
 * ReLU, global average pooling and a dense layer (Zoph et al., NASNet, 2018); the output channels
 * are the classes.
 */
public record ReluClassifier() implements OperatorType {
  @Override
  public List<Layer> layers(Shape input, int outputChannels, int stride) {
    return List.of(
        new Layer.Activated(Activation.RELU),
        new Layer.GlobalAveragePool(),
        new Layer.Dense(outputChannels));
  }

  @Override
  public boolean fits(Shape input, int outputChannels, int stride) {
    return stride == 1;
  }

  @Override
  public String label() {
    return "ReLU classifier";
  }
}
