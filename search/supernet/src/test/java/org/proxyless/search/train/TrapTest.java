package org.proxyless.search.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.proxyless.latency.SpaceLatency;
import org.proxyless.network.Operator;
import org.proxyless.network.Shape;
import org.proxyless.network.operators.Classifier;
import org.proxyless.network.operators.Conv;
import org.proxyless.network.operators.MBConv;
import org.proxyless.network.operators.Zero;
import org.proxyless.search.data.Batch;
import org.proxyless.search.strategy.TargetProjection;
import org.proxyless.search.strategy.gradient.GradientStrategy;
import org.proxyless.search.supernet.Supernet;

/**
 * A trap for searches that prefer skips: stripes of random phase are horizontal or vertical, which
 * nothing can tell but a convolution wider than one pixel, and only the edges offer one.
 */
class TrapTest {
  private static final int BATCH = 32;
  private static final Shape INPUT = new Shape(8, 8, 1);

  private static List<List<Operator>> blocks() {
    Shape inside = new Shape(8, 8, 8);
    List<List<Operator>> blocks = new ArrayList<>();
    blocks.add(List.of(new Operator(new Conv(1), INPUT, 8, 1, false)));
    for (int e = 0; e < 2; e++) {
      blocks.add(
          List.of(
              new Operator(new MBConv(3, 3), inside, 8, 1, true),
              new Operator(new MBConv(1, 3), inside, 8, 1, true),
              new Operator(new Zero(), inside, 8, 1, true)));
    }
    blocks.add(List.of(new Operator(new Classifier(), inside, 2, 1, false)));
    return blocks;
  }

  private static Batch stripes(RandomGenerator random) {
    float[] images = new float[BATCH * 64];
    int[] labels = new int[BATCH];
    for (int i = 0; i < BATCH; i++) {
      labels[i] = random.nextInt(2);
      int phase = random.nextInt(2);
      for (int pixel = 0; pixel < 64; pixel++) {
        int line = labels[i] == 0 ? pixel / 8 : pixel % 8;
        images[i * 64 + pixel] = (line + phase) % 2 + (float) random.nextGaussian(0, 0.1);
      }
    }
    return new Batch(images, labels, BATCH);
  }

  @Test
  void aSearchWithALooseTargetKeepsTheConvolutionThatCarriesTheSignal() {
    SpaceLatency latency = new SpaceLatency(0.1, new double[][] {{1, 0.8, 0}, {1, 0.8, 0}});
    for (boolean twoGates : new boolean[] {true, false}) {
      SplittableRandom random = new SplittableRandom(11);
      try (Supernet supernet =
          new Supernet(blocks(), new Supernet.Settings(BATCH, 2), random.split())) {
        GradientStrategy strategy =
            new GradientStrategy(
                supernet.edgeSizes(),
                latency,
                new TargetProjection(latency, 1.9),
                twoGates,
                0.02,
                random.split());
        SplittableRandom paths = random.split();
        for (int step = 0; step < 100; step++) {
          int[] path = {paths.nextInt(3), paths.nextInt(3)};
          supernet.trainWeights(path, stripes(random), 0.05);
        }
        for (int step = 0; step < 250; step++) {
          supernet.trainWeights(strategy.samplePath(), stripes(random), 0.02);
          strategy.architectureStep(supernet, stripes(random));
        }
        double[][] p = strategy.probabilities();
        assertThat(p[0][0] + p[1][0])
            .as("probability of a 3×3, two gates: " + twoGates)
            .isGreaterThan(1);
        int[] chosen = strategy.propose(1.9).get(0);
        assertThat(chosen).contains(0);
        assertThat(supernet.score(chosen, stripes(random)).accuracy()).isGreaterThan(0.95);
      }
    }
  }
}
