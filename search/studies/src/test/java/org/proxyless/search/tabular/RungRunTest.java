package org.proxyless.search.tabular;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.proxyless.search.strategy.fidelity.FidelityStrategy;
import org.proxyless.search.strategy.fidelity.Trial;

class RungRunTest {
  @TempDir Path folder;

  @Test
  void anEvaluationIsAsManyEpochsAsTheWholeTrainingHas() throws IOException {
    String rows = "net,short,whole,ms\n0,30,50,1\n1,20,70,1\n2,40,60,1\n";
    Path csv = Files.writeString(folder.resolve("table.csv"), rows);
    LinkedHashMap<String, Double> rungs = new LinkedHashMap<>();
    rungs.put("short", 4.0);
    rungs.put("whole", 10.0);
    TableColumns columns = new TableColumns("net", "whole", null, "ms", Map.of(), rungs);
    TableProblem problem = NetworkTable.read(csv, columns, List.of(3)).within(1);
    List<Trial> trials = new ArrayList<>();
    int[][] asked = {{0, 0}, {1, 0}, {1, 0}, {0, 1}, {1, 1}, {2, 1}};
    FidelityStrategy strategy =
        new FidelityStrategy() {
          @Override
          public Trial ask() {
            int[] next = asked[trials.size()];
            return new Trial(new int[] {next[0]}, next[1]);
          }

          @Override
          public void tell(Trial trial, double score) {
            assertThat(score)
                .isEqualTo(
                    new double[][] {{30, 50}, {20, 70}, {40, 60}}[trial.path()[0]][trial.rung()]);
            trials.add(trial);
          }
        };
    List<TabularRun.Checkpoint> run = new RungRun(problem, strategy).to(List.of(1, 2, 3));
    // 4 + 4 epochs, the third free; then 10 + 10, of which the first ends at 18 and the last at 28.
    assertThat(run.get(0).returned().genotype()).isEqualTo("0");
    assertThat(run.get(1).returned().accuracy()).isEqualTo(50);
    assertThat(run.get(2).returned().accuracy()).isEqualTo(70);
    assertThat(trials).hasSize(5);
  }
}
