package org.proxyless.latency.formats;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.proxyless.base.InvalidInputException;
import org.proxyless.base.StrictFields;
import org.proxyless.network.Network;
import org.proxyless.network.Operator;
import org.proxyless.network.OperatorType;
import org.proxyless.network.Shape;
import org.proxyless.network.operators.Classifier;
import org.proxyless.network.operators.Conv;
import org.proxyless.network.operators.MBConv;
import org.proxyless.network.operators.Zero;

/**
 * The network description of the authors' ProxylessNAS code ({@code net.config}, JSON). A block
 * whose convolution is a ZeroLayer becomes {@link Zero}. The file does not state the input size.
 */
public final class ProxylessNasConfig {
  private ProxylessNasConfig() {}

  /**
   * Reads a network.
   *
   * @param file the JSON file; the network takes its name
   * @param imageSize height and width of the input images, 224 for the published networks
   * @throws InvalidInputException if the file is not there or not such a description, or describes
   *     something that our operators are not
   */
  public static Network read(Path file, int imageSize) {
    StrictFields config = StrictFields.readJson(file);
    requireText(config, "name", "ProxylessNASNets");
    List<Operator> operators = new ArrayList<>();
    StrictFields first = config.object("first_conv");
    operators.add(conv(first, new Shape(imageSize, imageSize, first.wholeNumber("in_channels"))));
    for (StrictFields block : config.objects("blocks")) {
      operators.add(block(block, last(operators).output()));
    }
    operators.add(conv(config.object("feature_mix_layer"), last(operators).output()));
    operators.add(classifier(config.object("classifier"), last(operators).output()));
    return new Network(file.getFileName().toString(), operators);
  }

  /**
   * Writes a network, whole or not at all; {@link #read} gives the same operators.
   *
   * @throws InvalidInputException if it is not a convolution, blocks of MBConv or Zero, a
   *     convolution and a classifier
   * @throws java.io.UncheckedIOException if the file cannot be written
   */
  public static void write(Network network, Path file) {
    ProxylessNasConfigWriter.write(network, file);
  }

  private static Operator last(List<Operator> operators) {
    return operators.get(operators.size() - 1);
  }

  private static Operator conv(StrictFields layer, Shape input) {
    requireText(layer, "name", "ConvLayer");
    requireNumber(layer, "in_channels", input.channels());
    requireNumber(layer, "groups", 1);
    requireNumber(layer, "dilation", 1);
    requireText(layer, "act_func", "relu6");
    return operator(
        layer,
        () -> new Conv(layer.wholeNumber("kernel_size")),
        input,
        layer.wholeNumber("out_channels"),
        layer.wholeNumber("stride"),
        false);
  }

  private static Operator block(StrictFields block, Shape input) {
    requireText(block, "name", "MobileInvertedResidualBlock");
    boolean shortcut = block.has("shortcut");
    if (shortcut) {
      requireText(block.object("shortcut"), "name", "IdentityLayer");
    }
    StrictFields layer = block.object("mobile_inverted_conv");
    int stride = layer.wholeNumber("stride");
    if (layer.text("name").equals("ZeroLayer")) {
      return operator(layer, Zero::new, input, input.channels(), stride, shortcut);
    }
    requireText(layer, "name", "MBInvertedConvLayer");
    requireNumber(layer, "in_channels", input.channels());
    Supplier<OperatorType> type =
        () -> new MBConv(layer.wholeNumber("kernel_size"), layer.wholeNumber("expand_ratio"));
    return operator(layer, type, input, layer.wholeNumber("out_channels"), stride, shortcut);
  }

  private static Operator classifier(StrictFields layer, Shape input) {
    requireText(layer, "name", "LinearLayer");
    requireNumber(layer, "in_features", input.channels());
    return operator(layer, Classifier::new, input, layer.wholeNumber("out_features"), 1, false);
  }

  /** An operator; what its type or shapes refuse is the layer's mistake. */
  static Operator operator(
      StrictFields layer,
      Supplier<OperatorType> type,
      Shape input,
      int outputChannels,
      int stride,
      boolean shortcut) {
    try {
      return new Operator(type.get(), input, outputChannels, stride, shortcut);
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(layer.where() + ": " + e.getMessage() + ".", e);
    }
  }

  private static void requireText(StrictFields fields, String key, String value) {
    if (!fields.text(key).equals(value)) {
      throw new InvalidInputException(
          fields.where()
              + ": "
              + key
              + " is '"
              + fields.text(key)
              + "'; it must be '"
              + value
              + "'.");
    }
  }

  private static void requireNumber(StrictFields fields, String key, int value) {
    if (fields.wholeNumber(key) != value) {
      throw new InvalidInputException(
          fields.where()
              + ": "
              + key
              + " is "
              + fields.wholeNumber(key)
              + "; it must be "
              + value
              + ".");
    }
  }
}
