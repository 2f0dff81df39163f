package org.proxyless.devices.tensorflow;

import java.util.ArrayList;
import java.util.List;
import org.proxyless.network.Layer;
import org.proxyless.network.Network;
import org.proxyless.network.NetworkWeights;
import org.proxyless.network.Normalization;
import org.proxyless.network.Operator;
import org.proxyless.network.Shape;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;

/**
 * A network in the form that is deployed, from bytes to probabilities: its {@link
 * DeployedOperator}s, with the normalisation of pixels before and the softmax behind them. What is
 * timed end to end and what is exported is this graph, so that a measured latency is the exported
 * file's.
 */
public final class DeployedGraph {
  /** The network's input: unsigned bytes [batch, height, width, channels]. */
  public static final String IMAGES = "images";

  /** The network's output before the softmax: floats [batch, classes]. */
  public static final String LOGITS = "logits";

  /** The network's output: floats [batch, classes] that sum to 1 for each image. */
  public static final String PROBABILITIES = "probabilities";

  /** The node that gives the normalised images, as floats. */
  public static final String NORMALIZED = "normalize/shifted";

  /** Leaves the batch size to the caller. */
  private static final int ANY_BATCH = -1;

  private DeployedGraph() {}

  /**
   * Writes a network for any batch size.
   *
   * @throws IllegalArgumentException if the network doesn't end in a dense layer, or the
   *     normalisation is for another number of channels
   */
  public static GraphDef of(Network network, NetworkWeights weights, Normalization normalization) {
    List<Operator> operators = network.operators();
    List<Layer> last = operators.get(operators.size() - 1).layers();
    if (last.isEmpty() || !(last.get(last.size() - 1) instanceof Layer.Dense)) {
      throw new IllegalArgumentException(
          "network " + network.name() + " must end in a dense layer, not in " + last);
    }
    if (normalization.channels() != network.input().channels()) {
      throw new IllegalArgumentException(
          normalization + " does not fit images of " + network.input());
    }
    GraphWriter graph = new GraphWriter();
    String image = addNormalization(graph, network.input(), normalization);
    List<String> values = new ArrayList<>();
    for (int o = 0; o < operators.size(); o++) {
      List<String> inputs = network.taken(o, image, values);
      values.add(
          new DeployedOperator(operators.get(o), weights, o).addTo(graph, "operator" + o, inputs));
    }
    addEnd(graph, values.get(values.size() - 1));
    return graph.build();
  }

  /**
   * What a network does besides its operators: {@link #IMAGES} to {@link #NORMALIZED}, and, not
   * connected to it, logits to {@link #PROBABILITIES}. What running both costs is the price of the
   * call itself.
   */
  public static GraphDef withoutOperators(Shape image, int batch, int classes) {
    GraphWriter graph = new GraphWriter();
    addNormalization(graph, image, Normalization.symmetric(image.channels()));
    addEnd(graph, graph.input("last", new float[batch * classes], batch, classes));
    return graph.build();
  }

  private static void addEnd(GraphWriter graph, String value) {
    graph.node("Identity", LOGITS).input(value).floats().add();
    graph.node("Softmax", PROBABILITIES).input(LOGITS).floats().add();
  }

  private static String addNormalization(
      GraphWriter graph, Shape image, Normalization normalization) {
    int channels = image.channels();
    graph.placeholder(
        IMAGES, DataType.DT_UINT8, ANY_BATCH, image.height(), image.width(), channels);
    String pixels =
        graph
            .node("Cast", "normalize/pixels")
            .input(IMAGES)
            .type("SrcT", DataType.DT_UINT8)
            .type("DstT", DataType.DT_FLOAT)
            .add();
    String factors = addImage(graph, "normalize/factors", normalization.factors(), image);
    String scaled = graph.node("Mul", "normalize/scaled").input(pixels, factors).floats().add();
    String offsets = addImage(graph, "normalize/offsets", normalization.offsets(), image);
    return graph.node("AddV2", NORMALIZED).input(scaled, offsets).floats().add();
  }

  /**
   * Numbers by channel, repeated for every pixel. TensorFlow does so once, when it loads the graph;
   * arithmetic of an image with a vector of three is seven times slower than with another image.
   */
  private static String addImage(GraphWriter graph, String name, float[] channels, Shape image) {
    String extents =
        graph.constant(name + "/extents", image.height(), image.width(), image.channels());
    return graph
        .node("BroadcastTo", name)
        .input(graph.constant(name + "/channels", channels, channels.length), extents)
        .floats()
        .type("Tidx", DataType.DT_INT32)
        .add();
  }
}
