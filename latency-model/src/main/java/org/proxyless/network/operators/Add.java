package org.proxyless.network.operators;

import java.util.List;
import org.proxyless.network.Layer;
import org.proxyless.network.OperatorType;
import org.proxyless.network.Shape;

/**
 * The sum of several feature maps, element by element.
 *
 * @param inputs how many: at least 2
 */
public record Add(int inputs) implements OperatorType {
  public Add {
    if (inputs < 2) {
      throw new IllegalArgumentException("inputs " + inputs + " must be at least 2");
    }
  }

  @Override
  public List<Layer> layers(Shape input, int outputChannels, int stride) {
    return List.of(new Layer.Sum(inputs));
  }

  @Override
  public boolean fits(Shape input, int outputChannels, int stride) {
    return stride == 1 && input.channels() == outputChannels;
  }

  @Override
  public OperatorType taking(int inputs) {
    return new Add(inputs);
  }

  @Override
  public String label() {
    return "Add of " + inputs;
  }
}
