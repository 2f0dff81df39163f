package org.proxyless.network.operators;

import java.util.List;
import org.proxyless.network.Layer;
import org.proxyless.network.OperatorType;
import org.proxyless.network.Shape;

/**
 * {@link FactorizedReduction} without the ReLU before it: what stands for the identity in a
 * reduction cell of ENAS (Pham et al., 2018, the form of its code).
 */
public record PlainReduction() implements OperatorType {
  @Override
  public List<Layer> layers(Shape input, int outputChannels, int stride) {
    return List.of(new Layer.FactorizedReduction(outputChannels));
  }

  @Override
  public boolean fits(Shape input, int outputChannels, int stride) {
    return stride == 2 && outputChannels % 2 == 0;
  }

  @Override
  public String label() {
    return "Reduction (linear)";
  }
}
