package org.proxyless.network.operators;

import java.util.List;
import org.proxyless.network.Layer;
import org.proxyless.network.OperatorType;
import org.proxyless.network.Shape;

/**
 * The channels of several feature maps behind each other, in the order of the inputs.
 *
 * @param inputs how many: at least 2
 */
public record Concat(int inputs) implements OperatorType {
  public Concat {
    if (inputs < 2) {
      throw new IllegalArgumentException("inputs " + inputs + " must be at least 2");
    }
  }

  @Override
  public List<Layer> layers(Shape input, int outputChannels, int stride) {
    return List.of(new Layer.Concatenation(inputs));
  }

  @Override
  public boolean fits(Shape input, int outputChannels, int stride) {
    return stride == 1 && inputs * input.channels() == outputChannels;
  }

  @Override
  public String label() {
    return "Concat of " + inputs;
  }
}
