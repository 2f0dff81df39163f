package org.proxyless.network.operators;

import java.util.List;
import org.proxyless.network.Activation;
import org.proxyless.network.Layer;
import org.proxyless.network.OperatorType;
import org.proxyless.network.Shape;

/**
 * Batch normalisation, ReLU, global average pooling and a dense layer, as behind sums (Dong and
 * Yang, NAS-Bench-201, 2020); the output channels are the classes.
 */
public record NormClassifier() implements OperatorType {
  @Override
  public List<Layer> layers(Shape input, int outputChannels, int stride) {
    return List.of(
        new Layer.Normalization(Activation.RELU),
        new Layer.GlobalAveragePool(),
        new Layer.Dense(outputChannels));
  }

  @Override
  public boolean fits(Shape input, int outputChannels, int stride) {
    return stride == 1;
  }

  @Override
  public String label() {
    return "Norm classifier";
  }
}
