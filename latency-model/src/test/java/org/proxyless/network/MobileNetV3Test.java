package org.proxyless.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.proxyless.network.operators.Classifier;
import org.proxyless.network.operators.PooledConv;
import org.proxyless.network.operators.SqueezeMBConv;
import org.proxyless.network.operators.SwishConv;
import org.proxyless.network.operators.SwishMBConv;
import org.proxyless.network.operators.SwishPooledConv;
import org.proxyless.network.operators.SwishSqueezeMBConv;

class MobileNetV3Test {
  /** Kernel, middle channels, output channels, squeeze and excitation, stride. */
  private static final int[][] LARGE = {
    {3, 16, 16, 0, 1},
    {3, 64, 24, 0, 2},
    {3, 72, 24, 0, 1},
    {5, 72, 40, 1, 2},
    {5, 120, 40, 1, 1},
    {5, 120, 40, 1, 1},
    {3, 240, 80, 0, 2},
    {3, 200, 80, 0, 1},
    {3, 184, 80, 0, 1},
    {3, 184, 80, 0, 1},
    {3, 480, 112, 1, 1},
    {3, 672, 112, 1, 1},
    {5, 672, 160, 1, 2},
    {5, 960, 160, 1, 1},
    {5, 960, 160, 1, 1}
  };

  private static final int[][] SMALL = {
    {3, 16, 16, 1, 2},
    {3, 72, 24, 0, 2},
    {3, 88, 24, 0, 1},
    {5, 96, 40, 1, 2},
    {5, 240, 40, 1, 1},
    {5, 240, 40, 1, 1},
    {5, 120, 48, 1, 1},
    {5, 144, 48, 1, 1},
    {5, 288, 96, 1, 2},
    {5, 576, 96, 1, 1},
    {5, 576, 96, 1, 1}
  };

  /** A block whose middle channels need not be a multiple of the input's. */
  private record Block(int kernel, int middle, boolean squeezes) implements OperatorType {
    @Override
    public List<Layer> layers(Shape input, int outputChannels, int stride) {
      List<Layer> layers = new ArrayList<>();
      if (middle != input.channels()) {
        layers.add(new Layer.Convolution(1, 1, middle, Activation.HARD_SWISH));
      }
      layers.add(new Layer.DepthwiseConvolution(kernel, stride, Activation.HARD_SWISH));
      if (squeezes) {
        // What a squeeze is made of depends on the middle channels alone.
        layers.add(new SqueezeMBConv(3, 1).layers(new Shape(1, 1, middle), middle, 1).get(1));
      }
      layers.add(new Layer.Convolution(1, 1, outputChannels, Activation.LINEAR));
      return layers;
    }

    @Override
    public String label() {
      return toString();
    }
  }

  /**
   * What torchvision states for its models, 5,483,032 and 2,542,856 parameters and 0.217 and 0.057
   * GMAC, less the bias of the layer before the last, which neither the paper's figure nor
   * Once-for-All has.
   */
  @Test
  void theNetworksOfThePaperHaveAsManyParametersAsPublished() {
    Network large = network(LARGE, 960, 1280);
    assertThat(large.parameters()).isEqualTo(5_483_032 - 1_280);
    assertThat(large.macs() / 1e9).isCloseTo(0.217, within(0.0005));
    Network small = network(SMALL, 576, 1024);
    assertThat(small.parameters()).isEqualTo(2_542_856 - 1_024);
    assertThat(small.macs() / 1e9).isCloseTo(0.057, within(0.0005));
  }

  private static Network network(int[][] blocks, int head, int mix) {
    List<Operator> operators = new ArrayList<>();
    operators.add(new Operator(new SwishConv(3), new Shape(224, 224, 3), 16, 2, false));
    Shape shape = operators.get(0).output();
    for (int[] block : blocks) {
      boolean shortcut = block[4] == 1 && shape.channels() == block[2];
      OperatorType type = new Block(block[0], block[1], block[3] == 1);
      operators.add(new Operator(type, shape, block[2], block[4], shortcut));
      shape = operators.get(operators.size() - 1).output();
    }
    operators.add(new Operator(new SwishConv(1), shape, head, 1, false));
    shape = new Shape(shape.height(), shape.width(), head);
    operators.add(new Operator(new SwishPooledConv(), shape, mix, 1, false));
    operators.add(new Operator(new Classifier(), new Shape(1, 1, mix), 1000, 1, false));
    return new Network("MobileNetV3", operators);
  }

  /** A quarter, to the nearest multiple of 8 that is at least 8 and not below 0.9 of it. */
  @ParameterizedTest
  @CsvSource({"4, 8", "16, 8", "64, 16", "72, 24", "96, 24", "120, 32", "144, 40", "960, 240"})
  void squeezeTakesAQuarterOfTheChannels(int channels, int units) {
    Shape shape = new Shape(7, 5, channels);
    Layer squeeze = new SqueezeMBConv(3, 1).layers(shape, 8, 1).get(1);
    assertThat(squeeze).isEqualTo(new Layer.SqueezeExcitation(units));
    assertThat(squeeze.output(shape)).isEqualTo(shape);
    assertThat(squeeze.macs(shape)).isEqualTo(2L * channels * units);
    assertThat(squeeze.parameters(shape)).isEqualTo(2L * channels * units + channels + units);
  }

  @ParameterizedTest
  @EnumSource
  void theSlopeOfAnActivationIsItsFiniteDifference(Activation activation) {
    for (double x = -7.25; x <= 7.25; x += 0.5) {
      double difference = (activation.of(x + 1e-6) - activation.of(x - 1e-6)) / 2e-6;
      assertThat(activation.slope(x)).as("at %s", x).isCloseTo(difference, within(1e-8));
    }
  }

  @Test
  void hSwishAndTheHardSigmoidEndAtThree() {
    assertThat(Activation.HARD_SWISH.of(-3)).isZero();
    assertThat(Activation.HARD_SWISH.of(-1.5)).isEqualTo(-0.375);
    assertThat(Activation.HARD_SWISH.of(1)).isCloseTo(4.0 / 6, within(1e-15));
    assertThat(Activation.HARD_SWISH.of(3)).isEqualTo(3);
    assertThat(Activation.HARD_SWISH.of(40)).isEqualTo(40);
    assertThat(Activation.HARD_SIGMOID.of(-3)).isZero();
    assertThat(Activation.HARD_SIGMOID.of(0)).isEqualTo(0.5);
    assertThat(Activation.HARD_SIGMOID.of(40)).isEqualTo(1);
  }

  @Test
  void theKeysOfItsOperatorsReadBackTheSame() {
    Shape shape = new Shape(7, 5, 8);
    for (OperatorType type :
        List.of(
            new SqueezeMBConv(3, 4),
            new SwishMBConv(5, 3),
            new SwishSqueezeMBConv(7, 6),
            new SwishConv(1),
            new PooledConv(),
            new SwishPooledConv())) {
      Operator operator = new Operator(type, shape, 8, 1, false);
      assertThat(Operator.ofKey(operator.key())).isEqualTo(operator);
    }
  }
}
