package org.proxyless.network.operators;

import java.util.List;
import org.proxyless.network.Layer;
import org.proxyless.network.OperatorType;
import org.proxyless.network.Shape;

/**
 * The mean of each window; what lies beyond the border does not count.
 *
 * @param kernel side of the window: at least 2
 */
public record AveragePool(int kernel) implements OperatorType {
  public AveragePool {
    Windows.requireSeveral(kernel);
  }

  @Override
  public List<Layer> layers(Shape input, int outputChannels, int stride) {
    return List.of(new Layer.AveragePool(kernel, stride));
  }

  @Override
  public boolean fits(Shape input, int outputChannels, int stride) {
    return input.channels() == outputChannels;
  }

  @Override
  public String label() {
    return "AvgPool " + kernel + "×" + kernel;
  }
}
