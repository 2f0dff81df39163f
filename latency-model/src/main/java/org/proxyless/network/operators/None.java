package org.proxyless.network.operators;

import java.util.List;
import org.proxyless.network.Layer;
import org.proxyless.network.OperatorType;
import org.proxyless.network.Shape;

/**
 * No connection: an edge of a cell that is left out. It gives zeros while shared weights are
 * trained; no network has it.
 */
public record None() implements OperatorType {
  @Override
  public List<Layer> layers(Shape input, int outputChannels, int stride) {
    return List.of();
  }

  @Override
  public boolean connects() {
    return false;
  }

  @Override
  public String label() {
    return "None";
  }
}
