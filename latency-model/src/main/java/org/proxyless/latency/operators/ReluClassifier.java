package org.proxyless.latency.operators;

import java.util.List;
import org.proxyless.latency.Activation;
import org.proxyless.latency.Layer;
import org.proxyless.latency.OperatorType;
import org.proxyless.latency.Shape;

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
