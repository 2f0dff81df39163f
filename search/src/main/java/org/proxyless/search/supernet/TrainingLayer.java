package org.proxyless.search.supernet;

import java.util.Map;
import java.util.function.Function;
import org.proxyless.devices.tensorflow.GraphWriter;
import org.proxyless.devices.tensorflow.NetworkWeights;
import org.proxyless.devices.tensorflow.NetworkWeights.Part;
import org.proxyless.latency.Layer;
import org.proxyless.latency.Shape;
import org.tensorflow.proto.DataType;

/**
 * One layer in training form: its forward nodes, and its backward nodes written by hand. Tensors
 * are named by their node; feature maps are [batch, height, width, channels].
 */
abstract class TrainingLayer {
  /** Gradients by part, and the gradient of the input (null where it was not asked for). */
  record Gradients(String input, Map<Part, String> parts) {}

  /** Where the layer stands. */
  record Site(TrainingGraph graph, String name, Shape input, Function<Part, String> weights) {
    String node(String suffix) {
      return name + "/" + suffix;
    }

    GraphWriter.Node start(String operation, String suffix) {
      return graph.kernels().node(graph.writer(), operation, node(suffix));
    }
  }

  final Site site;

  private TrainingLayer(Site site) {
    this.site = site;
  }

  static TrainingLayer of(Layer layer, Site site) {
    if (layer instanceof Layer.Convolution convolution) {
      return new Filtered(convolution, "Conv2D", site);
    }
    if (layer instanceof Layer.DepthwiseConvolution depthwise) {
      return new Filtered(depthwise, "DepthwiseConv2dNative", site);
    }
    if (layer instanceof Layer.Dense dense) {
      return new Dense(dense, site);
    }
    if (layer instanceof Layer.GlobalAveragePool) {
      return new Pool(site);
    }
    throw new IllegalArgumentException(layer + " cannot be trained in a chain");
  }

  /** Writes the forward nodes and returns the output. */
  abstract String forward(String x);

  /** Writes the backward nodes, after {@link #forward}. */
  abstract Gradients backward(String outputGradient, boolean inputGradientNeeded);

  /** Mean and variance of the last forward pass's batch, for layers that normalise. */
  Map<Part, String> statistics() {
    return Map.of();
  }

  /** Convolution → batch normalisation (batch statistics) → activation. */
  private static final class Filtered extends TrainingLayer {
    private final Layer.Filtered layer;
    private final String operation;
    private String x;
    private String convolved;
    private String normalised;
    private String output;

    Filtered(Layer.Filtered layer, String operation, Site site) {
      super(site);
      this.layer = layer;
      this.operation = operation;
    }

    @Override
    String forward(String x) {
      this.x = x;
      convolved = window(start("", "conv").input(x, site.weights().apply(Part.FILTER)));
      normalised =
          site.start("FusedBatchNormV3", "norm")
              .input(convolved, site.weights().apply(Part.SCALE))
              .input(site.weights().apply(Part.SHIFT), "empty", "empty")
              .floats()
              .type("U", DataType.DT_FLOAT)
              .attribute("epsilon", NetworkWeights.BATCH_NORM_EPSILON)
              .attribute("exponential_avg_factor", 1f)
              .attribute("is_training", true)
              .add();
      output =
          switch (layer.activation()) {
            case LINEAR -> normalised;
            case RELU -> site.start("Relu", "relu").input(normalised).floats().add();
            case RELU6 -> site.start("Relu6", "relu6").input(normalised).floats().add();
          };
      return output;
    }

    @Override
    Gradients backward(String outputGradient, boolean inputGradientNeeded) {
      String gradient =
          switch (layer.activation()) {
            case LINEAR -> outputGradient;
            case RELU ->
                site.start("ReluGrad", "relu-grad").input(outputGradient, output).floats().add();
            case RELU6 ->
                site.start("Relu6Grad", "relu6-grad").input(outputGradient, output).floats().add();
          };
      String norm =
          site.start("FusedBatchNormGradV3", "norm-grad")
              .input(gradient, convolved, site.weights().apply(Part.SCALE))
              .input(normalised + ":3", normalised + ":4", normalised + ":5")
              .floats()
              .type("U", DataType.DT_FLOAT)
              .attribute("epsilon", NetworkWeights.BATCH_NORM_EPSILON)
              .attribute("is_training", true)
              .add();
      String filter = window(start("BackpropFilter", "filter-grad").input(x, filterSizes(), norm));
      String input =
          inputGradientNeeded
              ? window(
                  start("BackpropInput", "input-grad")
                      .input(inputSizes(), site.weights().apply(Part.FILTER), norm))
              : null;
      return new Gradients(
          input, Map.of(Part.FILTER, filter, Part.SCALE, norm + ":1", Part.SHIFT, norm + ":2"));
    }

