package org.proxyless.search.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.proxyless.base.InvalidInputException;
import org.proxyless.devices.tensorflow.LoadedModel;
import org.proxyless.latency.LatencyTables;
import org.proxyless.latency.NetworkLatency;
import org.proxyless.network.Network;
import org.proxyless.network.NetworkFile;
import org.proxyless.network.NetworkWeights;
import org.proxyless.network.Normalization;
import org.proxyless.network.Operator;
import org.proxyless.search.data.Dataset;
import org.proxyless.search.data.Split;
import org.proxyless.search.fixtures.RecordReader;
import org.proxyless.search.fixtures.ReferenceNetwork;
import org.proxyless.search.fixtures.ReportPage;
import org.proxyless.search.fixtures.Tiny;
import org.proxyless.search.job.derive.Deployment;
import org.proxyless.search.job.keeping.SharedWeightsFile;
import org.proxyless.search.job.keeping.TrainedNetwork;
import org.proxyless.search.job.prepare.PriceList;
import org.proxyless.search.job.prepare.SearchInput;
import org.proxyless.search.job.prepare.SearchPlan;
import org.proxyless.search.job.result.SearchResult;
import org.proxyless.search.job.result.TrainResult;
import org.proxyless.search.job.revisit.FinishedRun;
import org.proxyless.search.report.HtmlReport;
import org.proxyless.search.report.RunRecord;
import org.proxyless.search.run.RunDirectory;
import org.proxyless.search.run.progress.Progress;
import org.proxyless.search.run.settings.SearchSettings;
import org.proxyless.search.run.settings.StrategyKind;
import org.proxyless.search.run.settings.TrainSettings;
import org.proxyless.search.train.Evaluation;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.Summary;

/** The whole job in miniature; the tests share one run. */
class MiniatureRunTest {
  private static final int IMAGES = 20;

  @TempDir static Path shared;
  private static SearchSettings settings;
  private static SearchResult result;

  @TempDir Path folder;

  @BeforeAll
  static void search() {
    Path table = Tiny.tableOfThisMachine(shared.resolve("tiny.table"));
    settings = TinySearch.settings(table, shared.resolve("run")).build();
    result = new SearchJob(settings, Progress.silent()).run();
  }

  @Test
  void theRunDirectoryHoldsEverythingAndNothingHalfWritten() throws IOException {
    try (Stream<Path> paths = Files.walk(shared.resolve("run"))) {
      assertThat(
              paths
                  .filter(Files::isRegularFile)
                  .map(p -> shared.resolve("run").relativize(p).toString())
                  .map(p -> p.replaceFirst("tfevents\\..*", "tfevents")))
          .containsExactlyInAnyOrder(
              ".lock",
              "settings.yaml",
              "latency.table",
              "log.txt",
              "metrics.csv",
              "alphas.csv",
              "candidates.csv",
              "tensorboard/events.out.tfevents",
              "prices.yaml",
              "network.json",
              "data.yaml",
              "provenance.json",
              "weights/supernet.weights",
              "weights/inherited.weights",
              "weights/trained.weights",
              "export/tiny/1/saved_model.pb",
              "export/tiny/1/assets/classes.txt",
              "export/tiny/network.json",
              "export/tiny/provenance.json");
    }
    assertThat(Files.readString(result.runDirectory().resolve("log.txt")))
        .contains("target 2.25 ms", "search took", "fine-tune took");
  }

