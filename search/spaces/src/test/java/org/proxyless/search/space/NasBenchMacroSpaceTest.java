package org.proxyless.search.space;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.proxyless.network.Network;

/** The space's networks against NAS-Bench-Macro's own table (Su et al., 2021). */
class NasBenchMacroSpaceTest {
  private final SearchSpace space = SearchSpaces.load("nasbench-macro", 1, null, null);

  private Network network(String digits) {
    return space.network(digits.chars().map(digit -> digit - '0').toArray());
  }

  @Test
  void theNetworkOfZerosHasThePublishedSize() {
    assertThat(space.candidateCounts()).containsOnly(3).hasSize(8);
    assertThat(network("00000000").parameters()).isEqualTo(387_882);
    assertThat(network("00000000").macs()).isEqualTo(7_713_280);
  }

  @Test
  void parametersAndMultiplyAccumulatesOfAllNetworksAreThoseOfTheTable() throws IOException {
    List<String> lines =
        Files.readAllLines(ReferenceData.file("benchmarks/nasbench_macro_6561.csv"));
    List<String> columns = List.of(lines.get(0).split(","));
    List<String> rows = lines.subList(1, lines.size());
    assertThat(rows).hasSize(6561);
    for (String row : rows) {
      String[] fields = row.split(",");
      Network network = network(fields[0]);
      assertThat(network.parameters())
          .as("parameters of %s", fields[0])
          .isEqualTo(Long.parseLong(fields[columns.indexOf("params")]));
      assertThat(network.macs())
          .as("multiply-accumulates of %s", fields[0])
          .isEqualTo(Long.parseLong(fields[columns.indexOf("flops")]));
    }
  }
}
