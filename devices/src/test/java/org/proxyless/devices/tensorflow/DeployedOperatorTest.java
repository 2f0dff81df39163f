package org.proxyless.devices.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.proxyless.network.Activation;
import org.proxyless.network.Layer;
import org.proxyless.network.Network;
import org.proxyless.network.NetworkWeights;
import org.proxyless.network.Operator;
import org.proxyless.network.OperatorType;
import org.proxyless.network.Shape;
import org.proxyless.network.operators.AveragePool;
import org.proxyless.network.operators.Classifier;
import org.proxyless.network.operators.ConvPair;
import org.proxyless.network.operators.DilConv;
import org.proxyless.network.operators.FactorizedReduction;
import org.proxyless.network.operators.MBConv;
import org.proxyless.network.operators.MaxPool;
import org.proxyless.network.operators.NarrowingSepConv;
import org.proxyless.network.operators.NormClassifier;
import org.proxyless.network.operators.PlainConv;
import org.proxyless.network.operators.PlainReduction;
import org.proxyless.network.operators.Pointwise;
import org.proxyless.network.operators.PooledConv;
import org.proxyless.network.operators.PreConv;
import org.proxyless.network.operators.Projection;
import org.proxyless.network.operators.ReluClassifier;
import org.proxyless.network.operators.ReluConv;
import org.proxyless.network.operators.ReluMBConv;
import org.proxyless.network.operators.SepConv;
import org.proxyless.network.operators.SqueezeMBConv;
import org.proxyless.network.operators.SwishConv;
import org.proxyless.network.operators.SwishMBConv;
import org.proxyless.network.operators.SwishPooledConv;
import org.proxyless.network.operators.SwishSqueezeMBConv;
import org.proxyless.network.operators.UnbiasedClassifier;
import org.proxyless.network.operators.ValidConv;
import org.proxyless.network.operators.Zero;
import org.tensorflow.Result;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.proto.DataType;
import org.tensorflow.types.TFloat32;

class DeployedOperatorTest {
  /** Even and odd extents, strides and kernels meet TensorFlow's SAME padding. */
  @Property(tries = 60)
  void aDeployedOperatorComputesWhatTheDefinitionsSay(
      @ForAll @IntRange(min = 1, max = 9) int height,
      @ForAll @IntRange(min = 1, max = 9) int width,
      @ForAll @IntRange(min = 1, max = 2) int stride,
      @ForAll @IntRange(min = 0, max = 3) int halfKernel,
      @ForAll @IntRange(min = 1, max = 3) int expansion,
      @ForAll boolean shortcut,
      @ForAll Random random) {
    Shape shape = new Shape(height, width, 3);
    boolean skips = shortcut && stride == 1;
    Operator operator =
        new Operator(
            new MBConv(2 * halfKernel + 1, expansion), shape, skips ? 3 : 5, stride, skips);
    assertSame(operator, random);
  }

  @Example
  void zeroGivesItsShortcutOrNothing() {
    Shape shape = new Shape(3, 2, 4);
    assertSame(new Operator(new Zero(), shape, 4, 1, true), new Random(1));
    assertSame(new Operator(new Zero(), shape, 4, 1, false), new Random(1));
  }

  @Example
  void whatIsNotHeldAtSixIsHeldAtZeroOnly() {
    Shape shape = new Shape(5, 4, 3);
    assertSame(new Operator(new ReluConv(3), shape, 6, 2, false), new Random(1));
    assertSame(new Operator(new ReluMBConv(5, 2), shape, 3, 1, true), new Random(2));
    assertSame(new Operator(new Projection(), shape, 7, 2, false), new Random(3));
  }

  @Example
  void theOperatorsOfMobileNetV3AreWhatTheirLayersSay() {
    for (int height : new int[] {6, 7}) {
      Shape shape = new Shape(height, 5, 8);
      for (OperatorType type :
          List.of(
              new SqueezeMBConv(3, 3),
              new SwishMBConv(5, 4),
              new SwishSqueezeMBConv(7, 6),
              new SwishSqueezeMBConv(3, 1),
              new SwishConv(3))) {
        assertSame(new Operator(type, shape, 8, 1, true), new Random(1));
        assertSame(new Operator(type, shape, 5, 2, false), new Random(2));
      }
      assertSame(new Operator(new PooledConv(), shape, 9, 1, false), new Random(3));
      assertSame(new Operator(new SwishPooledConv(), shape, 9, 1, false), new Random(4));
    }
  }

