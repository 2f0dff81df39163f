package org.proxyless.search.space;

import java.util.List;
import org.proxyless.latency.Activation;
import org.proxyless.latency.Layer;
import org.proxyless.latency.OperatorType;
import org.proxyless.latency.Shape;

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
