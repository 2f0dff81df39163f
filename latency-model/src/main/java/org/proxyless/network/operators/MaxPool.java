package org.proxyless.network.operators;

import java.util.List;
import org.proxyless.network.Layer;
import org.proxyless.network.OperatorType;
import org.proxyless.network.Shape;

/**
 * The greatest of each window.
 *
 * @param kernel side of the window: at least 2
 */
public record MaxPool(int kernel) implements OperatorType {
  public MaxPool {
    Windows.requireSeveral(kernel);
  }

  @Override
  public List<Layer> layers(Shape input, int outputChannels, int stride) {
    return List.of(new Layer.MaxPool(kernel, stride));
  }

  @Override
  public boolean fits(Shape input, int outputChannels, int stride) {
    return input.channels() == outputChannels;
  }

  @Override
  public String label() {
    return "MaxPool " + kernel + "×" + kernel;
  }
}
