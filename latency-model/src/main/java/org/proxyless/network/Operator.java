package org.proxyless.network;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.proxyless.base.InvalidInputException;

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
  private static final Pattern KEY =
      Pattern.compile(
          "([\\w.$]+)\\(((?:\\w+=\\d+)(?:,\\w+=\\d+)*|)\\)"
              + " (\\d+)x(\\d+)x(\\d+)->(\\d+)x(\\d+)x(\\d+) s(\\d+)( shortcut)?");

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

  /**
   * The same for another number of inputs.
   *
   * @throws IllegalArgumentException if its type cannot take so many
   */
  public Operator taking(int inputs) {
    return inputs == type.inputs() && !type.takesConnected()
        ? this
        : new Operator(type.taking(inputs), input, outputChannels, stride, shortcut);
  }

  /** The layers in order; empty for Zero. */
  public List<Layer> layers() {
    return type.layers(input, outputChannels, stride);
  }

  /** How many of its layers this activation follows. */
  public long layersWith(Activation activation) {
    return layers().stream().filter(layer -> layer.isFollowedBy(activation)).count();
  }

  /** Whether the operator computes nothing, so that only its shortcut, if any, remains. */
  public boolean isZero() {
    return layers().isEmpty();
  }

  /** The shape of one image's feature map behind it. */
  public Shape output() {
    Shape shape = type.connects() ? input : input.strided(stride, outputChannels);
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

  /**
   * The operator that a key names.
   *
   * @throws InvalidInputException if it is no key of an operator
   */
  public static Operator ofKey(String key) {
    Matcher parts = KEY.matcher(key);
    if (!parts.matches()) {
      throw new InvalidInputException(
          "'"
              + key
              + "' is no operator; expected something like 'Conv(kernel=3) 8x8x3->8x8x16 s1'.");
    }
    Map<String, Object> type = new LinkedHashMap<>();
    type.put("type", parts.group(1));
    try {
      for (String component :
          parts.group(2).isEmpty() ? new String[0] : parts.group(2).split(",")) {
        String[] nameAndValue = component.split("=", 2);
        type.put(nameAndValue[0], Integer.valueOf(nameAndValue[1]));
      }
      int[] numbers = new int[7];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = Integer.parseInt(parts.group(3 + i));
      }
      Operator operator =
          new Operator(
              OperatorTypes.fromKeys(type),
              new Shape(numbers[0], numbers[1], numbers[2]),
              numbers[5],
              numbers[6],
              parts.group(10) != null);
      if (operator.key().equals(key)) {
        return operator;
      }
      throw new InvalidInputException(
          "'" + key + "' contradicts itself: its operator is '" + operator.key() + "'.");
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException("'" + key + "' is no operator: " + e.getMessage() + ".", e);
    }
  }
}
