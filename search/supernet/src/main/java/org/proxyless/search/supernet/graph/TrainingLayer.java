package org.proxyless.search.supernet.graph;

import java.util.Map;
import java.util.function.Function;
import org.proxyless.devices.tensorflow.GraphWriter;
import org.proxyless.network.Layer;
import org.proxyless.network.NetworkWeights.Part;
import org.proxyless.network.Shape;

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

    /** A constant with the extents of a batch of the layer's inputs. */
    String inputSizes() {
      return graph.sizes(graph.batchSize(), input.height(), input.width(), input.channels());
    }
  }

  final Site site;

  TrainingLayer(Site site) {
    this.site = site;
  }

  static TrainingLayer of(Layer layer, Site site) {
    if (layer instanceof Layer.Filtered filtered) {
      return new FilteredLayer(filtered, site);
    }
    if (layer instanceof Layer.Normalization normalization) {
      return new NormalizedLayer(normalization, site);
    }
    if (layer instanceof Layer.Dense dense) {
      return new Dense(dense, site);
    }
    if (layer instanceof Layer.GlobalAveragePool mean) {
      return new Pool(site, mean.flat());
    }
    if (layer instanceof Layer.SqueezeExcitation) {
      return new SqueezeLayer(site);
    }
    if (layer instanceof Layer.Activated activated) {
      return new ActivatedLayer(activated.activation(), site);
    }
    if (layer instanceof Layer.Pool pool) {
      return new WindowPool(pool, site);
    }
    throw new IllegalArgumentException(layer + " joins feature maps, which a node does");
  }

  /** Writes the forward nodes and returns the output. */
  abstract String forward(String x);

  /** Writes the backward nodes, after {@link #forward}. */
  abstract Gradients backward(String outputGradient, boolean inputGradientNeeded);

  /** Mean and variance of the last forward pass's batch, for layers that normalise. */
  Map<Part, String> statistics() {
    return Map.of();
  }

  /**
   * Mean over the pixels: [batch, height, width, channels] → [batch, channels], or [batch, 1, 1,
   * channels] if it is not flat.
   */
  private static final class Pool extends TrainingLayer {
    private final boolean flat;

    Pool(Site site, boolean flat) {
      super(site);
      this.flat = flat;
    }

    @Override
    String forward(String x) {
      GraphWriter.Node mean =
          site.start("Mean", "mean").input(x, site.graph().sizes(1, 2)).floats();
      return flat ? mean.add() : mean.attribute("keep_dims", true).add();
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
          flat
              ? site.start("Reshape", "cell")
                  .input(share, graph.sizes(graph.batchSize(), 1, 1, input.channels()))
                  .floats()
                  .add()
              : share;
      String spread =
          site.start("BroadcastTo", "spread").input(cell, site.inputSizes()).floats().add();
      return new Gradients(spread, Map.of());
    }
  }

  /** y = x·W, plus b where there is one: [batch, channels] → [batch, units]. */
  private static final class Dense extends TrainingLayer {
    private final boolean biased;
    private String x;

    Dense(Layer.Dense layer, Site site) {
      super(site);
      biased = layer.biased();
    }

    @Override
    String forward(String x) {
      this.x = x;
      String product =
          site.start("MatMul", "matmul")
              .input(x, site.weights().apply(Part.WEIGHTS))
              .floats()
              .add();
      if (!biased) {
        return product;
      }
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
      String bias =
          biased
              ? site.start("BiasAddGrad", "bias-grad").input(outputGradient).floats().add()
              : null;
      String input =
          inputGradientNeeded
              ? site.start("MatMul", "input-grad")
                  .input(outputGradient, site.weights().apply(Part.WEIGHTS))
                  .floats()
                  .attribute("transpose_b", true)
                  .add()
              : null;
      return new Gradients(
          input,
          biased ? Map.of(Part.WEIGHTS, weights, Part.BIAS, bias) : Map.of(Part.WEIGHTS, weights));
    }
  }
}
