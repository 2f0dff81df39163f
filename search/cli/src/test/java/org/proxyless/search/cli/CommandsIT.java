package org.proxyless.search.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.proxyless.search.cli.StartScript.Outcome;
import org.proxyless.search.fixtures.Tiny;

/** Every command as users meet it, on one small search whose table was measured for it. */
@Timeout(120)
@DisabledOnOs(OS.WINDOWS)
class CommandsIT {
  private static final String SPACE = " --space '" + Tiny.space() + "'";
  private static final String SEARCH = "search --no-check-table --wait-for-quiet 0" + SPACE;

  @TempDir static Path folder;
  private static Outcome profile;
  private static Outcome search;

  @BeforeAll
  static void profileAndSearch() throws Exception {
    profile = run("profile" + SPACE + " --quality quick --wait-for-quiet 0 --json profile.json");
    search =
        run(
            SEARCH
                + " --max-images 600 --batch-size 32 --warmup-epochs 1 --epochs 2"
                + " --fine-tune-epochs 1 --out run --json search.json");
  }

  @Test
  void profileSaysWhatItMeasured() throws Exception {
    assertThat(profile.exitCode()).isZero();
    assertThat(profile.out()).contains("operators 6 of space tiny", " ms fixed", "written ");
    JsonNode json = json("profile.json");
    assertThat(Path.of(json.get("table").textValue()))
        .startsWith(folder.toRealPath().resolve("cache"))
        .isRegularFile();
    assertThat(json.get("minMillis").doubleValue())
        .isBetween(json.get("fixedMillis").doubleValue(), json.get("maxMillis").doubleValue());
  }

  @Test
  void searchFindsTheTableThatProfileMeasuredAndDoesTheWholeJob() throws Exception {
    assertThat(search.exitCode()).isZero();
    assertThat(search.err()).contains("Latency table: ").doesNotContain("profile took");
    assertThat(search.out()).contains("predicted", "measured", "on the test split", "SavedModel");
    JsonNode json = json("search.json");
    assertThat(json.get("predictedMillis").doubleValue())
        .isLessThanOrEqualTo(json.get("targetMillis").doubleValue());
    assertThat(json.get("measuredMillis").doubleValue()).isPositive();
    assertThat(json.get("testAccuracy").doubleValue()).isBetween(0.1, 1.0);
    assertThat(json.get("parameters").longValue()).isPositive();
    assertThat(json.get("macs").longValue()).isPositive();
    assertThat(json.get("phaseSeconds").fieldNames())
        .toIterable()
        .containsExactly(
            "build", "warm-up", "search", "choose", "prove", "fine-tune", "export", "measure");
    assertThat(Path.of(json.get("savedModel").textValue()).resolve("1/saved_model.pb")).exists();
    assertThat(Path.of(json.get("runDirectory").textValue()).resolve("settings.yaml")).exists();
    assertThat(json.get("network")).hasSize(3);
  }

  @Test
  void theLibrarysChatterStaysAway() {
    assertThat(search.err()).doesNotContain("absl").doesNotContain("mlir");
    assertThat(search.err().lines())
        .allMatch(line -> line.matches("(Lat|bui|war|sea|cho|pro|fin|exp|mea).*"));
  }

