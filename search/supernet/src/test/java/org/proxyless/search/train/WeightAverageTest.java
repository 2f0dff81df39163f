package org.proxyless.search.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.proxyless.network.NetworkWeights;
import org.proxyless.network.NetworkWeights.Part;

class WeightAverageTest {
  private static final NetworkWeights.Key KEY = new NetworkWeights.Key(2, 1, Part.SCALE);

  private static NetworkWeights weights(float value) {
    NetworkWeights weights = new NetworkWeights();
    weights.put(KEY, new float[] {value, -value});
    return weights;
  }

  @Test
  void itFollowsTheWeightsAndForgetsTheFirstOnesQuickly() {
    WeightAverage average = new WeightAverage(0.3, weights(100));
    double expected = 100;
    for (int t = 0; t < 12; t++) {
      double kept = Math.min(0.3, (1.0 + t) / (10 + t));
      expected = kept * expected + (1 - kept) * t;
      average.add(weights(t));
      assertThat((double) average.mean().get(KEY)[0]).isCloseTo(expected, within(1e-5));
      assertThat((double) average.mean().get(KEY)[1]).isCloseTo(-expected, within(1e-5));
    }
  }

  @Test
  void itGoesOnFromItsState() {
    WeightAverage average = new WeightAverage(0.999, weights(1));
    average.add(weights(5));
    WeightAverage restored = new WeightAverage(0.999, weights(0));
    restored.restore(average.state());
    average.add(weights(7));
    restored.add(weights(7));
    assertThat(restored.mean().get(KEY)).isEqualTo(average.mean().get(KEY));
    restored.restart(weights(3));
    assertThat(restored.mean().get(KEY)[0]).isEqualTo(3);
  }
}
