package org.proxyless.devices.lite.file;

import java.util.Arrays;
import org.proxyless.devices.lite.graph.FeatureMap;
import org.proxyless.devices.lite.graph.InferenceGraph;
import org.proxyless.devices.lite.graph.LittleEndian;
import org.proxyless.devices.lite.graph.Operation;
import org.tensorflow.lite.schema.BuiltinOperator;
import org.tensorflow.lite.schema.BuiltinOptionsUnion;
import org.tensorflow.lite.schema.TensorType;

/**
 * Writes a deployed network as a TensorFlow Lite file: images are unsigned bytes and probabilities
 * float32, whatever the {@link Encoding} between them.
 */
public final class LiteWriter implements Operation.Visitor {
  private static final int[] PIXEL_AXES = {1, 2};

  private final ModelFile file = new ModelFile();
  private final InferenceGraph graph;
  private final Encoding encoding;

  /** The file's tensor of each feature map. */
  private final int[] tensors;

  public LiteWriter(InferenceGraph graph, Encoding encoding) {
    this.graph = graph;
    this.encoding = encoding;
    this.tensors = new int[graph.featureMaps().size()];
    for (int i = 0; i < tensors.length; i++) {
      tensors[i] = add(i, graph.featureMap(i));
    }
    graph.operations().forEach(operation -> operation.accept(this));
  }

  private int add(int number, FeatureMap map) {
    if (graph.isImage(number)) {
      return encoding.bytes(file, map);
    }
    return graph.isProbabilities(number)
        ? file.tensor(map.name(), TensorType.FLOAT32, null, map.extents())
        : encoding.featureMap(file, number, map);
  }

  /** Adds what readers may want to know of the network, see {@link ImageMetadata}. */
  public void describe(byte[] metadata) {
    file.metadata(ImageMetadata.NAME, metadata);
  }

  /** The file of the network; it gives these feature maps. */
  public byte[] bytes(int... outputs) {
    return file.bytes(tensors(graph.inputs()), tensors(outputs));
  }

  /** The working memory of an interpreter that gives these feature maps, in bytes. */
  public long memoryBytes(int... outputs) {
    TensorUses uses = file.uses();
    return new ArenaPlan(uses.inInterpreter(tensors(graph.inputs()), tensors(outputs))).peakBytes()
        + uses.keptBytes();
  }

  /** Bytes that the operations need at once, whatever comes before and behind them. */
  public long leastMemoryBytes() {
    return ArenaPlan.mostAtOnceBytes(file.uses().betweenOperators());
  }

  private int[] tensors(int... featureMaps) {
    return Arrays.stream(featureMaps).map(map -> tensors[map]).toArray();
  }

  @Override
  public void visit(Operation.Pixels pixels) {
    encoding.fromBytes(file, tensors[pixels.input()], tensors[pixels.output()]);
  }

  @Override
  public void visit(Operation.Convolution convolution) {
    addWeighted(
        BuiltinOperator.CONV_2D, convolution, LiteWeights.of(convolution), Options.of(convolution));
  }

  @Override
  public void visit(Operation.DepthwiseConvolution convolution) {
    addWeighted(
        BuiltinOperator.DEPTHWISE_CONV_2D,
        convolution,
        LiteWeights.of(convolution),
        Options.of(convolution));
  }

  @Override
  public void visit(Operation.Dense dense) {
    addWeighted(BuiltinOperator.FULLY_CONNECTED, dense, LiteWeights.of(dense), Options.dense());
  }

  @Override
  public void visit(Operation.GlobalMean mean) {
    int axes =
        file.constant(
            name(mean) + "/axes",
            TensorType.INT32,
            null,
            LittleEndian.ints(PIXEL_AXES),
            PIXEL_AXES.length);
    add(BuiltinOperator.MEAN, mean, Options.of(mean), tensors[mean.input()], axes);
  }

  @Override
  public void visit(Operation.Sum sum) {
    add(BuiltinOperator.ADD, sum, Options.sum(), tensors[sum.left()], tensors[sum.right()]);
  }

  @Override
  public void visit(Operation.Product product) {
    int left = tensors[product.left()];
    add(BuiltinOperator.MUL, product, Options.product(), left, tensors[product.right()]);
  }

  @Override
  public void visit(Operation.Concatenation concatenation) {
    add(
        BuiltinOperator.CONCATENATION,
        concatenation,
        Options.channels(),
        concatenation.inputs().stream().mapToInt(input -> tensors[input]).toArray());
  }

  @Override
  public void visit(Operation.Pool pool) {
    add(
        pool.greatest() ? BuiltinOperator.MAX_POOL_2D : BuiltinOperator.AVERAGE_POOL_2D,
        pool,
        Options.of(pool),
        tensors[pool.input()]);
  }

  @Override
  public void visit(Operation.Activated activated) {
    int builtin =
        switch (activated.activation()) {
          case RELU -> BuiltinOperator.RELU;
          case RELU6 -> BuiltinOperator.RELU6;
          case HARD_SWISH -> BuiltinOperator.HARD_SWISH;
          case LINEAR, HARD_SIGMOID ->
              throw new IllegalStateException(
                  name(activated) + " cannot stand alone as " + activated.activation());
        };
    add(builtin, activated, Options.none(), tensors[activated.input()]);
  }

  /** A product with 0: zeros of their own are no operator on integers. */
  @Override
  public void visit(Operation.Zeros zeros) {
    int zero = encoding.scalar(file, name(zeros) + "/factor", 0);
    add(BuiltinOperator.MUL, zeros, Options.product(), tensors[zeros.input()], zero);
  }

  /** In floats always, so that probabilities are not rounded. */
  @Override
  public void visit(Operation.Softmax softmax) {
    int logits =
        encoding.toFloats(file, tensors[softmax.input()], graph.featureMap(softmax.input()));
    file.operator(
        BuiltinOperator.SOFTMAX,
        1,
        new int[] {logits},
        tensors[softmax.output()],
        Options.softmax());
  }

  private void addWeighted(
      int builtin, Operation.Weighted operation, LiteWeights weights, BuiltinOptionsUnion options) {
    int[] constants =
        encoding.constants(file, name(operation), operation.input(), weights, operation.bias());
    add(builtin, operation, options, tensors[operation.input()], constants[0], constants[1]);
  }

  private void add(int builtin, Operation operation, BuiltinOptionsUnion options, int... inputs) {
    file.operator(builtin, encoding.version(builtin), inputs, tensors[operation.output()], options);
  }

  private String name(Operation operation) {
    return graph.featureMap(operation.output()).name();
  }
}