  @Test
  void theEventFileHoldsTheFiguresOfTheCsvFiles() throws IOException {
    Map<String, Float> scalars = new HashMap<>();
    Map<String, List<Double>> distributions = new HashMap<>();
    for (Event event : events()) {
      for (Summary.Value value : event.getSummary().getValueList()) {
        String tag = value.getTag() + " " + event.getStep();
        if (value.hasHisto()) {
          distributions.put(tag, value.getHisto().getBucketList());
        } else {
          scalars.put(tag, value.getSimpleValue());
        }
      }
    }
    List<String> metrics = Files.readAllLines(result.runDirectory().resolve("metrics.csv"));
    for (String row : metrics.subList(1, metrics.size())) {
      String[] cells = row.split(",", -1);
      assertThat(scalars)
          .containsEntry(cells[0] + "/loss " + cells[1], Float.valueOf(cells[3]))
          .containsEntry(cells[0] + "/accuracy " + cells[1], Float.valueOf(cells[4]))
          .containsKey(cells[0] + "/step_seconds " + cells[1]);
      if (cells[0].equals("architecture")) {
        double over = 100 * (Double.parseDouble(cells[5]) / result.targetMillis() - 1);
        assertThat(scalars)
            .containsEntry("architecture/expected_ms " + cells[1], Float.valueOf(cells[5]))
            .containsEntry("architecture/entropy " + cells[1], Float.valueOf(cells[6]))
            .containsEntry("architecture/over_target_percent " + cells[1], (float) over)
            .containsKey("architecture/learning_rate " + cells[1]);
      }
    }
    List<PriceList.PricedBlock> edges =
        PriceList.read(result.runDirectory().resolve(PriceList.FILE)).edges();
    List<String> alphas = Files.readAllLines(result.runDirectory().resolve("alphas.csv"));
    for (String row : alphas.subList(1, alphas.size())) {
      String[] cells = row.split(",");
      String tag = "probabilities/" + edges.get(Integer.parseInt(cells[1])).name() + " " + cells[0];
      assertThat(distributions.get(tag).get(Integer.parseInt(cells[2])))
          .isEqualTo(Double.parseDouble(cells[3]));
    }
  }

  @Test
  void theReportShowsTheNumbersOfTheRun() throws IOException {
    RunRecord run = RunRecord.read(result.runDirectory());
    JsonNode shown = ReportPage.of(HtmlReport.of(List.of(run)).toString()).run(0);
    assertThat(shown.get("state").textValue()).isEqualTo("finished");
    assertThat(shown.get("targetMillis").doubleValue()).isEqualTo(result.targetMillis());
    assertThat(shown.get("predictedMillis").doubleValue())
        .isEqualTo(result.prediction().latencyMillis());
    assertThat(shown.get("measuredMillis").doubleValue())
        .isEqualTo(result.measuredMillis().getAsDouble());
    assertThat(shown.get("testAccuracy").doubleValue()).isEqualTo(result.testAccuracy());
    assertThat(shown.get("space").get("callMillis").doubleValue())
        .isEqualTo(result.prediction().callMillis());
    assertThat(shown.get("space").get("minMillis").doubleValue()).isCloseTo(1, within(1e-9));
    assertThat(shown.get("space").get("maxMillis").doubleValue()).isCloseTo(3.5, within(1e-9));
    List<Operator> operators = result.network().operators();
    for (int i = 0; i < operators.size(); i++) {
      JsonNode layer = shown.get("layers").get(i);
      assertThat(layer.get("block").textValue()).isEqualTo(result.space().blocks().get(i).name());
      assertThat(layer.get("output").textValue()).isEqualTo(operators.get(i).output().toString());
      assertThat(layer.get("millis").doubleValue())
          .isEqualTo(result.prediction().operatorMillis().get(i));
    }
    List<String> metrics = Files.readAllLines(result.runDirectory().resolve("metrics.csv"));
    int rows = 0;
    for (JsonNode stage : shown.get("stages")) {
      for (int i = 0; i < stage.get("columns").get("step").size(); i++, rows++) {
        JsonNode columns = stage.get("columns");
        String row =
            stage.get("stage").textValue() + "," + columns.get("step").get(i).longValue() + ",";
        assertThat(metrics).anyMatch(line -> line.startsWith(row));
        String line = metrics.stream().filter(l -> l.startsWith(row)).findFirst().orElseThrow();
        assertThat(columns.get("loss").get(i).asText()).isEqualTo(line.split(",", -1)[3]);
      }
    }
    assertThat(rows).isEqualTo(metrics.size() - 1);
    assertThat(shown.get("edges")).hasSize(3);
    for (JsonNode edge : shown.get("edges")) {
      for (JsonNode p : edge.get("probabilities")) {
        assertThat(p).hasSameSizeAs(edge.get("candidates"));
      }
    }
  }

