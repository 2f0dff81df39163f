package org.proxyless.network.operators;

import java.util.List;
import org.proxyless.network.Activation;
import org.proxyless.network.Layer;
import org.proxyless.network.OperatorType;
import org.proxyless.network.Shape;

/**
 * A k×k window in two steps: ReLU, convolutions of 1×k and of k×1, each with the stride along its
 * own side, batch normalisation (Zoph et al., NASNet, 2018; Real et al., AmoebaNet, 2019).
 *
 * @param kernel the longer side of each window: odd, at least 3
 */
public record ConvPair(int kernel) implements OperatorType {
  public ConvPair {
    Windows.requireWide(kernel);
  }

  @Override
  public List<Layer> layers(Shape input, int outputChannels, int stride) {
    return List.of(
        new Layer.Activated(Activation.RELU),
        new Layer.RectangularConvolution(
            1, kernel, 1, stride, true, outputChannels, false, Activation.LINEAR),
        new Layer.RectangularConvolution(
            kernel, 1, stride, 1, true, outputChannels, true, Activation.LINEAR));
  }

  @Override
  public String label() {
    return "Conv 1×" + kernel + " " + kernel + "×1";
  }
}
