package org.proxyless.latency;

import java.util.List;

/**
 * An operator type at its place in a network.
 *
 * @param type kind and hyper-parameters
 * @param input shape of one image's feature map before it
 * @param outputChannels channels behind it
 * @param stride of its spatial reduction
 * @param shortcut whether the input is added to its output; needs stride 1 and equal channels
 */
public record Operator(
    OperatorType type, Shape input, int outputChannels, int stride, boolean shortcut) {
  public Operator {
    if (stride < 1 || outputChannels < 1) {
      throw new IllegalArgumentException(
          "stride " + stride + " and output channels " + outputChannels + " must be at least 1");
    }
    if (shortcut && (stride != 1 || outputChannels != input.channels())) {
      throw new IllegalArgumentException(
          "a shortcut needs stride 1 and equal channels, not stride "
              + stride
              + " and "
              + input.channels()
              + " → "
              + outputChannels);
    }
    if (!type.fits(input, outputChannels, stride)) {
      throw new IllegalArgumentException(
          type.label()
              + " does not fit "
              + input
              + " → "
              + outputChannels
              + " channels, stride "
              + stride);
    }
  }

  /** The layers in order; empty for Zero. */
  public List<Layer> layers() {
    return type.layers(input, outputChannels, stride);
  }

  /** Whether the operator computes nothing, so that only its shortcut, if any, remains. */
  public boolean isZero() {
    return layers().isEmpty();
  }

  /** The shape of one image's feature map behind it. */
  public Shape output() {
    Shape shape = input;
    for (Layer layer : layers()) {
      shape = layer.output(shape);
    }
    return shape;
  }

  /** Trained numbers, the scale and shift of batch normalisation included. */
  public long parameters() {
    Shape shape = input;
    long sum = 0;
    for (Layer layer : layers()) {
      sum += layer.parameters(shape);
      shape = layer.output(shape);
    }
    return sum;
  }

  /** Multiply-accumulates for one image. */
  public long macs() {
    Shape shape = input;
    long sum = 0;
    for (Layer layer : layers()) {
      sum += layer.macs(shape);
      shape = layer.output(shape);
    }
    return sum;
  }

  /**
   * Names the operator and its shapes in latency tables; equal operators have equal keys. Example:
   * {@code MBConv(kernel=3,expansion=6) 14x14x24->14x14x24 s1 shortcut}.
   */
  public String key() {
    return OperatorTypes.text(type)
        + " "
        + input
        + "->"
        + output()
        + " s"
        + stride
        + (shortcut ? " shortcut" : "");
  }
}
