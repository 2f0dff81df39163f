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
import org.proxyless.network.operators.SwishConv;
import org.proxyless.network.operators.SwishPooledConv;
import org.proxyless.network.operators.Zero;

/**
 * The network description of Once-for-All's MobileNetV3 ({@code net.config}, JSON; Cai et al.,
 * 2020), in its older and newer spelling. A block without a convolution becomes {@link Zero}. The
 * file does not state the input size.
 */
public final class OnceForAllConfig {
  private static final double EXACT = 1e-9;

  private OnceForAllConfig() {}

  /**
   * Reads a network.
   *
   * @param file the JSON file; the network takes its name
   * @param imageSize height and width of the input images, which the published networks' names
   *     state
   * @throws InvalidInputException if the file is not there or not such a description, or describes
   *     something that our operators are not
   */
  public static Network read(Path file, int imageSize) {
    StrictFields config = StrictFields.readJson(file);
    require(config, "name", "MobileNetV3");
    List<Operator> operators = new ArrayList<>();
    StrictFields first = config.object("first_conv");
    Shape image = new Shape(imageSize, imageSize, first.wholeNumber("in_channels"));
    requireConv(first, image, true);
    operators.add(
        operator(first, () -> new SwishConv(first.wholeNumber("kernel_size")), image, false));
    for (StrictFields block : config.objects("blocks")) {
      operators.add(block(block, behind(operators)));
    }
    StrictFields expand = config.object("final_expand_layer");
    requireConv(expand, behind(operators), true);
    operators.add(
        operator(
            expand,
            () -> new SwishConv(expand.wholeNumber("kernel_size")),
            behind(operators),
            false));
    operators.add(mix(config.object("feature_mix_layer"), behind(operators)));
    operators.add(classifier(config.object("classifier"), behind(operators)));
    return new Network(file.getFileName().toString(), operators);
  }

  private static Shape behind(List<Operator> operators) {
    return operators.get(operators.size() - 1).output();
  }

  private static void requireConv(StrictFields layer, Shape input, boolean normalized) {
    require(layer, "name", "ConvLayer");
    require(layer, "in_channels", input.channels());
    require(layer, "groups", 1);
    require(layer, "dilation", 1);
    require(layer, "act_func", "h_swish");
    require(layer, "use_bn", normalized);
    if (layer.has("use_se")) {
      require(layer, "use_se", false);
    }
  }

  /** The global pool, which the file does not name, and the convolution behind it. */
  private static Operator mix(StrictFields layer, Shape input) {
    requireConv(layer, input, false);
    require(layer, "kernel_size", 1);
    require(layer, "bias", false);
    return operator(layer, SwishPooledConv::new, input, false);
  }

  private static Operator block(StrictFields block, Shape input) {
    boolean older = block.text("name").equals("MobileInvertedResidualBlock");
    if (!older) {
      require(block, "name", "ResidualBlock");
    }
    boolean shortcut = block.has("shortcut");
    if (shortcut) {
      require(block.object("shortcut"), "name", "IdentityLayer");
    }
    String key = older ? "mobile_inverted_conv" : "conv";
    if (!block.has(key) || block.object(key).text("name").equals("ZeroLayer")) {
      return new Operator(new Zero(), input, input.channels(), 1, true);
    }
    StrictFields layer = block.object(key);
    require(layer, "name", older ? "MBInvertedConvLayer" : "MBConvLayer");
    require(layer, "in_channels", input.channels());
    if (layer.has("groups")) {
      require(layer, "groups", expansion(layer, input.channels()) * input.channels());
    }
    return operator(layer, () -> type(layer, input.channels()), input, shortcut);
  }

  private static OperatorType type(StrictFields layer, int channels) {
    String activation = layer.text("act_func");
    if (!activation.equals("h_swish")) {
      require(layer, "act_func", "relu");
    }
    return OnceForAllTable.of(
        layer.wholeNumber("kernel_size"),
        expansion(layer, channels),
        layer.flag("use_se"),
        activation.equals("h_swish"));
  }

  /** Middle channels as a multiple of the input's; 1 only where nothing widens. */
  private static int expansion(StrictFields layer, int channels) {
    double ratio = layer.number("expand_ratio");
    int middle =
        layer.has("mid_channels")
            ? layer.wholeNumber("mid_channels")
            : (int) Math.rint(ratio * channels);
    boolean widens = Math.abs(ratio - 1) > EXACT;
    if (middle < 1 || middle % channels != 0 || (middle == channels) == widens) {
      throw new InvalidInputException(
          layer.where()
              + ": "
              + middle
              + " middle channels at expand_ratio "
              + ratio
              + " are no whole multiple of the input's "
              + channels
              + " that our operators can say.");
    }
    return middle / channels;
  }

  private static Operator classifier(StrictFields layer, Shape input) {
    require(layer, "name", "LinearLayer");
    require(layer, "in_features", input.channels());
    return ProxylessNasConfig.operator(
        layer, Classifier::new, input, layer.wholeNumber("out_features"), 1, false);
  }

  private static Operator operator(
      StrictFields layer, Supplier<OperatorType> type, Shape input, boolean shortcut) {
    return ProxylessNasConfig.operator(
        layer,
        type,
        input,
        layer.wholeNumber("out_channels"),
        layer.wholeNumber("stride"),
        shortcut);
  }

  private static void require(StrictFields fields, String key, String value) {
    requireEqual(fields, key, fields.text(key), value);
  }

  private static void require(StrictFields fields, String key, int value) {
    requireEqual(fields, key, fields.wholeNumber(key), value);
  }

  private static void require(StrictFields fields, String key, boolean value) {
    requireEqual(fields, key, fields.flag(key), value);
  }

  private static void requireEqual(StrictFields fields, String key, Object is, Object must) {
    if (!is.equals(must)) {
      throw new InvalidInputException(
          fields.where() + ": " + key + " is '" + is + "'; it must be '" + must + "'.");
    }
  }
}