  @Test
  void evaluateShowsEveryClass() throws Exception {
    Outcome outcome = run("evaluate run --json evaluate.json");
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).contains("2000 images", "true class, predicted as", "9 Ankle boot");
    JsonNode json = json("evaluate.json");
    assertThat(json.get("testAccuracy")).isEqualTo(json("search.json").get("testAccuracy"));
    assertThat(json.get("perClassAccuracy")).hasSize(10);
    assertThat(json.get("confusion")).hasSize(10).allMatch(row -> row.size() == 10);
  }

  @Test
  void exportWritesTheModelElsewhereThenClassifyAndMeasureUseIt() throws Exception {
    Outcome export = run("export run --out models/tiny --json export.json");
    assertThat(export.exitCode()).isZero();
    Path model = Path.of(json("export.json").get("savedModel").textValue());
    assertThat(model.resolve("1/saved_model.pb")).exists();

    ImageIO.write(
        new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB),
        "png",
        folder.resolve("black.png").toFile());
    Outcome classify = run("classify models/tiny black.png --top 3 --json classify.json");
    assertThat(classify.exitCode()).isZero();
    assertThat(classify.out().lines()).hasSize(4).first().isEqualTo("black.png");
    assertThat(json("classify.json").get("images").get(0).get("classes"))
        .hasSize(3)
        .allMatch(entry -> entry.get("probability").doubleValue() > 0);

    Outcome measure = run("measure models/tiny --json measure.json");
    assertThat(measure.exitCode()).isZero();
    assertThat(measure.out()).contains("median ", "95 % of calls within");
    JsonNode json = json("measure.json");
    double median = json.get("medianMillis").doubleValue();
    assertThat(json.get("p95Millis").doubleValue()).isGreaterThanOrEqualTo(median);
    assertThat(json.get("interval95Millis")).hasSize(2);
  }

  @Test
  void exportWritesOtherFormatsBesideTheModelAndShowsWhatTheyLose() throws Exception {
    Outcome outcome =
        run("export run --out models/several --format tflite,fp16,int8,onnx --json formats.json");
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).contains("several (SavedModel), test accuracy ", "-int8.tflite (");
    JsonNode json = json("formats.json");
    assertThat(json.get("files")).hasSize(4);
    for (JsonNode file : json.get("files")) {
      assertThat(Path.of(file.get("file").textValue()))
          .hasParent(Path.of(json.get("savedModel").textValue()))
          .hasSize(file.get("bytes").longValue());
    }
    double accuracy = json("search.json").get("testAccuracy").doubleValue();
    assertThat(json.get("testAccuracy").doubleValue()).isEqualTo(accuracy);
    assertThat(json.get("files").get(2).get("testAccuracy").doubleValue())
        .isCloseTo(accuracy, within(0.03));

    ImageIO.write(
        new BufferedImage(30, 30, BufferedImage.TYPE_BYTE_GRAY),
        "png",
        folder.resolve("dark.png").toFile());
    Outcome classify =
        run("classify " + json.get("files").get(2).get("file").textValue() + " dark.png --top 3");
    assertThat(classify.exitCode()).isZero();
    assertThat(classify.out().lines()).hasSize(4).first().isEqualTo("dark.png");
  }

  @Test
  void aNetworkIsMeasuredWithoutWeights() throws Exception {
    Outcome outcome = run("measure run/network.json --device local-cpu-2threads");
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).contains("median ");
  }

  @Test
  void predictPricesTheNetworkAsTheSearchDid() throws Exception {
    String table = json("profile.json").get("table").textValue();
    Outcome outcome =
        run("predict --table '" + table + "' --network run/network.json --json predict.json");
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).contains("Classifier", "call", "tiny");
    JsonNode json = json("predict.json");
    assertThat(json.get("latencyMillis")).isEqualTo(json("search.json").get("predictedMillis"));
    assertThat(json.get("operators")).hasSize(5);
  }

  @Test
  void trainMakesARunOfItsOwn() throws Exception {
    Outcome outcome = run("train run --from inherited --epochs 1 --out t --json t.json");
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).contains("accuracy ");
    assertThat(json("t.json").get("testAccuracy").doubleValue()).isBetween(0.1, 1.0);
    assertThat(run("evaluate t").exitCode()).isZero();
  }

  @Test
  void compareMeasuresAndTrainsNetworksOfTheSameLatency() throws Exception {
    Outcome outcome =
        run("compare run --random 1 --seeds 1 --epochs 1 --band 0.9 --json compare.json");
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).contains("derived − random", "fixed chain", "95 % interval");
    assertThat(outcome.err()).contains("equal latency took", "train took");
    JsonNode json = json("compare.json");
    assertThat(json.get("chainBasis").textValue()).isEqualTo("measured");
    assertThat(json.get("networks")).hasSize(3);
    assertThat(folder.resolve("run/compare.json"))
        .hasSameTextualContentAs(folder.resolve("compare.json"));
  }

  @Test
  void rankComparesTheOrdersOfNetworks() throws Exception {
    Outcome outcome = run("rank run --networks 4 --epochs 1 --json rank.json");
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).contains("Kendall's tau, whole space", "within the target");
    assertThat(json("rank.json").get("networks")).hasSizeGreaterThanOrEqualTo(4);
  }

  @Test
  void aPlanShowsRangeTimeAndMemory() throws Exception {
    Outcome outcome = run(SEARCH + " --plan --json plan.json");
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).contains("18 networks", "target ", "time  ", "memory ");
    assertThat(json("plan.json").get("estimatedTotalSeconds").doubleValue()).isPositive();
    assertThat(folder.resolve("runs")).doesNotExist();
  }

  @Test
  void aDeviceThatIsNotHereIsPredictedOnly() throws Exception {
    Tiny.foreignTable(folder.resolve("phone.json"));
    Outcome outcome =
        run(
            SEARCH
                + " --table phone.json --allow-foreign-table --max-images 200 --batch-size 32"
                + " --warmup-epochs 0 --epochs 1 --fine-tune-epochs 0 --out phone"
                + " --json report.json");
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).contains("predicted only");
    assertThat(json("report.json").get("measuredMillis").isNull()).isTrue();
  }

  @Test
  void theRunIsListedAndReported() throws Exception {
    Outcome list = run("runs list .");
    assertThat(list.exitCode()).isZero();
    assertThat(list.out()).containsPattern("run +finished +\\d{4}-\\d\\d-\\d\\d .* ms .* %");
    Outcome report = run("report run --out page.html");
    assertThat(report.exitCode()).isZero();
    assertThat(report.out()).contains("written ", "page.html");
    assertThat(Files.readString(folder.resolve("page.html")))
        .contains("\"predictedMillis\" : " + json("search.json").get("predictedMillis"));
  }

  /** Ended as soon as this line is seen. */
  private static Outcome terminated(String begin, String arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(StartScript.PATH.toString()));
    command.addAll(List.of(MavenArguments.split(arguments)));
    Process process = StartScript.start(folder, environment(), command);
    try (var errors = process.errorReader()) {
      StringBuilder err = new StringBuilder();
      String said;
      List<ProcessHandle> children = List.of();
      boolean told = false;
      while ((said = errors.readLine()) != null) {
        err.append(said).append('\n');
        if (!told && said.startsWith(begin)) {
          told = true;
          children = process.descendants().toList();
          process.toHandle().destroy(); // SIGTERM; the process's own would close the pipe
        }
      }
      int exitCode = process.waitFor();
      for (ProcessHandle child : children) {
        child.onExit().join();
      }
      return new Outcome(exitCode, children.size() + "", err.toString(), process.pid());
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void aSignalEndsASearchWithOneLineAndLeavesWhatWasWritten() throws Exception {
    Outcome outcome =
        terminated("warm-up took", SEARCH + " --epochs 1000 --warmup-epochs 1 --out ended");
    assertThat(outcome.exitCode()).isEqualTo(143);
    Path ended = folder.toRealPath().resolve("ended");
    assertThat(outcome.err().lines().toList())
        .last()
        .isEqualTo("interrupted; go on with: search --resume " + ended);
    assertThat(outcome.err()).containsOnlyOnce("interrupted").doesNotContain("error");
    assertThat(ended.resolve("settings.yaml")).isNotEmptyFile();
    assertThat(ended.resolve("export")).doesNotExist();
    assertThat(run("runs list ended").out()).containsPattern("ended +interrupted .* step ");
    try (Stream<Path> paths = Files.walk(ended)) {
      assertThat(paths).noneMatch(path -> path.toString().endsWith(".part"));
    }
  }

  @Test
  void aSignalEndsTheMeasuringProcessToo() throws Exception {
    Outcome outcome = terminated("profile ", "profile" + SPACE + " --out never.table");
    assertThat(outcome.exitCode()).isEqualTo(143);
    assertThat(outcome.out()).isEqualTo("1"); // child, and it is gone
    assertThat(outcome.err().lines().toList()).last().isEqualTo("interrupted");
    assertThat(folder.resolve("never.table")).doesNotExist();
  }

  private static Outcome run(String line) throws Exception {
    return StartScript.run(folder, environment(), MavenArguments.split(line));
  }

  private static Map<String, String> environment() {
    return Map.of("XDG_CACHE_HOME", folder.resolve("cache").toString());
  }

  private static JsonNode json(String file) throws Exception {
    return new ObjectMapper().readTree(folder.resolve(file).toFile());
  }
}
