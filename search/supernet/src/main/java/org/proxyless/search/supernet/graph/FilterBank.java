package org.proxyless.search.supernet.graph;

import java.util.Arrays;
import org.proxyless.devices.tensorflow.GraphWriter;
import org.proxyless.network.Layer;
import org.proxyless.network.NetworkWeights;
import org.proxyless.network.NetworkWeights.Part;
import org.proxyless.network.Shape;
import org.tensorflow.proto.DataType;

/** What a layer does with its filters, before any normalisation, and its gradients. */
abstract class FilterBank {
  final TrainingLayer.Site site;
  String x;

  private FilterBank(TrainingLayer.Site site) {
    this.site = site;
  }

  static FilterBank of(Layer.Filtered layer, TrainingLayer.Site site) {
    if (layer instanceof Layer.FactorizedReduction reduction) {
      return new Halving(reduction, site);
    }
    return layer instanceof Layer.DepthwiseConvolution depthwise && depthwise.dilation() > 1
        ? new Dilated(depthwise, site)
        : new Window(layer, site);
  }

  /** Writes what runs forward and returns the output. */
  abstract String forward(String x);

  /** Writes the gradient of the filters, after {@link #forward}. */
  abstract String filterGradient(String outputGradient);

  /** Writes the gradient of the input, after {@link #forward}. */
  abstract String inputGradient(String outputGradient);

  final String filter() {
    return site.weights().apply(Part.FILTER);
  }

  final String sizes(long... extents) {
    return site.graph().sizes(Arrays.stream(extents).mapToInt(Math::toIntExact).toArray());
  }

  final String slice(String suffix, String tensor, String from, String extents) {
    return site.start("Slice", suffix)
        .input(tensor, from, extents)
        .floats()
        .type("Index", DataType.DT_INT32)
        .add();
  }

  /** Zeros around a tensor. */
  final GraphWriter.Node pad(String suffix, String tensor, int... around) {
    return site.start("Pad", suffix)
        .input(tensor, site.graph().pairs(around))
        .floats()
        .type("Tpaddings", DataType.DT_INT32);
  }

  static String strided(GraphWriter.Node node, int stride) {
    return node.floats()
        .attribute("strides", new long[] {1, stride, stride, 1})
        .attribute("padding", "SAME")
        .add();
  }

  /** Over all channels, or over each of its own. */
  private static final class Window extends FilterBank {
    private final Layer.Filtered layer;
    private final String operation;

    Window(Layer.Filtered layer, TrainingLayer.Site site) {
      super(site);
      this.layer = layer;
      operation = layer instanceof Layer.DepthwiseConvolution ? "DepthwiseConv2dNative" : "Conv2D";
    }

    @Override
    String forward(String x) {
      this.x = x;
      return windowed(start("", "conv").input(x, filter()));
    }

    @Override
    String filterGradient(String outputGradient) {
      String sizes = sizes(NetworkWeights.extents(layer, Part.FILTER, site.input()));
      return windowed(start("BackpropFilter", "filter-grad").input(x, sizes, outputGradient));
    }

    @Override
    String inputGradient(String outputGradient) {
      return windowed(
          start("BackpropInput", "input-grad").input(site.inputSizes(), filter(), outputGradient));
    }

    private String windowed(GraphWriter.Node node) {
      return layer instanceof Layer.RectangularConvolution r
          ? node.floats()
              .attribute("strides", new long[] {1, r.rowStride(), r.columnStride(), 1})
              .attribute("padding", r.padded() ? "SAME" : "VALID")
              .add()
          : strided(node, layer.stride());
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
  }

  /**
   * Over each channel, of pixels that are apart: a window as wide as it reaches with zeros between
   * its weights, as it is deployed.
   */
  private static final class Dilated extends FilterBank {
    private static final String OPERATION = "DepthwiseConv2dNative";
    private final Layer.DepthwiseConvolution layer;
    private String spread;

    Dilated(Layer.DepthwiseConvolution layer, TrainingLayer.Site site) {
      super(site);
      this.layer = layer;
    }

    @Override
    String forward(String x) {
      this.x = x;
      spread = spread();
      return strided(site.start(OPERATION, "conv").input(x, spread), layer.stride());
    }

