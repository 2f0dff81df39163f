package org.proxyless.search.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.proxyless.base.InvalidInputException;

class NetworkTableTest {
  private static final String ROWS =
      """
      net,ok,acc,"quick, dirty",ms
      00,1,50,0.5,1
      01,1,60,0.3,2
      10,0,99,0.9,1
      02,1,70,0.4,3
      11,1,80,0.2,4
      """;

  @TempDir Path folder;

  @Test
  void theBestNetworkWithinTheLimitIsKnown() throws IOException {
    TableProblem problem = read(ROWS, null).within(3);
    assertThat(problem.feasibleNetworks()).isEqualTo(3);
    assertThat(problem.optimumGenotype()).isEqualTo("02");
    assertThat(problem.contains(new int[] {1, 1})).isFalse();
    assertThat(problem.contains(new int[] {1, 0})).isFalse(); // filtered out
    assertThat(problem.latencyMillis(new int[] {0, 1})).isEqualTo(2);
    assertThat(problem.pool(2, new SplittableRandom(1))).hasSize(2).doesNotHaveDuplicates();
  }

  @Test
  void strategiesSeeTheSignal() throws IOException {
    TableProblem problem = read(ROWS, "quick, dirty").within(4);
    assertThat(problem.score(problem.network(new int[] {0, 0}).orElseThrow())).isEqualTo(0.5);
    assertThat(problem.optimumAccuracy()).isEqualTo(80);
  }

  @Test
  void aQuantileIsOfTheRowsThatCount() throws IOException {
    NetworkTable table = read(ROWS, null);
    assertThat(table.quantileMillis(0)).isEqualTo(1);
    assertThat(table.quantileMillis(0.5)).isEqualTo(2.5);
    assertThat(table.quantileMillis(1)).isEqualTo(4);
  }

  @Test
  void faultsNameTheLineAndTheRule() {
    refused(ROWS.replace("01,1", "00,1"), "line 3: genotype 00 is in line 2, too");
    refused(ROWS.replace("02,1", "03,1"), "line 5: genotype '03'; its digit 2 must be from 0 to 2");
    refused(ROWS.replace("02,1", "0x,1"), "line 5: genotype '0x'; its digit 2 must be");
    refused(ROWS.replace("02,1", "022,1"), "line 5: genotype '022'; --choices asks for 2 digits");
    refused(ROWS.replace("60", "sixty"), "line 3: acc is 'sixty'; it must be a number");
    refused(ROWS.replace("60", "NaN"), "line 3: acc is 'NaN'; it must be a number");
    refused(ROWS.replace(",2\n", ",-2\n"), "line 3: ms is -2.0; it must be above 0");
    refused(ROWS.replace(",2\n", ",2,9\n"), "line 3: 6 cells under 5 columns");
    refused(ROWS.replace("01,1", "\"01,1"), "line 3: a quote is not closed");
    refused(
        ROWS.replace("acc,", "accuracy,"), "--accuracy-column is acc; ", "no such column, only");
    refused(ROWS.replace(",1,", ",7,"), "has no row with ok=1");
    refused("", "is empty");
  }

  @Test
  void aLimitBelowEveryNetworkIsRefused() throws IOException {
    NetworkTable table = read(ROWS, null);
    assertThatThrownBy(() -> table.within(0.5))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("--limit-ms is 0.5", "from 1.0 to 4.0");
  }

  private void refused(String text, String... parts) {
    assertThatThrownBy(() -> read(text, null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll(parts);
  }

  private NetworkTable read(String text, String signal) throws IOException {
    Path csv = Files.writeString(folder.resolve("table.csv"), text);
    TableColumns columns = new TableColumns("net", "acc", signal, "ms", Map.of("ok", "1"));
    return NetworkTable.read(csv, columns, List.of(2, 3));
  }
}
