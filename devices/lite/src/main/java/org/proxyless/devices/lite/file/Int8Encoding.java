package org.proxyless.devices.lite.file;

import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.proxyless.devices.lite.graph.FeatureMap;
import org.proxyless.devices.lite.graph.InferenceGraph;
import org.proxyless.devices.lite.graph.LittleEndian;
import org.proxyless.devices.lite.graph.Operation;
import org.proxyless.devices.lite.graph.Quantization;
import org.tensorflow.lite.schema.BuiltinOperator;
import org.tensorflow.lite.schema.BuiltinOptions;
import org.tensorflow.lite.schema.DequantizeOptionsT;
import org.tensorflow.lite.schema.QuantizeOptionsT;
import org.tensorflow.lite.schema.TensorType;

/**
 * Weights and feature maps as signed bytes, after TensorFlow Lite's 8-bit quantisation
 * specification: weights symmetric with a scale for each output channel, feature maps with one
 * scale and zero point from their {@link ActivationRanges}, biases as 32-bit integers.
 */
public final class Int8Encoding implements Encoding {
  /** Pixels 0 … 255 as signed bytes: exact. */
  private static final Quantization PIXELS = new Quantization(1, Byte.MIN_VALUE);

  /** Of inputs that are no images: most numbers of a normal distribution. */
  private static final Quantization INPUT = Quantization.ofRange(-4, 4);

  /** What operators on signed bytes are said to need; any not listed: 2. */
  private static final Map<Integer, Integer> VERSIONS =
      Map.of(
          BuiltinOperator.CONV_2D, 3,
          BuiltinOperator.DEPTHWISE_CONV_2D, 3,
          BuiltinOperator.FULLY_CONNECTED, 4,
          BuiltinOperator.HARD_SWISH, 1);

  private static final int OTHER_VERSION = 2;

  private final Quantization[] quantizations;

  public Int8Encoding(InferenceGraph graph, ActivationRanges ranges) {
    quantizations = new Quantization[graph.featureMaps().size()];
    Arrays.fill(quantizations, INPUT);
    SharedRanges shared = SharedRanges.of(graph);
    Set<Integer> inputs = Arrays.stream(graph.inputs()).boxed().collect(Collectors.toSet());
    for (Operation operation : graph.operations()) {
      int number = operation.output();
      Set<Integer> alike = shared.with(number);
      if (operation instanceof Operation.Pixels) {
        quantizations[number] = PIXELS;
      } else if (Collections.disjoint(alike, inputs)) {
        quantizations[number] = ranges.quantization(alike);
      }
    }
  }

  @Override
  public int bytes(ModelFile file, FeatureMap map) {
    Quantization asTheyAre = new Quantization(1, 0);
    return file.tensor(map.name(), TensorType.UINT8, asTheyAre.parameters(), map.extents());
  }

  @Override
  public int featureMap(ModelFile file, int number, FeatureMap map) {
    return file.tensor(
        map.name(), TensorType.INT8, quantizations[number].parameters(), map.extents());
  }

  @Override
  public int[] constants(
      ModelFile file, String name, int input, LiteWeights weights, float[] bias) {
    float inputScale = quantizations[input].scale();
    QuantizedWeights quantized = QuantizedWeights.of(weights, bias, inputScale);
    return new int[] {
      file.constant(
          name + "/weights",
          TensorType.INT8,
          Quantization.parameters(quantized.scales(), weights.channelDimension()),
          quantized.weights(),
          weights.extents()),
      file.constant(
          name + "/bias",
          TensorType.INT32,
          Quantization.parameters(quantized.biasScales(inputScale), 0),
          LittleEndian.ints(quantized.bias()),
          bias.length)
    };
  }

  @Override
  public int scalar(ModelFile file, String name, float value) {
    Quantization quantization = Quantization.ofRange(value, value);
    int step = Math.round(value / quantization.scale()) + quantization.zeroPoint();
    return file.constant(
        name, TensorType.INT8, quantization.parameters(), new byte[] {(byte) step});
  }

  @Override
  public void fromBytes(ModelFile file, int bytes, int output) {
    file.operator(
        BuiltinOperator.QUANTIZE,
        OTHER_VERSION,
        new int[] {bytes},
        output,
        Options.of(BuiltinOptions.QuantizeOptions, new QuantizeOptionsT()));
  }

  @Override
  public int toFloats(ModelFile file, int tensor, FeatureMap map) {
    int floats = file.tensor(map.name() + "/float", TensorType.FLOAT32, null, map.extents());
    file.operator(
        BuiltinOperator.DEQUANTIZE,
        OTHER_VERSION,
        new int[] {tensor},
        floats,
        Options.of(BuiltinOptions.DequantizeOptions, new DequantizeOptionsT()));
    return floats;
  }

  @Override
  public int version(int builtin) {
    return VERSIONS.getOrDefault(builtin, OTHER_VERSION);
  }
}
