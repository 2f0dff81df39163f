package org.proxyless.devices.lite;

import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.proxyless.devices.format.DeployableNetwork;
import org.proxyless.devices.format.Footprint;
import org.proxyless.devices.format.FootprintModel;
import org.proxyless.devices.lite.file.Encoding;
import org.proxyless.devices.lite.file.LiteWriter;
import org.proxyless.devices.lite.graph.InferenceGraph;
import org.proxyless.devices.lite.graph.Lowering;
import org.proxyless.network.Network;
import org.proxyless.network.NetworkWeights;
import org.proxyless.network.Normalization;
import org.proxyless.network.Operator;

/** What networks take as TensorFlow Lite files: they are written with zeros for weights. */
final class LiteFootprints implements FootprintModel {
  private static final RandomGenerator ZEROS = () -> 0;

  private final LiteFormat format;
  private final Function<InferenceGraph, Encoding> encoding;

  /**
   * @param encoding of a network whose numbers do not matter
   */
  LiteFootprints(LiteFormat format, Function<InferenceGraph, Encoding> encoding) {
    this.format = format;
    this.encoding = encoding;
  }

  @Override
  public Footprint of(Network network, List<String> classNames) {
    DeployableNetwork blank =
        new DeployableNetwork(
            network,
            NetworkWeights.initial(network, ZEROS),
            Normalization.symmetric(network.input().channels()),
            classNames);
    InferenceGraph graph = Lowering.of(network, blank.weights(), blank.normalization());
    LiteWriter writer = new LiteWriter(graph, encoding.apply(graph));
    return new Footprint(
        writer.memoryBytes(graph.output()), format.file(blank, graph, writer).length);
  }

  @Override
  public long leastMemoryBytes(Operator operator) {
    return operator.isZero() ? 0 : writer(List.of(operator)).leastMemoryBytes();
  }

  /** A second one, as what comes with the first of a kind is there in any network. */
  @Override
  public long fileBytes(Operator operator) {
    return operator.isZero() ? 0 : bytes(List.of(operator, operator)) - bytes(List.of(operator));
  }

  private long bytes(List<Operator> operators) {
    InferenceGraph graph = Lowering.ofOperators(operators, ZEROS);
    return new LiteWriter(graph, encoding.apply(graph)).bytes(graph.output()).length;
  }

  private LiteWriter writer(List<Operator> operators) {
    InferenceGraph graph = Lowering.ofOperators(operators, ZEROS);
    return new LiteWriter(graph, encoding.apply(graph));
  }
}
