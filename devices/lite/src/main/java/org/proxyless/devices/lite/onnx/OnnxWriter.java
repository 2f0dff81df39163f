package org.proxyless.devices.lite.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.proxyless.devices.lite.graph.FeatureMap;
import org.proxyless.devices.lite.graph.InferenceGraph;
import org.proxyless.devices.lite.graph.Operation;
import org.proxyless.network.Activation;

/**
 * Writes a deployed network as an ONNX file: unsigned bytes [batch, height, width, channels] in,
 * logits and probabilities out. Between them feature maps are [batch, channels, height, width], as
 * ONNX wants them.
 */
final class OnnxWriter implements Operation.Visitor {
  /** The metadata that holds the class names, one a line. */
  static final String CLASSES = "classes";

  /** Both are from 2020 or so: older than any runtime in use. */
  private static final long FORMAT_VERSION = 7;

  private static final long OPERATORS_VERSION = 13;

  private static final float RELU6_END = 6;

  private final OnnxGraph onnx;
  private final InferenceGraph graph;

  private OnnxWriter(String name, InferenceGraph graph) {
    this.onnx = new OnnxGraph(name);
    this.graph = graph;
    FeatureMap images = graph.featureMap(graph.inputs()[0]);
    onnx.input(images.name(), DataType.UINT8, images.extents());
    onnx.constant("zero", new float[] {0});
    onnx.constant("six", new float[] {RELU6_END});
    graph.operations().forEach(operation -> operation.accept(this));
  }

