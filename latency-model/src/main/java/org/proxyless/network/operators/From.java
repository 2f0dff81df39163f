package org.proxyless.network.operators;

import java.util.List;
import org.proxyless.network.Layer;
import org.proxyless.network.OperatorType;
import org.proxyless.network.Shape;

/**
 * Takes one state of a cell: an option where the search chooses what a node takes. No network has
 * it: what was chosen is taken as it is.
 *
 * @param state index of the state
 */
public record From(int state) implements OperatorType {
  public From {
    if (state < 0) {
      throw new IllegalArgumentException("state " + state + " must be at least 0");
    }
  }

  @Override
  public List<Layer> layers(Shape input, int outputChannels, int stride) {
    return List.of();
  }

  @Override
  public boolean fits(Shape input, int outputChannels, int stride) {
    return stride == 1 && input.channels() == outputChannels;
  }

  @Override
  public boolean selects() {
    return true;
  }

  @Override
  public String label() {
    return "from " + state;
  }
}
