package org.proxyless.benchmarks.sites;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SittingsTest {
  @Test
  void theStandardErrorIsThatOfTheMean() {
    Random random = new Random(3);
    double squares = 0;
    double stated = 0;
    for (int i = 0; i < 1000; i++) {
      List<Double> logs = new ArrayList<>();
      for (int sitting = 0; sitting < 8; sitting++) {
        logs.add(0.015 * random.nextGaussian());
      }
      squares += Math.pow(Sittings.mean(logs), 2) / 1000;
      stated += Math.pow(Sittings.standardError(logs), 2) / 1000;
    }
    assertThat(Math.sqrt(stated / squares)).isBetween(0.85, 1.1);
  }

  @Test
  void oneThatWasDisturbedDoesNotCount() {
    assertThat(Sittings.mean(List.of(0.01, 0.0, -0.01, 0.005, 0.6))).isCloseTo(0, within(0.005));
    assertThat(Sittings.standardError(List.of(0.01, 0.0, -0.01, 0.005, 0.6))).isLessThan(0.006);
  }

  @Test
  void oneSittingAloneSaysNothingOfItsError() {
    assertThat(Sittings.standardError(List.of(0.3))).isInfinite();
  }
}