    @Override
    Map<Part, String> statistics() {
      return Map.of(Part.MEAN, normalised + ":1", Part.VARIANCE, normalised + ":2");
    }

    /** Starts the convolution, or the gradient of it that the suffix names. */
    private GraphWriter.Node start(String gradient, String suffix) {
      TrainingGraph graph = site.graph();
      boolean pointwise = layer instanceof Layer.Convolution && layer.kernel() == 1;
      return pointwise
          ? graph
              .kernels()
              .pointwise(
                  graph.writer(),
                  operation + gradient,
                  site.node(suffix),
                  (long) graph.batchSize() * site.input().pixels())
          : site.start(operation + gradient, suffix);
    }

    private String window(GraphWriter.Node node) {
      return node.floats()
          .attribute("strides", new long[] {1, layer.stride(), layer.stride(), 1})
          .attribute("padding", "SAME")
          .add();
    }

    private String inputSizes() {
      return site.graph()
          .sizes(
              site.graph().batchSize(),
              site.input().height(),
              site.input().width(),
              site.input().channels());
    }

    private String filterSizes() {
      long[] extents = NetworkWeights.extents(layer, Part.FILTER, site.input());
      return site.graph()
          .sizes((int) extents[0], (int) extents[1], (int) extents[2], (int) extents[3]);
    }
  }

  /** Mean over the pixels: [batch, height, width, channels] → [batch, channels]. */
  private static final class Pool extends TrainingLayer {
    Pool(Site site) {
      super(site);
    }

    @Override
    String forward(String x) {
      return site.start("Mean", "mean").input(x, site.graph().sizes(1, 2)).floats().add();
    }

    @Override
    Gradients backward(String outputGradient, boolean inputGradientNeeded) {
      if (!inputGradientNeeded) {
        return new Gradients(null, Map.of());
      }
      TrainingGraph graph = site.graph();
      Shape input = site.input();
      String share =
          site.start("Mul", "share")
              .input(outputGradient, graph.writer().scalar(site.node("pixel"), 1f / input.pixels()))
              .floats()
              .add();
      String cell =
          site.start("Reshape", "cell")
              .input(share, graph.sizes(graph.batchSize(), 1, 1, input.channels()))
              .floats()
              .add();
      String spread =
          site.start("BroadcastTo", "spread")
              .input(
                  cell,
                  graph.sizes(graph.batchSize(), input.height(), input.width(), input.channels()))
              .floats()
              .add();
      return new Gradients(spread, Map.of());
    }
  }

  /** y = x·W + b: [batch, channels] → [batch, units]. */
  private static final class Dense extends TrainingLayer {
    private String x;

    Dense(Layer.Dense layer, Site site) {
      super(site);
    }

    @Override
    String forward(String x) {
      this.x = x;
      String product =
          site.start("MatMul", "matmul")
              .input(x, site.weights().apply(Part.WEIGHTS))
              .floats()
              .add();
      return site.start("BiasAdd", "add-bias")
          .input(product, site.weights().apply(Part.BIAS))
          .floats()
          .add();
    }

    @Override
    Gradients backward(String outputGradient, boolean inputGradientNeeded) {
      String weights =
          site.start("MatMul", "weights-grad")
              .input(x, outputGradient)
              .floats()
              .attribute("transpose_a", true)
              .add();
      String bias = site.start("BiasAddGrad", "bias-grad").input(outputGradient).floats().add();
      String input =
          inputGradientNeeded
              ? site.start("MatMul", "input-grad")
                  .input(outputGradient, site.weights().apply(Part.WEIGHTS))
                  .floats()
                  .attribute("transpose_b", true)
                  .add()
              : null;
      return new Gradients(input, Map.of(Part.WEIGHTS, weights, Part.BIAS, bias));
    }
  }
}
