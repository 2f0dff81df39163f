package org.proxyless.devices.lite.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.proxyless.devices.lite.file.LiteWeights;
import org.proxyless.devices.lite.file.QuantizedWeights;

class QuantizationTest {
  @Property
  void everyValueOfTheRangeIsWithinHalfAStepOfItsBytePlusTheRoundingOfTheZeroPoint(
      @ForAll @FloatRange(min = -100, max = 100) float one,
      @ForAll @FloatRange(min = -100, max = 100) float other,
      @ForAll @FloatRange(min = 0, max = 1) float position) {
    float least = Math.min(one, other);
    float greatest = Math.max(one, other);
    Quantization quantization = Quantization.ofRange(least, greatest);
    float value = least + position * (greatest - least);

    int step = Math.round(value / quantization.scale()) + quantization.zeroPoint();
    int stored = Math.max(-128, Math.min(127, step));

    float restored = quantization.scale() * (stored - quantization.zeroPoint());
    assertThat(restored).isCloseTo(value, within(1.01f * quantization.scale()));
    assertThat(quantization.zeroPoint()).isBetween(-128, 127);
  }

  @Test
  void aRangeFromZeroToSixStartsAtTheLeastByte() {
    assertThat(Quantization.ofRange(0, 6)).isEqualTo(new Quantization(6f / 255, -128));
  }

  @Test
  void zerosHaveAScaleToo() {
    assertThat(Quantization.ofRange(0, 0)).isEqualTo(new Quantization(1, 0));
  }

  @Property(tries = 100)
  void weightsAreWithinHalfAStepOfWhatTheyWere(
      @ForAll @Size(12) List<@FloatRange(min = -5, max = 5) Float> numbers) {
    float[] values = new float[numbers.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = numbers.get(i);
    }
    LiteWeights weights = new LiteWeights(values, 0, 3, 1, 1, 4);
    QuantizedWeights quantized = QuantizedWeights.of(weights, new float[3], 0.1f);
    for (int i = 0; i < values.length; i++) {
      float scale = quantized.scales()[i / 4];
      assertThat(quantized.weights()[i] * scale).isCloseTo(values[i], within(0.5001f * scale));
    }
  }

  @Test
  void depthwiseWeightsHaveAScaleForEachLastExtent() {
    LiteWeights weights = new LiteWeights(new float[] {1, 10, -2, 5}, 3, 1, 2, 1, 2);
    QuantizedWeights quantized = QuantizedWeights.of(weights, new float[2], 1);
    assertThat(quantized.scales()).containsExactly(2f / 127, 10f / 127);
    assertThat(quantized.weights()).containsExactly(64, 127, -127, 64);
  }

  @Test
  void aBiasIsInStepsOfInputAndWeight() {
    LiteWeights weights = new LiteWeights(new float[] {1.27f, -2.54f}, 0, 2, 1);
    QuantizedWeights quantized = QuantizedWeights.of(weights, new float[] {3, -1}, 0.5f);
    assertThat(quantized.bias()).containsExactly(600, -100);
    assertThat(quantized.biasScales(0.5f)).containsExactly(0.005f, 0.01f);
  }

  @Test
  void theBiasOfAChannelWithoutWeightsStillFits() {
    LiteWeights weights = new LiteWeights(new float[] {0, 1e-20f}, 0, 2, 1);
    QuantizedWeights quantized = QuantizedWeights.of(weights, new float[] {3, -5}, 0.02f);
    float[] scales = quantized.biasScales(0.02f);
    assertThat(quantized.bias()[0] * scales[0]).isCloseTo(3, within(1e-4f));
    assertThat(quantized.bias()[1] * scales[1]).isCloseTo(-5, within(1e-4f));
  }
}