  /** At both kinks, and far beyond them. */
  @Example
  void anActivationAloneIsWhatItsDefinitionSays() {
    double[] input = IntStream.rangeClosed(-20, 20).mapToDouble(i -> 0.5 * i).toArray();
    for (Activation activation : Activation.values()) {
      Operator operator =
          new Operator(new Alone(activation), new Shape(1, input.length, 1), 1, 1, false);
      float[] found = run(operator, new NetworkWeights(), input);
      for (int i = 0; i < found.length; i++) {
        assertThat((double) found[i]).isCloseTo(activation.of(input[i]), within(1e-6));
      }
    }
  }

  private record Alone(Activation activation) implements OperatorType {
    @Override
    public List<Layer> layers(Shape input, int outputChannels, int stride) {
      return List.of(new Layer.Activated(activation));
    }

    @Override
    public String label() {
      return activation.name();
    }
  }

  /** On even and odd sides, where padding and the moved half of a reduction differ. */
  @Example
  void theOperatorsOfCellsAreWhatTheirLayersSay() {
    for (int height : new int[] {6, 7}) {
      Shape shape = new Shape(height, 5, 4);
      for (int stride : new int[] {1, 2}) {
        for (OperatorType type :
            List.of(
                new SepConv(3),
                new SepConv(5),
                new DilConv(3),
                new DilConv(5),
                new MaxPool(3),
                new AveragePool(3),
                new PreConv(1),
                new PlainConv(3),
                new Pointwise(),
                new ConvPair(7),
                new ConvPair(3),
                new NarrowingSepConv(3),
                new ValidConv(3))) {
          assertSame(new Operator(type, shape, 4, stride, false), new Random(stride));
        }
      }
      assertSame(new Operator(new FactorizedReduction(), shape, 6, 2, false), new Random(3));
      assertSame(new Operator(new PlainReduction(), shape, 6, 2, false), new Random(3));
      assertSame(new Operator(new NarrowingSepConv(5), shape, 2, 2, false), new Random(3));
    }
  }

  @Example
  void theClassifierAveragesAndMultiplies() {
    for (OperatorType type :
        List.of(
            new Classifier(),
            new ReluClassifier(),
            new NormClassifier(),
            new UnbiasedClassifier())) {
      assertSame(new Operator(type, new Shape(3, 5, 7), 4, 1, false), new Random(1));
    }
  }

  @Example
  void paddingGoesBehindWhereItIsOdd() {
    // TensorFlow pads an even extent under stride 2 by one column behind, none before.
    assertThat(PlainNetwork.padBefore(4, 3, 2)).isZero();
    assertThat(PlainNetwork.padBefore(5, 3, 2)).isEqualTo(1);
    double[] output =
        PlainNetwork.convolve(
            new Layer.DepthwiseConvolution(3, 2, Activation.LINEAR),
            new Shape(1, 4, 1),
            new double[] {1, 10, 100, 1000},
            new float[] {0, 0, 0, 1, 1, 1, 0, 0, 0});
    assertThat(output).containsExactly(111, 1100);
  }

  private static void assertSame(Operator operator, Random random) {
    Network network = new Network("alone", List.of(operator));
    NetworkWeights weights = Samples.shaken(NetworkWeights.initial(network, random), random);
    double[] input = random.doubles(operator.input().elements(), -1, 1).toArray();
    double[] expected = new PlainNetwork(network, weights).logits(input);
    float[] found = run(operator, weights, input);
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < found.length; i++) {
      assertThat((double) found[i]).isCloseTo(expected[i], within(1e-4));
    }
  }

  private static float[] run(Operator operator, NetworkWeights weights, double[] input) {
    Shape shape = operator.input();
    GraphWriter graph = new GraphWriter();
    String x =
        graph.placeholder(
            "x", DataType.DT_FLOAT, -1, shape.height(), shape.width(), shape.channels());
    String y = new DeployedOperator(operator, weights, 0).addTo(graph, "operator", List.of(x));
    graph.node("Identity", "y").input(y).floats().add();
    float[] values = new float[input.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) input[i];
    }
    try (TensorFlowRuntime runtime = TensorFlowRuntime.load(graph.build(), Samples.CPU);
        TFloat32 tensor =
            TFloat32.tensorOf(
                org.tensorflow.ndarray.Shape.of(1, shape.height(), shape.width(), shape.channels()),
                DataBuffers.of(values, true, false));
        Result result = runtime.run("x", tensor, "y")) {
      float[] output = new float[(int) result.get(0).shape().size()];
      ((TFloat32) result.get(0)).copyTo(DataBuffers.of(output, false, false));
      return output;
    }
  }
}