  /** The file of a network. */
  static byte[] write(String name, InferenceGraph graph, List<String> classNames) {
    OnnxWriter writer = new OnnxWriter(name, graph);
    return ModelProto.newBuilder()
        .setIrVersion(FORMAT_VERSION)
        .setProducerName("Proxyless")
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPERATORS_VERSION))
        .setGraph(writer.onnx.build())
        .addMetadataProps(
            StringStringEntryProto.newBuilder()
                .setKey(CLASSES)
                .setValue(classNames.stream().collect(Collectors.joining("\n"))))
        .build()
        .toByteArray();
  }

  @Override
  public void visit(Operation.Pixels pixels) {
    String floats =
        onnx.node(
            "Cast",
            name(pixels) + "/float",
            List.of(input(pixels)),
            Map.of("to", (long) DataType.FLOAT.getNumber()));
    onnx.node("Transpose", name(pixels), List.of(floats), Map.of("perm", new long[] {0, 3, 1, 2}));
  }

  @Override
  public void visit(Operation.Convolution convolution) {
    int channels = convolution.bias().length;
    Operation.Window window = convolution.window();
    int taps = window.rows() * window.columns();
    int inputs = convolution.weights().length / (channels * taps);
    float[] weights = spatialLast(convolution.weights(), taps, inputs, channels);
    addConvolution(
        convolution, window, 1, 1, weights, channels, inputs, window.rows(), window.columns());
  }

  @Override
  public void visit(Operation.DepthwiseConvolution convolution) {
    int channels = convolution.bias().length;
    int kernel = convolution.kernel();
    float[] weights = spatialLast(convolution.weights(), kernel * kernel, 1, channels);
    addConvolution(
        convolution,
        square(kernel, convolution.stride()),
        convolution.dilation(),
        channels,
        weights,
        channels,
        1,
        kernel,
        kernel);
  }

  @Override
  public void visit(Operation.Dense dense) {
    int units = dense.bias().length;
    String weights =
        onnx.constant(
            name(dense) + "/weights", dense.weights(), dense.weights().length / units, units);
    String bias = onnx.constant(name(dense) + "/bias", dense.bias(), units);
    String product = onnx.node("Gemm", name(dense), List.of(input(dense), weights, bias), Map.of());
    if (dense.output() == logits()) {
      onnx.output(product, DataType.FLOAT, graph.featureMap(dense.output()).extents());
    }
  }

  @Override
  public void visit(Operation.GlobalMean mean) {
    if (!mean.flat()) {
      onnx.node("GlobalAveragePool", name(mean), List.of(input(mean)), Map.of());
      return;
    }
    String pooled =
        onnx.node("GlobalAveragePool", name(mean) + "/pool", List.of(input(mean)), Map.of());
    onnx.node("Flatten", name(mean), List.of(pooled), Map.of("axis", 1L));
  }

  @Override
  public void visit(Operation.Sum sum) {
    onnx.node("Add", name(sum), inputs(sum), Map.of());
  }

  @Override
  public void visit(Operation.Product product) {
    onnx.node("Mul", name(product), inputs(product), Map.of());
  }

  @Override
  public void visit(Operation.Concatenation concatenation) {
    onnx.node("Concat", name(concatenation), inputs(concatenation), Map.of("axis", 1L));
  }

  /** What is padded counts neither for the greatest nor, unless one asks for it, for the mean. */
  @Override
  public void visit(Operation.Pool pool) {
    onnx.node(
        pool.greatest() ? "MaxPool" : "AveragePool",
        name(pool),
        List.of(input(pool)),
        window(pool, square(pool.kernel(), pool.stride()), 1));
  }

  @Override
  public void visit(Operation.Activated activated) {
    addActivation(name(activated), input(activated), activated.activation());
  }

  @Override
  public void visit(Operation.Zeros zeros) {
    onnx.node("Mul", name(zeros), List.of(input(zeros), "zero"), Map.of());
  }

  @Override
  public void visit(Operation.Softmax softmax) {
    onnx.node("Softmax", name(softmax), List.of(input(softmax)), Map.of("axis", 1L));
    onnx.output(name(softmax), DataType.FLOAT, graph.featureMap(softmax.output()).extents());
  }

  /**
   * @param extents of the weights: [channels, inputs of one group, rows, columns]
   */
  private void addConvolution(
      Operation.Weighted operation,
      Operation.Window window,
      int dilation,
      long groups,
      float[] weights,
      long... extents) {
    String name = name(operation);
    List<String> inputs =
        List.of(
            input(operation),
            onnx.constant(name + "/weights", weights, extents),
            onnx.constant(name + "/bias", operation.bias(), operation.bias().length));
    Map<String, Object> attributes = new HashMap<>(window(operation, window, dilation));
    attributes.put("group", groups);
    if (dilation > 1) {
      attributes.put("dilations", new long[] {dilation, dilation});
    }
    if (operation.activation() == Activation.LINEAR) {
      onnx.node("Conv", name, inputs, attributes);
      return;
    }
    String linear = onnx.node("Conv", name + "/linear", inputs, attributes);
    addActivation(name, linear, operation.activation());
  }

  private static Operation.Window square(int kernel, int stride) {
    return new Operation.Window(kernel, kernel, stride, stride, true);
  }

  private Map<String, Object> window(
      Operation.Unary operation, Operation.Window window, int dilation) {
    return Map.of(
        "kernel_shape",
        new long[] {window.rows(), window.columns()},
        "strides",
        new long[] {window.rowStride(), window.columnStride()},
        "pads",
        padding(graph.featureMap(operation.input()), window, dilation));
  }

  private void addActivation(String name, String input, Activation activation) {
    switch (activation) {
      case RELU -> onnx.node("Relu", name, List.of(input), Map.of());
      case RELU6 -> onnx.node("Clip", name, List.of(input, "zero", "six"), Map.of());
      case HARD_SWISH -> {
        Map<String, Object> slope = Map.of("alpha", 1f / RELU6_END, "beta", 0.5f);
        String factor = onnx.node("HardSigmoid", name + "/factor", List.of(input), slope);
        onnx.node("Mul", name, List.of(input, factor), Map.of());
      }
      case LINEAR, HARD_SIGMOID ->
          throw new IllegalStateException(name + " cannot stand alone as " + activation);
    }
  }

  /** SAME padding as [top, left, bottom, right]: of the total, the smaller half goes before. */
  private static long[] padding(FeatureMap input, Operation.Window window, int dilation) {
    long[] padding = new long[4];
    for (int d = 0; d < 2 && window.padded(); d++) {
      int reach = ((d == 0 ? window.rows() : window.columns()) - 1) * dilation + 1;
      int stride = d == 0 ? window.rowStride() : window.columnStride();
      int extent = input.extents()[1 + d];
      int output = (extent + stride - 1) / stride;
      int total = Math.max((output - 1) * stride + reach - extent, 0);
      padding[d] = total / 2;
      padding[2 + d] = total - total / 2;
    }
    return padding;
  }

  /** [rows, columns, inputs, channels] → [channels, inputs, rows, columns], of so many taps. */
  private static float[] spatialLast(float[] weights, int taps, int inputs, int channels) {
    float[] turned = new float[weights.length];
    for (int t = 0; t < taps; t++) {
      for (int i = 0; i < inputs; i++) {
        for (int c = 0; c < channels; c++) {
          turned[(c * inputs + i) * taps + t] = weights[(t * inputs + i) * channels + c];
        }
      }
    }
    return turned;
  }

  private int logits() {
    List<Operation> operations = graph.operations();
    return operations.get(operations.size() - 1).inputs().get(0);
  }

  private List<String> inputs(Operation operation) {
    return operation.inputs().stream().map(i -> graph.featureMap(i).name()).toList();
  }

  private String input(Operation.Unary operation) {
    return graph.featureMap(operation.input()).name();
  }

  private String name(Operation operation) {
    return graph.featureMap(operation.output()).name();
  }
}
