package org.proxyless.devices.lite;

import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.proxyless.devices.DeviceProfile.Precision;
import org.proxyless.devices.format.DeployableNetwork;
import org.proxyless.devices.format.NetworkFormat;
import org.proxyless.devices.lite.file.ActivationRanges;
import org.proxyless.devices.lite.file.Encoding;
import org.proxyless.devices.lite.file.FloatEncoding;
import org.proxyless.devices.lite.file.HalfEncoding;
import org.proxyless.devices.lite.file.Int8Encoding;
import org.proxyless.devices.lite.file.LiteWriter;
import org.proxyless.devices.lite.graph.InferenceGraph;
import org.proxyless.devices.lite.graph.Lowering;
import org.proxyless.network.Network;
import org.proxyless.network.NetworkWeights;
import org.proxyless.network.Normalization;
import org.proxyless.network.Operator;
import org.proxyless.network.Shape;

/**
 * TensorFlow Lite files of what has not been trained, to be measured: with random weights, which
 * hardly change how long it takes, and with the writer of the files that are exported.
 */
public final class LiteFiles {
  /** Random inputs that tell the ranges of what is timed; these hardly change how long it takes. */
  private static final int RANGE_RUNS = 8;

  private final Precision precision;

  /**
   * @param precision of the files; int8 needs TensorFlow Lite on this machine, to tell ranges
   */
  public LiteFiles(Precision precision) {
    this.precision = precision;
  }

  /** The format of networks in this precision. */
  public NetworkFormat format() {
    return switch (precision) {
      case FLOAT32 -> new Float32Format();
      case FLOAT16 -> new Float16Format();
      case INT8 -> new Int8Format();
    };
  }

  /**
   * Operators side by side in one file, each giving an output of its own.
   *
   * @param random for weights
   */
  public byte[] operators(List<Operator> operators, RandomGenerator random) {
    return bytes(Lowering.ofOperators(operators, random));
  }

  /** What a network does besides its operators: bytes to numbers, logits to probabilities. */
  public byte[] withoutOperators(Shape image, int classes) {
    return bytes(Lowering.withoutOperators(image, classes));
  }

  /**
   * A whole network.
   *
   * @param random for weights
   */
  public byte[] network(Network network, RandomGenerator random) {
    DeployableNetwork untrained =
        new DeployableNetwork(
            network,
            NetworkWeights.initial(network, random),
            Normalization.symmetric(network.input().channels()),
            IntStream.range(0, network.classes()).mapToObj(i -> "class " + i).toList());
    List<byte[]> images =
        Stream.generate(
                () -> {
                  byte[] pixels = new byte[(int) network.input().elements()];
                  random.nextBytes(pixels);
                  return pixels;
                })
            .limit(RANGE_RUNS)
            .toList();
    return format().write(untrained, images);
  }

  private byte[] bytes(InferenceGraph graph) {
    Encoding encoding =
        switch (precision) {
          case FLOAT32 -> new FloatEncoding();
          case FLOAT16 -> new HalfEncoding();
          case INT8 ->
              new Int8Encoding(
                  graph, ActivationRanges.ofRandom(graph, RANGE_RUNS, new SplittableRandom(1)));
        };
    return new LiteWriter(graph, encoding).bytes(graph.outputs());
  }
}
