package org.proxyless.network.operators;

import java.util.List;
import org.proxyless.network.Layer;
import org.proxyless.network.OperatorType;
import org.proxyless.network.Shape;

/**
 * The sum of those of several feature maps that are there: a node of a cell whose edges may all be
 * none (Dong and Yang, NAS-Bench-201, 2020). A network has {@link Add} in its place, or nothing.
 *
 * @param inputs how many at most: at least 2
 */
public record AddConnected(int inputs) implements OperatorType {
  public AddConnected {
    new Add(inputs); // the same rule
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
  public boolean takesConnected() {
    return true;
  }

  @Override
  public OperatorType taking(int inputs) {
    return new Add(inputs);
  }

  @Override
  public String label() {
    return "Add of up to " + inputs;
  }
}
