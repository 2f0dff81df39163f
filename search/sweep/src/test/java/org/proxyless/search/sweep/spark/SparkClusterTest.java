package org.proxyless.search.sweep.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.proxyless.search.sweep.CellNeeds;
import org.proxyless.search.sweep.cell.CellCommand;
import org.proxyless.search.sweep.cell.CellOutcome;
import org.proxyless.search.sweep.cell.Place;

/** A standalone cluster as users have one, with programs that take no time. */
@Timeout(300)
@DisabledOnOs(OS.WINDOWS)
class SparkClusterTest {
  private static final CellNeeds NEEDS = new CellNeeds(1, 0, 1024, 2);
  private static final Map<String, String> THIS_MACHINE =
      Map.of("spark.driver.host", "127.0.0.1", "spark.driver.bindAddress", "127.0.0.1");

  @TempDir Path folder;

  @Test
  void cellsRunOnEveryWorkerAndThoseThatFailGoElsewhere() throws Exception {
    try (StandaloneCluster standalone = StandaloneCluster.start(folder, 2);
        SparkCluster cluster =
            SparkCluster.connect(standalone.url(), THIS_MACHINE, NEEDS, note -> {})) {
      Set<Place> places = new HashSet<>();
      // Both wait until the other is there, so they are on two executors.
      String together = "touch $0.here; while [ $(ls *.here | wc -l) -lt 2 ]; do sleep 0.1; done";
      List<CompletableFuture<CellOutcome>> both = new ArrayList<>();
      for (String name : List.of("a", "b")) {
        both.add(cluster.run(shell(name, together), Set.of()));
      }
      for (CompletableFuture<CellOutcome> outcome : both) {
        assertThat(outcome.get(200, TimeUnit.SECONDS).message()).isEmpty();
        places.add(outcome.get().where());
      }
      assertThat(places).hasSize(2);
      assertThat(cluster.slots()).isEqualTo(2);

      CellOutcome failed = cluster.run(shell("c", "echo error: no luck; exit 1"), Set.of()).get();
      assertThat(failed.finished()).isFalse();
      assertThat(failed.message()).isEqualTo("no luck");
      CellOutcome again = cluster.run(shell("c", "true"), Set.of(failed.where())).get();
      assertThat(again.finished()).isTrue();
      assertThat(again.where()).isNotEqualTo(failed.where());
    }
  }

  private CellCommand shell(String name, String script) throws Exception {
    Path runs = Files.createDirectories(folder.resolve("runs"));
    return new CellCommand(
        List.of("sh", "-c", "cd " + runs + "; " + script),
        Map.of(),
        List.of(name),
        List.of(name),
        runs.resolve(name).toString(),
        runs.resolve(name + ".txt").toString());
  }
}
