package org.proxyless.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.proxyless.base.InvalidInputException;
import org.proxyless.latency.Samples;
import org.proxyless.network.operators.Classifier;
import org.proxyless.network.operators.Conv;
import org.proxyless.network.operators.MBConv;
import org.proxyless.network.operators.Zero;

class OperatorTest {
  @Test
  void anMbConvWidensFiltersEachChannelAndNarrows() {
    Operator operator = new Operator(new MBConv(5, 3), new Shape(7, 7, 4), 6, 2, false);
    assertThat(operator.layers())
        .containsExactly(
            new Layer.Convolution(1, 1, 12, Activation.RELU6),
            new Layer.DepthwiseConvolution(5, 2, Activation.RELU6),
            new Layer.Convolution(1, 1, 6, Activation.LINEAR));
    assertThat(operator.output()).isEqualTo(new Shape(4, 4, 6));
    assertThat(operator.parameters()).isEqualTo((4 * 12 + 24) + (25 * 12 + 24) + (12 * 6 + 12));
    assertThat(operator.macs()).isEqualTo(49 * 4 * 12 + 16 * 25 * 12 + 16 * 12 * 6);
  }

  @Test
  void anMbConvOfExpansionOneDoesNotWiden() {
    assertThat(new MBConv(3, 1).layers(new Shape(7, 7, 4), 6, 1)).hasSize(2);
  }

  @Test
  void zeroComputesNothing() {
    Operator zero = new Operator(new Zero(), new Shape(7, 7, 4), 4, 1, true);
    assertThat(zero.isZero()).isTrue();
    assertThat(zero.macs() + zero.parameters()).isZero();
    assertThat(zero.output()).isEqualTo(zero.input());
  }

  @Test
  void theClassifierGivesOneNumberAClass() {
    Operator head = new Operator(new Classifier(), new Shape(7, 7, 4), 10, 1, false);
    assertThat(head.output()).isEqualTo(new Shape(1, 1, 10));
    assertThat(head.parameters()).isEqualTo(50);
    assertThat(head.macs()).isEqualTo(40);
  }

  @Test
  void theKeyTellsApartWhateverCanCostDifferently() {
    Shape shape = new Shape(14, 14, 24);
    assertThat(
            List.of(
                new Operator(new MBConv(3, 6), shape, 24, 1, true),
                new Operator(new MBConv(3, 6), shape, 24, 1, false),
                new Operator(new MBConv(3, 6), shape, 24, 2, false),
                new Operator(new Conv(3), shape, 24, 1, false)))
        .extracting(Operator::key)
        .containsExactly(
            "MBConv(kernel=3,expansion=6) 14x14x24->14x14x24 s1 shortcut",
            "MBConv(kernel=3,expansion=6) 14x14x24->14x14x24 s1",
            "MBConv(kernel=3,expansion=6) 14x14x24->7x7x24 s2",
            "Conv(kernel=3) 14x14x24->14x14x24 s1");
  }

  @Test
  void aShortcutNeedsEqualShapes() {
    Shape shape = new Shape(14, 14, 24);
    assertThatThrownBy(() -> new Operator(new MBConv(3, 6), shape, 24, 2, true))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Operator(new MBConv(3, 6), shape, 32, 1, true))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Operator(new Zero(), shape, 32, 1, false))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void everyTypeSurvivesItsKeys() {
    for (OperatorType type :
        List.of(new MBConv(7, 3), new Conv(1), new Zero(), new Classifier(), new Foreign(4))) {
      assertThat(OperatorTypes.fromKeys(OperatorTypes.toKeys(type))).isEqualTo(type);
    }
  }

  @Test
  void aTypeOfAnotherPackageGoesByItsFullName() {
    assertThat(OperatorTypes.toKeys(new Foreign(4)))
        .containsEntry("type", "org.proxyless.network.OperatorTest$Foreign")
        .containsEntry("size", 4);
  }

  @Test
  void keysThatDescribeNoTypeAreRefused() {
    assertRefused(Map.of("kernel", 3), "'type'");
    assertRefused(Map.of("type", "Shape"), "no class");
    assertRefused(Map.of("type", "java.lang.String"), "must be a record");
    assertRefused(Map.of("type", "MBConv", "kernel", 3), "'expansion' is null");
    assertRefused(Map.of("type", "MBConv", "kernel", 2, "expansion", 3), "must be odd");
    assertRefused(Map.of("type", "MBConv", "kernel", "3", "expansion", 3), "whole number");
    assertRefused(Map.of("type", "Conv", "kernel", 3, "width", 3), "unknown key 'width'");
  }

  private static void assertRefused(Map<String, ?> keys, String reason) {
    assertThatThrownBy(() -> OperatorTypes.fromKeys(keys))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void aNetworkIsAChain() {
    Network network = Samples.network(Samples.SMALL, Samples.SKIP);
    assertThat(network.input()).isEqualTo(new Shape(8, 8, 1));
    assertThat(network.classes()).isEqualTo(10);
    assertThat(network.macs()).isEqualTo(Samples.STEM.macs() + Samples.SMALL.macs() + 160);
    assertThatThrownBy(() -> new Network("n", List.of(Samples.SMALL, Samples.STEM)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("operator 1 takes 8x8x1");
    assertThatThrownBy(() -> new Network("n", List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** A type as a user may write it. */
  public record Foreign(int size) implements OperatorType {
    @Override
    public List<Layer> layers(Shape input, int outputChannels, int stride) {
      return List.of(new Layer.Convolution(size, stride, outputChannels, Activation.RELU6));
    }

    @Override
    public String label() {
      return "Foreign";
    }
  }
}
