package org.proxyless.search.tabular;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.proxyless.search.run.settings.StrategyKind;

/** On NAS-Bench-201, where it is there. */
class ReferenceTableTest {
  private static final int SEEDS = 4;
  private static final List<Integer> EVALUATIONS = List.of(50, 100);
  private static final List<String> DEVICES =
      List.of(
          "lat_1080ti_1",
          "lat_2080ti_256",
          "lat_eyeriss",
          "lat_gold_6226",
          "lat_pixel3",
          "lat_raspi4");

  @Test
  void bayesMissesLessThanSixTenthsOfWhatEvolutionMisses() {
    Path csv =
        Path.of(System.getProperty("proxyless.referenceData", "none"))
            .resolve("benchmarks/nb201_accuracy_latency.csv");
    Assumptions.assumeTrue(Files.exists(csv), "no reference data at " + csv);
    Map<StrategyKind, double[]> regret = new LinkedHashMap<>();
    for (String device : DEVICES) {
      TableColumns columns =
          new TableColumns("ops", "c100_test_200ep", null, device, Map.of("connected", "1"));
      NetworkTable table = NetworkTable.read(csv, columns, Collections.nCopies(6, 5));
      TabularBenchmark benchmark =
          new TabularBenchmark(table.within(table.quantileMillis(0.25)), EVALUATIONS, SEEDS);
      for (StrategyKind kind : List.of(StrategyKind.of("evolution"), StrategyKind.of("bayes"))) {
        TabularResult result = benchmark.run(kind, () -> {});
        double[] sums = regret.computeIfAbsent(kind, k -> new double[EVALUATIONS.size()]);
        for (int e = 0; e < sums.length; e++) {
          sums[e] += result.at(EVALUATIONS.get(e)).meanRegret();
        }
      }
    }
    for (int e = 0; e < EVALUATIONS.size(); e++) {
      assertThat(regret.get(StrategyKind.of("bayes"))[e])
          .isLessThan(0.6 * regret.get(StrategyKind.of("evolution"))[e]);
    }
  }
}
