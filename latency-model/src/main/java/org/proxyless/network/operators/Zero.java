package org.proxyless.network.operators;

import java.util.List;
import org.proxyless.network.Layer;
import org.proxyless.network.OperatorType;
import org.proxyless.network.Shape;

/**
 * Contributes nothing: o(x) = 0. On a block with a shortcut it skips the block, which is how a
 * search chooses the depth. It computes nothing and costs 0.
 */
public record Zero() implements OperatorType {
  @Override
  public List<Layer> layers(Shape input, int outputChannels, int stride) {
    return List.of();
  }

  @Override
  public boolean fits(Shape input, int outputChannels, int stride) {
    return stride == 1 && input.channels() == outputChannels;
  }

  @Override
  public String label() {
    return "Zero";
  }
}
