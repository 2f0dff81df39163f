package org.proxyless.benchmarks.jmh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.proxyless.latency.LatencyEntry;

class BlocksTest {
  @Test
  void theMedianIsNotMovedByADisturbedBlock() {
    LatencyEntry entry = new Blocks(List.of(2e6, 1e6, 3e6, 2e6, 500e6)).entry(3);
    assertThat(entry.medianMillis()).isEqualTo(2);
    assertThat(entry.meanMillis()).hasValue(101.6);
    assertThat(entry.samples()).hasValue(5);
    assertThat(entry.forks()).hasValue(3);
  }

  @Test
  void theIntervalHoldsTheTrueMedianInNineteenOfTwentyCases() {
    SplittableRandom random = new SplittableRandom(1);
    int cases = 4000;
    int held = 0;
    for (int i = 0; i < cases; i++) {
      // Exponential: skewed, as latencies are; its median is ln 2.
      Blocks blocks =
          new Blocks(DoubleStream.generate(random::nextExponential).limit(16).boxed().toList());
      double median = Math.log(2) / 1e6;
      if (blocks.low95Millis() <= median && median <= blocks.high95Millis()) {
        held++;
      }
    }
    // Ranks are whole: 16 blocks give 97.9 %, the least that is at least 95 %.
    assertThat(held / (double) cases).isCloseTo(0.979, within(0.01));
  }

  @Test
  void equalBlocksHaveAnEmptyInterval() {
    Blocks blocks = new Blocks(Collections.nCopies(7, 5e6));
    assertThat(blocks.low95Millis()).isEqualTo(5).isEqualTo(blocks.high95Millis());
  }
}