  private static List<Event> events() throws IOException {
    List<Event> events = new ArrayList<>();
    try (Stream<Path> files = Files.list(result.runDirectory().resolve("tensorboard"))) {
      for (byte[] record : RecordReader.read(files.findFirst().orElseThrow())) {
        events.add(Event.parseFrom(record));
      }
    }
    return events;
  }

  @Test
  void theCandidatesAreRecordedAndTheBestOfThoseComparedAtTheEndIsTheResult() throws IOException {
    List<String> rows = Files.readAllLines(result.runDirectory().resolve("candidates.csv"));
    assertThat(rows).first().isEqualTo("step,predictedMillis,loss,accuracy,path,operators");
    assertThat(rows).last().asString().contains("; MBConv");
    List<String[]> cells = rows.stream().skip(1).map(row -> row.split(",")).toList();
    String end = cells.get(cells.size() - 1)[0];
    List<String[]> compared = cells.stream().filter(row -> row[0].equals(end)).toList();
    assertThat(cells).hasSizeGreaterThan(compared.size());
    assertThat(compared.stream().map(row -> row[4])).doesNotHaveDuplicates();
    double most =
        compared.stream().mapToDouble(row -> Double.parseDouble(row[3])).max().orElseThrow();
    assertThat(most).isBetween(0.0, 1.0);
    String chosen =
        IntStream.of(result.path()).mapToObj(Integer::toString).collect(Collectors.joining(" "));
    assertThat(compared)
        .anySatisfy(
            row -> {
              assertThat(row[4]).isEqualTo(chosen);
              assertThat(Double.parseDouble(row[3])).isEqualTo(most);
              assertThat(Double.parseDouble(row[1])).isEqualTo(result.prediction().latencyMillis());
            });
  }

  @Test
  void theSharedWeightsAreKeptAndThoseOfTheNetworkAreAmongThem() {
    try (RunDirectory run = RunDirectory.open(result.runDirectory())) {
      NetworkWeights shared =
          SharedWeightsFile.of(SharedWeightsFile.read(run), result.space(), result.path(), run);
      NetworkWeights inherited = TrainedNetwork.readInherited(run, result.network());
      assertThat(shared.all()).hasSameSizeAs(inherited.all()).isNotEmpty();
      inherited.all().forEach((key, values) -> assertThat(shared.get(key)).isEqualTo(values));
    }
  }

  @Test
  void theSettingsInForceNameTheTarget() {
    try (RunDirectory run = RunDirectory.open(result.runDirectory())) {
      double middle = (1 + 3.5) / 2; // call, stem, classifier; one edge at least, three at most
      assertThat(run.settings().targetMillis()).isEqualTo(result.targetMillis());
      assertThat(result.targetMillis()).isCloseTo(middle, within(1e-9));
      assertThat(run.settings().withTargetMillis(1)).isEqualTo(settings.withTargetMillis(1));
    }
  }

  @Test
  void theNetworkMeetsTheTargetByTheTableAndIsMeasured() {
    Network network = NetworkFile.read(result.runDirectory().resolve("network.json"));
    assertThat(network).isEqualTo(result.network());
    assertThat(result.prediction().latencyMillis()).isLessThanOrEqualTo(result.targetMillis());
    assertThat(result.measuredMillis()).isPresent();
    assertThat(result.measuredMillis().getAsDouble()).isPositive();
    assertThat(result.testAccuracy()).isBetween(0.15, 1.0); // better than a guess
  }

