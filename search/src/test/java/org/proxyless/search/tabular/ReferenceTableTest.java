package org.proxyless.search.tabular;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.proxyless.search.run.StrategyKind;

/** On NAS-Bench-201, where it is there. */
class ReferenceTableTest {
  private static final int SEEDS = 8;

  @Test
  void bayesMissesLessThanSixTenthsOfWhatEvolutionMisses() {
    Path csv =
        Path.of(System.getProperty("proxyless.referenceData", "none"))
            .resolve("benchmarks/nb201_accuracy_latency.csv");
    Assumptions.assumeTrue(Files.exists(csv), "no reference data at " + csv);
    TableColumns columns =
        new TableColumns("ops", "c100_test_200ep", null, "lat_raspi4", Map.of("connected", "1"));
    NetworkTable table = NetworkTable.read(csv, columns, Collections.nCopies(6, 5));
    TableProblem problem = table.within(table.quantileMillis(0.25));
    TabularBenchmark benchmark = new TabularBenchmark(problem, List.of(50, 100), SEEDS);
    TabularResult evolution = benchmark.run(StrategyKind.EVOLUTION, () -> {});
    TabularResult bayes = benchmark.run(StrategyKind.BAYES, () -> {});
    for (int evaluations : List.of(50, 100)) {
      assertThat(bayes.at(evaluations).meanRegret())
          .isLessThan(0.6 * evolution.at(evaluations).meanRegret());
    }
  }
}
