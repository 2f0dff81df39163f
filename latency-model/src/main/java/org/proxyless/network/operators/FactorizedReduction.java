package org.proxyless.network.operators;

import java.util.List;
import org.proxyless.network.Activation;
import org.proxyless.network.Layer;
import org.proxyless.network.OperatorType;
import org.proxyless.network.Shape;

/**
 * Halves a feature map: ReLU, then two 1×1 convolutions with stride 2, the second of the feature
 * map moved by a pixel, batch normalisation ({@link Layer.FactorizedReduction}; Liu et al., DARTS,
 * 2019, where it stands for the identity in a reduction cell).
 */
public record FactorizedReduction() implements OperatorType {
  @Override
  public List<Layer> layers(Shape input, int outputChannels, int stride) {
    return List.of(
        new Layer.Activated(Activation.RELU), new Layer.FactorizedReduction(outputChannels));
  }

  @Override
  public boolean fits(Shape input, int outputChannels, int stride) {
    return stride == 2 && outputChannels % 2 == 0;
  }

  @Override
  public String label() {
    return "Reduction";
  }
}
