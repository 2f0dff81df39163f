package org.proxyless.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.proxyless.latency.choice.OperatorChoice;
import org.proxyless.latency.choice.OperatorChoice.Limit;

/**
 * The choice of operators on the 6,561 networks of NAS-Bench-Macro (Su et al., 2021): eight layers
 * with three candidates each, of which the file tells the multiply-accumulates of every network.
 */
class NasBenchMacroTest {
  private static final int LAYERS = 8;
  private static final int CANDIDATES = 3;
  private static final int INSTANCES = 60;

  /** Networks by their digits. */
  private static Map<String, Double> flops() throws IOException {
    String folder = System.getProperty("proxyless.referenceData", "");
    Path file = Path.of(folder, "benchmarks/nasbench_macro_6561.csv");
    Assumptions.assumeTrue(
        !folder.isEmpty() && Files.exists(file),
        () -> file + " is not there; name its folder by -Dproxyless.referenceData");
    List<String> lines = Files.readAllLines(file);
    int column = List.of(lines.get(0).split(",")).indexOf("flops");
    Map<String, Double> flops = new TreeMap<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] fields = line.split(",", -1);
      flops.put(fields[0], Double.parseDouble(fields[column]));
    }
    return flops;
  }

  private static double flops(Map<String, Double> flops, String network) {
    return Objects.requireNonNull(flops.get(network), network);
  }

  /** What each candidate adds to the network of zeros alone. */
  private static SpaceLatency space(Map<String, Double> flops) {
    double base = flops(flops, "0".repeat(LAYERS));
    double[][] costs = new double[LAYERS][CANDIDATES];
    for (int layer = 0; layer < LAYERS; layer++) {
      for (int k = 0; k < CANDIDATES; k++) {
        String one = "0".repeat(layer) + k + "0".repeat(LAYERS - 1 - layer);
        costs[layer][k] = flops(flops, one) - base;
      }
    }
    return new SpaceLatency(base, costs);
  }

  private static int[] path(String digits) {
    return digits.chars().map(digit -> digit - '0').toArray();
  }

  private static double sum(double[][] scores, int[] path) {
    double sum = 0;
    for (int layer = 0; layer < path.length; layer++) {
      sum += scores[layer][path[layer]];
    }
    return sum;
  }

  @Test
  void theChoiceIsTheBestOfAllNetworksWithinTheLimitForAnySeparableScore() throws IOException {
    Map<String, Double> flops = flops();
    assertThat(flops).hasSize(6561);
    SpaceLatency space = space(flops);
    flops.forEach(
        (digits, all) ->
            assertThat(space.latencyMillis(path(digits))).isCloseTo(all, within(1e-6 * all)));
    SplittableRandom random = new SplittableRandom(1);
    for (int instance = 0; instance < INSTANCES; instance++) {
      double[][] scores = new double[LAYERS][CANDIDATES];
      for (double[] layer : scores) {
        for (int k = 0; k < CANDIDATES; k++) {
          // Every third instance in whole numbers, where ties abound.
          double score = 3 * random.nextGaussian();
          layer[k] = instance % 3 == 0 ? Math.rint(score) : score;
        }
      }
      double most =
          space.minMillis() + random.nextDouble() * (space.maxMillis() - space.minMillis());
      double best =
          flops.keySet().stream()
              .map(NasBenchMacroTest::path)
              .filter(path -> space.latencyMillis(path) <= most)
              .mapToDouble(path -> sum(scores, path))
              .max()
              .orElseThrow();
      int[] chosen = OperatorChoice.best(scores, List.of(Limit.latency(space, most)));
      assertThat(space.latencyMillis(chosen)).isLessThanOrEqualTo(most);
      assertThat(sum(scores, chosen)).isCloseTo(best, within(1e-9));
    }
  }
}
