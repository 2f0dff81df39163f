package org.proxyless.latency.formats;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.proxyless.base.AtomicFile;
import org.proxyless.base.InvalidInputException;
import org.proxyless.network.Network;
import org.proxyless.network.Operator;
import org.proxyless.network.operators.Classifier;
import org.proxyless.network.operators.Conv;
import org.proxyless.network.operators.MBConv;

/**
 * Writes the network description of the authors' ProxylessNAS code, with every key that their code
 * reads; see {@link ProxylessNasConfig}. Batch normalisation is ours: momentum 0.1 in PyTorch's
 * sense is TensorFlow's 0.9.
 */
final class ProxylessNasConfigWriter {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
  private static final int FEWEST_OPERATORS = 4;

  private final Network network;

  private ProxylessNasConfigWriter(Network network) {
    this.network = network;
  }

  static void write(Network network, Path file) {
    Map<String, Object> config = new ProxylessNasConfigWriter(network).config();
    try {
      String text = JSON.writeValueAsString(config) + "\n";
      AtomicFile.write(file, text.getBytes(StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("network " + network.name() + " has no JSON form", e);
    }
  }

  private Map<String, Object> config() {
    List<Operator> operators = network.operators();
    int last = operators.size() - 1;
    if (!network.isChain()) {
      throw unfit("its operators are no chain");
    }
    if (operators.size() < FEWEST_OPERATORS) {
      throw unfit(
          "it has " + operators.size() + " operators, not a stem, blocks, head, classifier");
    }
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("name", "ProxylessNASNets");
    config.put("bn", Map.of("momentum", 0.1, "eps", 0.001));
    config.put("first_conv", conv(operators.get(0)));
    config.put("feature_mix_layer", conv(operators.get(last - 1)));
    config.put("classifier", classifier(operators.get(last)));
    config.put("blocks", operators.subList(1, last - 1).stream().map(this::block).toList());
    return config;
  }

  private Map<String, Object> conv(Operator operator) {
    if (!(operator.type() instanceof Conv conv) || operator.shortcut()) {
      throw unfit("'" + operator.key() + "' stands where a plain convolution must");
    }
    Map<String, Object> layer = named("ConvLayer");
    layer.put("kernel_size", conv.kernel());
    layer.put("stride", operator.stride());
    layer.put("dilation", 1);
    layer.put("groups", 1);
    layer.put("bias", false);
    layer.put("has_shuffle", false);
    layer.put("in_channels", operator.input().channels());
    layer.put("out_channels", operator.outputChannels());
    return finished(layer, true, "relu6");
  }

  private Map<String, Object> block(Operator operator) {
    Map<String, Object> layer;
    if (operator.isZero()) {
      layer = named("ZeroLayer");
      layer.put("stride", operator.stride());
    } else if (operator.type() instanceof MBConv type) {
      layer = named("MBInvertedConvLayer");
      layer.put("in_channels", operator.input().channels());
      layer.put("out_channels", operator.outputChannels());
      layer.put("kernel_size", type.kernel());
      layer.put("stride", operator.stride());
      layer.put("expand_ratio", type.expansion());
    } else {
      throw unfit("'" + operator.key() + "' stands where an MBConv or Zero must");
    }
    Map<String, Object> block = named("MobileInvertedResidualBlock");
    block.put("mobile_inverted_conv", layer);
    block.put("shortcut", operator.shortcut() ? identity(operator.outputChannels()) : null);
    return block;
  }

  private static Map<String, Object> identity(int channels) {
    Map<String, Object> layer = named("IdentityLayer");
    layer.put("in_channels", channels);
    layer.put("out_channels", channels);
    return finished(layer, false, null);
  }

  private Map<String, Object> classifier(Operator operator) {
    if (!(operator.type() instanceof Classifier)) {
      throw unfit("'" + operator.key() + "' stands where a classifier must");
    }
    Map<String, Object> layer = named("LinearLayer");
    layer.put("in_features", operator.input().channels());
    layer.put("out_features", operator.outputChannels());
    layer.put("bias", true);
    return finished(layer, false, null);
  }

  private static Map<String, Object> named(String name) {
    Map<String, Object> layer = new LinkedHashMap<>();
    layer.put("name", name);
    return layer;
  }

  /** The keys that all of the authors' plain layers have. */
  private static Map<String, Object> finished(
      Map<String, Object> layer, boolean batchNormalised, @Nullable String activation) {
    layer.put("use_bn", batchNormalised);
    layer.put("act_func", activation);
    layer.put("dropout_rate", 0);
    layer.put("ops_order", "weight_bn_act");
    return layer;
  }

  private InvalidInputException unfit(String why) {
    return new InvalidInputException(
        "network '"
            + network.name()
            + "' has no ProxylessNAS form: "
            + why
            + ". Keep it as network.json.");
  }
}