  @Test
  void provenanceSaysWhereTheNetworkComesFrom() throws IOException {
    Path file = result.savedModel().resolve("provenance.json");
    JsonNode json = new ObjectMapper().readTree(file.toFile());
    assertThat(json.get("dataHash").textValue()).hasSize(64);
    assertThat(json.get("tableHash").textValue()).hasSize(64);
    assertThat(json.get("settings").get("targetMillis").doubleValue())
        .isEqualTo(result.targetMillis());
    assertThat(json.get("figures").get("testAccuracy").doubleValue())
        .isEqualTo(result.testAccuracy());
    assertThat(file).hasSameTextualContentAs(result.runDirectory().resolve("provenance.json"));
  }

  @Test
  void aFreshProcessGivesTheProbabilitiesOfTheTrainedNetwork() throws Exception {
    try (Dataset dataset = SearchInput.openDataset(settings);
        RunDirectory run = RunDirectory.open(result.runDirectory())) {
      Split test = dataset.test();
      int elements = (int) test.shape().elements();
      byte[] pixels = new byte[IMAGES * elements];
      for (int i = 0; i < IMAGES; i++) {
        byte[] image = new byte[elements];
        test.read(i, image);
        System.arraycopy(image, 0, pixels, i * elements, elements);
      }
      TrainedNetwork trained = TrainedNetwork.read(run);
      double[][] expected = probabilities(trained, normalized(pixels, dataset.normalization()));
      List<String> lines = classifyInAFreshProcess(result.savedModel(), pixels);
      assertThat(lines).hasSize(IMAGES);
      for (int i = 0; i < IMAGES; i++) {
        String[] found = lines.get(i).split(" ");
        for (int c = 0; c < expected[i].length; c++) {
          assertThat(Double.parseDouble(found[c])).isCloseTo(expected[i][c], within(1e-4));
        }
      }
    }
  }

  private static float[] normalized(byte[] pixels, Normalization normalization) {
    float[] images = new float[pixels.length];
    for (int i = 0; i < images.length; i++) {
      images[i] =
          Byte.toUnsignedInt(pixels[i]) * normalization.factors()[0] + normalization.offsets()[0];
    }
    return images;
  }

  /** In double precision, with batch normalisation as a step of its own. */
  private static double[][] probabilities(TrainedNetwork trained, float[] images) {
    NetworkWeights weights = trained.weights();
    double[][] values =
        ReferenceNetwork.inference(
                trained.network().operators(),
                (block, candidate, layer, part) -> weights.get(block, layer, part))
            .logits(images, IMAGES);
    for (double[] row : values) {
      double sum = 0;
      for (int c = 0; c < row.length; c++) {
        row[c] = Math.exp(row[c]);
        sum += row[c];
      }
      for (int c = 0; c < row.length; c++) {
        row[c] /= sum;
      }
    }
    return values;
  }

