package org.proxyless.network.operators;

import java.util.List;
import org.proxyless.network.Activation;
import org.proxyless.network.Layer;
import org.proxyless.network.OperatorType;
import org.proxyless.network.Shape;

/**
 * What a cell gives whose nodes choose their inputs: the channels of all states that no node took,
 * brought to the cell's own by ReLU, 1×1 convolution and batch normalisation (Pham et al., ENAS,
 * 2018, while it searches; Akimoto et al., ASNG, 2019).
 *
 * @param inputs how many states: at least 2, of fewer it is a {@link PreConv}
 */
public record LooseEnds(int inputs) implements OperatorType {
  public LooseEnds {
    if (inputs < 2) {
      throw new IllegalArgumentException("inputs " + inputs + " must be at least 2");
    }
  }

  @Override
  public List<Layer> layers(Shape input, int outputChannels, int stride) {
    return List.of(
        new Layer.Concatenation(inputs),
        new Layer.Activated(Activation.RELU),
        new Layer.Convolution(1, 1, outputChannels, Activation.LINEAR));
  }

  @Override
  public boolean fits(Shape input, int outputChannels, int stride) {
    return stride == 1;
  }

  @Override
  public boolean takesLooseEnds() {
    return true;
  }

  @Override
  public OperatorType taking(int inputs) {
    return inputs == 1 ? new PreConv(1) : new LooseEnds(inputs);
  }

  @Override
  public String label() {
    return "Loose ends of " + inputs;
  }
}