    /** Each weight becomes the first of a square of zeros; the last rows and columns are cut. */
    private String spread() {
      int kernel = layer.kernel();
      int apart = layer.dilation();
      int channels = site.input().channels();
      String single =
          reshape("spread/single", filter(), kernel, 1, kernel, 1, channels).after(x).add();
      String among =
          pad("spread/among", single, 0, 0, 0, apart - 1, 0, 0, 0, apart - 1, 0, 0).add();
      int side = kernel * apart;
      String whole = reshape("spread/whole", among, side, side, channels, 1).add();
      return slice("spread/cut", whole, sizes(0, 0, 0, 0), spreadSizes());
    }

    private GraphWriter.Node reshape(String suffix, String tensor, int... extents) {
      return site.start("Reshape", suffix).input(tensor, site.graph().sizes(extents)).floats();
    }

    private String spreadSizes() {
      return sizes(layer.reach(), layer.reach(), site.input().channels(), 1);
    }

    @Override
    String filterGradient(String outputGradient) {
      String whole =
          strided(
              site.start(OPERATION + "BackpropFilter", "spread-grad")
                  .input(x, spreadSizes(), outputGradient),
              layer.stride());
      int apart = layer.dilation();
      return site.start("StridedSlice", "filter-grad")
          .input(whole, sizes(0, 0, 0, 0), spreadSizes(), sizes(apart, apart, 1, 1))
          .floats()
          .type("Index", DataType.DT_INT32)
          .add();
    }

    @Override
    String inputGradient(String outputGradient) {
      return strided(
          site.start(OPERATION + "BackpropInput", "input-grad")
              .input(site.inputSizes(), spread, outputGradient),
          layer.stride());
    }
  }

  /** Every second pixel for half of the channels, those between for the others. */
  private static final class Halving extends FilterBank {
    private static final int CHANNELS = 3;
    private final int half;
    private String moved;
    private final String[] filters = new String[2];

    Halving(Layer.FactorizedReduction layer, TrainingLayer.Site site) {
      super(site);
      half = layer.channels() / 2;
    }

    @Override
    String forward(String x) {
      this.x = x;
      String bordered = pad("bordered", x, 0, 0, 0, 1, 0, 1, 0, 0).add();
      moved = slice("moved", bordered, sizes(0, 1, 1, 0), site.inputSizes());
      for (int h = 0; h < 2; h++) {
        filters[h] =
            site.start("Slice", "filter" + h)
                .input(filter(), sizes(0, 0, 0, h * half), halfSizes())
                .after(x)
                .floats()
                .type("Index", DataType.DT_INT32)
                .add();
      }
      return concatenated("conv", convolved("half0", x, 0), convolved("half1", moved, 1));
    }

    private String convolved(String suffix, String input, int h) {
      return strided(site.start("Conv2D", suffix).input(input, filters[h]), 2);
    }

    private String halfSizes() {
      return sizes(1, 1, site.input().channels(), half);
    }

    private String concatenated(String suffix, String... tensors) {
      return site.start("ConcatV2", suffix)
          .input(tensors)
          .input(site.graph().integer(CHANNELS))
          .attribute("N", tensors.length)
          .floats()
          .type("Tidx", DataType.DT_INT32)
          .add();
    }

    @Override
    String filterGradient(String outputGradient) {
      return concatenated(
          "filter-grad",
          filterGradient(outputGradient, x, 0),
          filterGradient(outputGradient, moved, 1));
    }

    private String filterGradient(String outputGradient, String input, int h) {
      return strided(
          site.start("Conv2DBackpropFilter", "filter-grad" + h)
              .input(input, halfSizes(), part(outputGradient, "filter-grad-part", h)),
          2);
    }

    @Override
    String inputGradient(String outputGradient) {
      String here = inputGradient(outputGradient, 0);
      String there = inputGradient(outputGradient, 1);
      String behind = pad("moved-grad", there, 0, 0, 1, 0, 1, 0, 0, 0).add();
      String back = slice("bordered-grad", behind, sizes(0, 0, 0, 0), site.inputSizes());
      return site.start("AddV2", "input-grad").input(here, back).floats().add();
    }

    private String inputGradient(String outputGradient, int h) {
      return strided(
          site.start("Conv2DBackpropInput", "input-grad" + h)
              .input(site.inputSizes(), filters[h])
              .input(part(outputGradient, "input-grad-part", h)),
          2);
    }

    /** The gradient of one half of the output channels. */
    private String part(String outputGradient, String suffix, int h) {
      Shape output = site.input().strided(2, half);
      return slice(
          suffix + h,
          outputGradient,
          sizes(0, 0, 0, h * half),
          sizes(site.graph().batchSize(), output.height(), output.width(), half));
    }
  }
}