  private static List<String> classifyInAFreshProcess(Path model, byte[] pixels)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                java(),
                "-cp",
                System.getProperty("java.class.path"),
                FreshProcess.class.getName(),
                model.toString(),
                Base64.getEncoder().encodeToString(pixels))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    List<String> lines = process.inputReader().lines().toList();
    assertThat(process.waitFor()).isZero();
    return lines;
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** Prints a line of probabilities for each image. */
  static final class FreshProcess {
    public static void main(String[] arguments) {
      byte[] pixels = Base64.getDecoder().decode(arguments[1]);
      try (LoadedModel model = LoadedModel.open(Path.of(arguments[0]), Deployment.CHECKING)) {
        for (float[] row : model.probabilities(pixels, IMAGES)) {
          StringBuilder line = new StringBuilder();
          for (float probability : row) {
            line.append(probability).append(' ');
          }
          System.out.println(line.toString().trim());
        }
      }
    }
  }

  @Test
  void evaluatingTheRunGivesTheAccuracyOfTheSearch() {
    try (FinishedRun run = FinishedRun.open(result.runDirectory())) {
      Evaluation evaluation = run.evaluate(null);
      assertThat(evaluation.accuracy()).isEqualTo(result.testAccuracy());
      assertThat(evaluation.images()).isEqualTo(2000);
      assertThat(run.classNames()).hasSize(10).contains("Ankle boot");
    }
  }

  @Test
  void exportingAgainGivesTheSameFileAndNeverOverwrites() throws IOException {
    Path again = folder.resolve("again");
    try (FinishedRun run = FinishedRun.open(result.runDirectory())) {
      run.export(again);
      assertThat(again.resolve("1/saved_model.pb"))
          .hasSameBinaryContentAs(result.savedModel().resolve("1/saved_model.pb"));
      assertThatThrownBy(() -> run.export(again))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("again exists");
      assertThatThrownBy(() -> run.export(null)).isInstanceOf(InvalidInputException.class);
    }
  }

  @Test
  void theSameSeedAndTableGiveTheSameSearchToTheLastBitInAnotherProcess() throws Exception {
    // Both are fresh: the first session of a process decides about TensorFlow's threads, and here
    // that was another test's.
    Path one = inAProcessOfItsOwn("one");
    Path other = inAProcessOfItsOwn("other");
    for (String file :
        List.of(
            "network.json",
            "alphas.csv",
            "metrics.csv",
            "candidates.csv",
            "weights/supernet.weights",
            "weights/trained.weights")) {
      assertThat(other.resolve(file)).hasSameBinaryContentAs(one.resolve(file));
    }
  }

  private Path inAProcessOfItsOwn(String name) throws Exception {
    Path run = folder.resolve(name);
    Process process =
        new ProcessBuilder(
                java(),
                "-cp",
                System.getProperty("java.class.path"),
                SameSearch.class.getName(),
                settings.table().toString(),
                run.toString())
            .inheritIO()
            .start();
    assertThat(process.waitFor()).isZero();
    return run;
  }

  /** The shared run once more. */
  static final class SameSearch {
    public static void main(String[] arguments) {
      SearchSettings settings =
          TinySearch.settings(Path.of(arguments[0]), Path.of(arguments[1])).build();
      new SearchJob(settings, Progress.silent()).run();
    }
  }

  @Test
  void trainingStartsFromScratchOrFromTheInheritedWeights() {
    TrainResult scratch = train("scratch", true);
    TrainResult inherited = train("inherited", false);
    assertThat(scratch.network()).isEqualTo(result.network());
    assertThat(inherited.network()).isEqualTo(result.network());
    assertThat(inherited.testAccuracy()).isNotEqualTo(scratch.testAccuracy());
    try (FinishedRun run = FinishedRun.open(inherited.runDirectory())) {
      assertThat(run.evaluate(null).accuracy()).isEqualTo(inherited.testAccuracy());
    }
    assertThatThrownBy(() -> train(folder.resolve("scratch"), "again", false))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("inherited.weights");
  }

  private TrainResult train(String out, boolean fromScratch) {
    return train(result.runDirectory(), out, fromScratch);
  }

  private TrainResult train(Path run, String out, boolean fromScratch) {
    return new TrainJob(
            new TrainSettings(run, fromScratch, 1, null, null, null, null, folder.resolve(out)),
            Progress.silent())
        .run();
  }

  @Test
  void aRunThatWasDamagedOrCutShortIsRefused() throws IOException {
    Path cut = folder.resolve("cut");
    try (RunDirectory run =
        RunDirectory.create(
            TinySearch.settings(settings.table(), cut).build(), LocalDateTime.now())) {
      assertThatThrownBy(() -> FinishedRun.open(run.path()))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("has no network.json");
    }
    Files.copy(result.runDirectory().resolve("network.json"), cut.resolve("network.json"));
    Files.copy(result.runDirectory().resolve("data.yaml"), cut.resolve("data.yaml"));
    assertThatThrownBy(() -> FinishedRun.open(cut)).hasMessageContaining("no weights/trained");
    Path weights = Files.createDirectory(cut.resolve("weights")).resolve("trained.weights");
    byte[] whole = Files.readAllBytes(result.runDirectory().resolve("weights/trained.weights"));
    whole[whole.length / 2] ^= 1;
    Files.write(weights, whole);
    assertThatThrownBy(() -> FinishedRun.open(cut))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("damaged");
  }

  @Test
  void otherDataIsNotTakenForTheRunsOwn() throws IOException {
    Path copy = folder.resolve("copy");
    try (Stream<Path> paths = Files.walk(result.runDirectory())) {
      for (Path path : paths.toList()) {
        Files.copy(path, copy.resolve(result.runDirectory().relativize(path).toString()));
      }
    }
    Path card = copy.resolve("data.yaml");
    Files.writeString(card, Files.readString(card).replaceFirst("hash: [0-9a-f]{4}", "hash: ffff"));
    try (FinishedRun run = FinishedRun.open(copy)) {
      assertThatThrownBy(() -> run.evaluate(null))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("is not the one that");
    }
  }

  @Test
  void aPlanTrainsNothing() {
    Path out = folder.resolve("planned");
    SearchPlan plan =
        new SearchJob(TinySearch.settings(settings.table(), out).build(), Progress.silent()).plan();
    assertThat(out).doesNotExist();
    assertThat(plan.networks()).isEqualTo(18);
    assertThat(plan.targetMillis()).isEqualTo(result.targetMillis());
    assertThat(plan.totalSeconds()).isPositive();
    assertThat(plan.estimatedSeconds())
        .containsKeys("build", "warm-up", "search", "fine-tune", "export", "measure");
  }

  @Test
  void aTimeLimitDecidesTheStepsOfEveryPhase() throws IOException {
    Path table = Tiny.foreignTable(folder.resolve("phone.json")); // measuring would be most of it
    SearchSettings limited =
        TinySearch.settings(table, folder.resolve("limited"))
            .allowForeignTable(true)
            .warmupEpochs(1000)
            .epochs(1000)
            .fineTuneEpochs(1000)
            .timeLimit(Duration.ofSeconds(20))
            .build();
    SearchResult shortened = new SearchJob(limited, Progress.silent()).run();
    assertThat(shortened.measuredMillis()).isEmpty();
    String metrics = Files.readString(shortened.runDirectory().resolve("metrics.csv"));
    assertThat(metrics).contains("warmup,1,", "search,1,", "fine-tune,1,");
    assertThat(metrics.lines().filter(line -> line.startsWith("search,")))
        .hasSizeLessThan(1000 * 14);
  }

  @Test
  void aTimeLimitThatNothingFitsIntoIsRefusedBeforeTraining() {
    SearchSettings limited =
        TinySearch.settings(settings.table(), folder.resolve("never"))
            .timeLimit(Duration.ofSeconds(3))
            .build();
    assertThatThrownBy(() -> new SearchJob(limited, Progress.silent()).run())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("--time-limit is 3 s");
    assertThat(folder.resolve("never")).doesNotExist();
  }

  @Test
  void theOtherStrategiesCompleteTheJob() {
    Path table = Tiny.foreignTable(folder.resolve("phone.json"));
    for (StrategyKind strategy : List.of(StrategyKind.of("reinforce"), StrategyKind.of("random"))) {
      SearchSettings other =
          TinySearch.settings(table, folder.resolve(strategy.toString()))
              .allowForeignTable(true)
              .strategy(strategy)
              .epochs(1)
              .fineTuneEpochs(0)
              .build();
      SearchResult found = new SearchJob(other, Progress.silent()).run();
      NetworkLatency latency = NetworkLatency.of(found.network(), LatencyTables.read(table));
      assertThat(latency.latencyMillis()).isLessThanOrEqualTo(found.targetMillis());
    }
  }

  @Test
  void aFailureIsInTheLogOfTheRun() throws IOException {
    Path out = folder.resolve("failed");
    try (RunDirectory run =
        RunDirectory.create(
            TinySearch.settings(settings.table(), out).build(), LocalDateTime.now())) {
      assertThatThrownBy(
              () ->
                  run.logged(
                      () -> {
                        throw new IllegalStateException("broken");
                      }))
          .hasMessage("broken");
    }
    assertThat(Files.readString(out.resolve("log.txt")))
        .contains("IllegalStateException: broken", "\tat ");
  }
}
