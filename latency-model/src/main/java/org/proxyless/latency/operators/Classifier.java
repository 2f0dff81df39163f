package org.proxyless.latency.operators;

import java.util.List;
import org.proxyless.latency.Layer;
import org.proxyless.latency.OperatorType;
import org.proxyless.latency.Shape;

/** Global average pooling and a dense layer; the output channels are the classes. */
public record Classifier() implements OperatorType {
  @Override
  public List<Layer> layers(Shape input, int outputChannels, int stride) {
    return List.of(new Layer.GlobalAveragePool(), new Layer.Dense(outputChannels));
  }

  @Override
  public boolean fits(Shape input, int outputChannels, int stride) {
    return stride == 1;
  }

  @Override
  public String label() {
    return "Classifier";
  }
}
