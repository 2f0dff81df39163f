package org.proxyless.search.cli.study;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.proxyless.search.cli.InProcess;

class TabularCommandTest {
  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path csv;
  private Path json;

  @BeforeEach
  void writeATable() throws IOException {
    StringBuilder rows = new StringBuilder("net,acc,early,ms\n");
    for (int n = 0; n < 64; n++) {
      int sum = n / 16 + n / 4 % 4 + n % 4;
      rows.append(String.format("%d%d%d", n / 16, n / 4 % 4, n % 4))
          .append(String.format(",%d,%d,%d%n", 50 + 3 * sum + n % 4, 50 + sum, 1 + sum));
    }
    csv = Files.writeString(folder.resolve("table.csv"), rows);
    json = folder.resolve("out.json");
  }

  @Test
  void oneStrategysFiguresAreGivenByNumberOfEvaluations() throws IOException {
    assertThat(run("--strategy", "evolution")).isZero();
    JsonNode figures = new ObjectMapper().readTree(json.toFile());
    assertThat(figures.get("optimum").doubleValue()).isEqualTo(50 + 3 * 6 + 3);
    assertThat(figures.get("optimumGenotype").textValue()).endsWith("3");
    for (String key : List.of("5", "30")) {
      assertThat(figures.get("meanRegret").get(key).doubleValue()).isNotNegative();
      assertThat(figures.get("interval95").get(key)).hasSize(2);
      assertThat(figures.get("hitRate").get(key).doubleValue()).isBetween(0.0, 1.0);
      assertThat(figures.get("feasibleShare").get(key).doubleValue()).isEqualTo(1);
    }
    assertThat(figures.get("meanRegret").get("30").doubleValue())
        .isLessThan(figures.get("meanRegret").get("5").doubleValue());
    assertThat(out.toString()).contains("limit 7.00000, kept by 54 networks", "evolution");
  }

  @Test
  void theSameSeedsGiveTheSameFigures() throws IOException {
    String strategies = "bayes,asng,enas,nasnet-ppo,random,reinforce";
    run("--strategy", strategies);
    String first = Files.readString(json);
    run("--strategy", strategies);
    assertThat(Files.readString(json)).isEqualTo(first);
    assertThat(new ObjectMapper().readTree(first).get("strategies").fieldNames())
        .toIterable()
        .containsExactly(strategies.split(","));
  }

  @Test
  void aNetworkChosenByTheSignalIsJudgedByTheAccuracy() throws IOException {
    run("--strategy", "random", "--signal-column", "early", "--evaluations", "54");
    JsonNode figures = new ObjectMapper().readTree(json.toFile());
    // All 54 networks within the limit were seen, many with the same signal as the best.
    assertThat(figures.get("feasibleNetworks").intValue()).isEqualTo(54);
    assertThat(figures.get("meanRegret").get("54").doubleValue()).isPositive();
  }

  @Test
  void severalStrategiesAreDrawnTogether() throws IOException {
    Path png = folder.resolve("regret.png");
    Path svg = folder.resolve("regret.svg");
    run("--strategy", "random,asng", "--plot", png.toString());
    run("--strategy", "random,asng", "--plot", svg.toString());
    assertThat(ImageIO.read(png.toFile()).getWidth()).isPositive();
    assertThat(Files.readString(svg)).contains("<svg", "<circle");
  }

  @Test
  void aStrategyThatNeedsGradientsIsRefused() {
    assertThat(run("--strategy", "random,gradient")).isEqualTo(2);
    assertThat(err.toString())
        .contains("--strategy is gradient", "does not have", "reinforce")
        .hasLineCount(1);
    assertThat(json).doesNotExist();
  }

  @Test
  void wrongOptionsAreOneLine() {
    assertThat(run("--strategy", "random", "--plot", "x.bmp")).isEqualTo(2);
    assertThat(run("--strategy", "random", "--seeds", "0")).isEqualTo(2);
    assertThat(run("--strategy", "random", "--signal-column", "nope")).isEqualTo(2);
    assertThat(run("--strategy", "random", "--filter", "nope=1")).isEqualTo(2);
    assertThat(err.toString())
        .contains(
            "--plot is x.bmp; it must end in .png or .svg",
            "--seeds is 0; it must be at least 1",
            "--signal-column is nope; ",
            "--filter is nope; ")
        .hasLineCount(4);
  }

  private int run(String... more) {
    List<String> words = new ArrayList<>(List.of("--quiet", "tabular", "--csv", csv.toString()));
    words.addAll(List.of("--genotype-column", "net", "--choices", "4,4,4"));
    words.addAll(List.of("--accuracy-column", "acc", "--latency-column", "ms", "--limit-ms", "7"));
    words.addAll(List.of("--json", json.toString()));
    if (Stream.of(more).noneMatch("--evaluations"::equals)) {
      words.addAll(List.of("--evaluations", "5,30"));
    }
    if (Stream.of(more).noneMatch("--seeds"::equals)) {
      words.addAll(List.of("--seeds", "3"));
    }
    words.addAll(List.of(more));
    return InProcess.run(out, err, words);
  }
}
