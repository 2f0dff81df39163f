package org.proxyless.search.cli.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.proxyless.latency.LatencyTable;
import org.proxyless.latency.LatencyTables;
import org.proxyless.search.cli.InProcess;

class TableCommandTest {
  private static final String YAML =
      """
      Conv-input:32x32x3-output:16x16x8:
        count: 982
        mean: 4.5
        var: 0.25
      Logits-input:8x8x8-output:10:
        mean: 0.5
      """;

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void anImportedTableIsShownForPeopleAndScripts() throws IOException {
    Path table = imported("phone.table");
    assertThat(run("table", "show", table, "--json", folder.resolve("show.json"))).isZero();
    assertThat(out.toString())
        .contains("device    phone", "verified  never")
        .containsPattern("4\\.5000 +982  Conv\\(kernel=3\\) 32x32x3->16x16x8 s2");
    JsonNode json = new ObjectMapper().readTree(folder.resolve("show.json").toFile());
    assertThat(json.get("device").textValue()).isEqualTo("phone");
    assertThat(json.get("unit").textValue()).isEqualTo("ms");
    assertThat(json.get("entries")).hasSize(2);
    assertThat(json.get("entries").get(0).get("medianMillis").doubleValue()).isEqualTo(0.5);
  }

  @Test
  void aFaultyImportIsOneLineWithItsLineAndWritesNothing() throws IOException {
    Path yaml = Files.writeString(folder.resolve("bad.yaml"), YAML.replace("0.5", "6.03find46"));
    Path table = folder.resolve("bad.table");
    assertThat(run("table", "import", "--format", "proxylessnas", yaml, "--out", table))
        .isEqualTo(2);
    assertThat(err.toString()).contains("bad.yaml, line 6", "6.03find46").hasLineCount(1);
    assertThat(table).doesNotExist();
  }

  @Test
  void validateNamesEveryFaultWithItsLine() throws IOException {
    Path table = imported("phone.json");
    assertThat(run("table", "validate", table)).isZero();
    assertThat(out.toString()).contains("is sound: 2 entries");
    String bad = Files.readString(table).replace("\"medianMillis\":4.5", "\"medianMillis\":-4.5");
    Files.writeString(table, bad.replace("\"medianMillis\":0.5", "\"medianMillis\":\"x\""));
    assertThat(run("table", "validate", table)).isEqualTo(2);
    assertThat(err.toString().lines())
        .hasSize(2)
        .allSatisfy(line -> assertThat(line).containsPattern("phone\\.json, line \\d+: "));
  }

  @Test
  void validateNamesTheOperatorsThatASpaceNeeds() throws IOException {
    assertThat(run("table", "validate", imported("phone.table"), "--space", "small")).isEqualTo(2);
    assertThat(err.toString()).contains("no entry for 'MBConv(kernel=3,expansion=3)");
  }

  @Test
  void diffSaysHowMuchTablesDiffer() throws IOException {
    Path one = imported("one.table");
    Path two = folder.resolve("two.table");
    Path yaml = Files.writeString(folder.resolve("two.yaml"), YAML.replace("4.5", "9.0"));
    run("table", "import", "--format", "proxylessnas", yaml, "--out", two);
    Path json = folder.resolve("diff.json");
    assertThat(run("table", "diff", one, two, "--json", json)).isZero();
    assertThat(out.toString()).contains("median ratio 1.5000, median difference 50.00 %");
    JsonNode figures = new ObjectMapper().readTree(json.toFile());
    assertThat(figures.get("entries").get(1).get("ratio").doubleValue()).isEqualTo(2);
  }

  @Test
  void mergeRefusesContradictions() throws IOException {
    Path one = imported("one.table");
    Path yaml = Files.writeString(folder.resolve("two.yaml"), YAML.replace("4.5", "9.0"));
    Path two = folder.resolve("two.table");
    run("table", "import", "--format", "proxylessnas", "--device", "phone", yaml, "--out", two);
    Path whole = folder.resolve("whole.table");
    assertThat(run("table", "merge", one, two, "--out", whole)).isEqualTo(2);
    assertThat(err.toString()).contains("4.5 ms in " + one, "9.0 ms in " + two);
    assertThat(run("table", "merge", one, two, "--keep-first", "--out", whole)).isZero();
    assertThat(LatencyTables.read(whole).entries()).isEqualTo(LatencyTables.read(one).entries());
  }

  @Test
  void anExportedTableReadsBackTheSame() throws IOException {
    Path table = imported("phone.table");
    Path yaml = folder.resolve("out.yaml");
    Path json = folder.resolve("out.json");
    assertThat(run("table", "export", table, "--format", "proxylessnas", "--out", yaml)).isZero();
    assertThat(run("table", "export", table, "--format", "json", "--out", json)).isZero();
    LatencyTable original = LatencyTables.read(table);
    assertThat(LatencyTables.read(json)).isEqualTo(original);
    Path again = folder.resolve("again.table");
    run("table", "import", "--format", "proxylessnas", yaml, "--out", again);
    assertThat(LatencyTables.read(again).entries()).isEqualTo(original.entries());
    assertThat(run("table", "export", table, "--format", "json", "--out", yaml)).isEqualTo(2);
  }

  private Path imported(String name) throws IOException {
    Path yaml = Files.writeString(folder.resolve("phone.yaml"), YAML);
    Path table = folder.resolve(name);
    assertThat(run("table", "import", "--format", "proxylessnas", yaml, "--out", table)).isZero();
    return table;
  }

  private int run(Object... words) {
    return InProcess.run(out, err, Arrays.stream(words).map(Object::toString).toList());
  }
}
