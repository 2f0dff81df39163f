package org.proxyless.search.space;

import java.util.List;
import org.proxyless.network.Activation;
import org.proxyless.network.Layer;
import org.proxyless.network.OperatorType;
import org.proxyless.network.Shape;

/** A new candidate operator is a record like this one, and a line of YAML. */
public record Squeeze(int kernel, int ratio) implements OperatorType {
  @Override
  public List<Layer> layers(Shape input, int outputChannels, int stride) {
    int narrow = Math.max(1, input.channels() / ratio);
    return List.of(
        new Layer.Convolution(1, 1, narrow, Activation.RELU6),
        new Layer.Convolution(kernel, stride, outputChannels, Activation.LINEAR));
  }

  @Override
  public String label() {
    return "Squeeze" + ratio + " " + kernel + "×" + kernel;
  }
}
