package org.proxyless.search.supernet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.proxyless.base.ProcessMemory;
import org.proxyless.network.BlockGraph;
import org.proxyless.network.Shape;
import org.proxyless.search.data.Batch;
import org.proxyless.search.space.SearchSpaces;

class MixtureMemoryTest {
  private static final int BATCH = 32;
  private static final double WIDTH = 0.25;

  private static BlockGraph small() {
    return SearchSpaces.load("small", WIDTH, null, null).graph();
  }

  @Test
  void theEstimateGrowsWithTheBatchAndTheCandidates() {
    long one = MixtureMemory.bytes(BlockGraph.chain(Toy.blocks()), 1);
    long ten = MixtureMemory.bytes(small(), 10) - MixtureMemory.bytes(small(), 0);
    assertThat(MixtureMemory.bytes(small(), 20) - MixtureMemory.bytes(small(), 10))
        .isCloseTo(ten, within(1L));
    assertThat(MixtureMemory.bytes(BlockGraph.chain(Toy.alone(0, 0, 0)), 1)).isLessThan(one);
  }

  @Test
  void stepsOfTheSmallSpaceTakeWhatWasEstimatedAndNotMuchLess() throws Exception {
    assumeTrue(ProcessMemory.peakMebibytes().isPresent(), "the system does not tell");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                "-cp",
                System.getProperty("java.class.path"),
                Steps.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String printed =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor()).isZero();
    double taken = Double.parseDouble(printed.lines().reduce((first, last) -> last).orElseThrow());
    double estimated = MixtureMemory.bytes(small(), BATCH) / (double) (1 << 20);
    assertThat(taken).isBetween(0.4 * estimated, estimated);
  }

  /** Prints by how many MiB the process grows with a mixture of the small space. */
  static final class Steps {
    public static void main(String[] arguments) {
      SplittableRandom random = new SplittableRandom(1);
      try (MixtureSupernet toy =
          new MixtureSupernet(Toy.blocks(), new Supernet.Settings(Toy.BATCH, 1), random)) {
        toy.trainWeights(even(toy), Toy.batch(1), 0.1);
      }
      long before = ProcessMemory.peakMebibytes().orElseThrow();
      BlockGraph blocks = small();
      Shape input = blocks.input();
      Batch batch = new Batch(new float[BATCH * (int) input.elements()], new int[BATCH], BATCH);
      try (MixtureSupernet supernet =
          new MixtureSupernet(blocks, new Supernet.Settings(BATCH, 1), random)) {
        for (int step = 0; step < 2; step++) {
          supernet.lookAhead(even(supernet), batch, batch, 0.1);
          supernet.shiftedGradients(even(supernet), batch, 0.1);
          supernet.trainWeights(even(supernet), batch, 0.1);
        }
        System.out.println(ProcessMemory.peakMebibytes().orElseThrow() - before);
      }
    }

    private static double[][] even(MixtureSupernet supernet) {
      return Arrays.stream(supernet.edgeSizes())
          .mapToObj(
              size -> {
                double[] shares = new double[size];
                Arrays.fill(shares, 1.0 / size);
                return shares;
              })
          .toArray(double[][]::new);
    }
  }
}
