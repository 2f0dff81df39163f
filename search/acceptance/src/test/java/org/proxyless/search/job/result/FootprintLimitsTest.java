package org.proxyless.search.job.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.proxyless.base.InvalidInputException;
import org.proxyless.devices.format.Footprint;
import org.proxyless.latency.choice.OperatorChoice;
import org.proxyless.latency.choice.OperatorChoice.Limit;
import org.proxyless.search.fixtures.Tiny;
import org.proxyless.search.job.SearchJob;
import org.proxyless.search.job.TinySearch;
import org.proxyless.search.run.progress.Progress;
import org.proxyless.search.run.settings.DeployedLimits;
import org.proxyless.search.run.settings.SearchSettings;
import org.proxyless.search.space.SearchSpace;
import org.proxyless.search.space.SearchSpaces;
import org.proxyless.search.strategy.TargetProjection;

class FootprintLimitsTest {
  private static final long AMPLE = 1L << 40;

  @TempDir Path folder;
  private final SearchSpace space = SearchSpaces.load(Tiny.space().toString(), 1, null, null);
  private final List<String> classNames =
      IntStream.range(0, space.classes()).mapToObj(i -> "class " + i).toList();

  @ParameterizedTest
  @ValueSource(strings = {"tflite", "fp16", "int8"})
  void whatIsNotLimitedCostsWhatItTakes(String format) {
    List<Limit> limits = limits(format, AMPLE, AMPLE);
    for (int[] path : paths()) {
      Footprint footprint = footprint(format, path);
      assertThat(limits.get(0).cost(path)).isEqualTo(footprint.peakMemoryBytes());
      assertThat(limits.get(1).cost(path)).isEqualTo(footprint.fileBytes());
      assertThat(limits)
          .allMatch(limit -> limit.cost(path) >= sum(limit, path) + limit.remainder().least());
    }
  }

  /** Every limit that makes a difference, against a look at all networks. */
  @ParameterizedTest
  @ValueSource(strings = {"tflite", "int8"})
  void theBestNetworkThatKeepsThemIsFound(String format) {
    double[][] scores = scores();
    for (int[] bound : paths()) {
      Footprint most = footprint(format, bound);
      List<Limit> limits;
      try {
        limits = limits(format, most.peakMemoryBytes(), most.fileBytes());
      } catch (InvalidInputException e) {
        continue; // it takes no more than the least that is known
      }
      Optional<int[]> found = OperatorChoice.find(scores, limits);
      double best =
          paths().stream()
              .filter(path -> footprint(format, path).peakMemoryBytes() <= most.peakMemoryBytes())
              .filter(path -> footprint(format, path).fileBytes() <= most.fileBytes())
              .mapToDouble(path -> score(scores, path))
              .max()
              .orElseThrow();
      assertThat(score(scores, found.orElseThrow())).isEqualTo(best);
    }
  }

  @Test
  void theProjectionTakesProbabilityFromWhatNeedsTooMuch() {
    long least =
        paths().stream().mapToLong(p -> footprint("int8", p).peakMemoryBytes()).min().getAsLong();
    long most =
        paths().stream().mapToLong(p -> footprint("int8", p).peakMemoryBytes()).max().getAsLong();
    assertThat(least).isLessThan(most);
    Limit limit = limits("int8", (least + most) / 2, AMPLE).get(0);
    double[][] alphas = scores();
    new TargetProjection(List.of(limit)).project(alphas);
    assertThat(Arrays.stream(alphas).flatMapToDouble(Arrays::stream)).allMatch(Double::isFinite);
    double[][] p =
        Arrays.stream(alphas)
            .map(
                edge -> {
                  double sum = Arrays.stream(edge).map(Math::exp).sum();
                  return Arrays.stream(edge).map(a -> Math.exp(a) / sum).toArray();
                })
            .toArray(double[][]::new);
    assertThat(limit.expected(p)).isLessThanOrEqualTo(limit.most());
  }

  @Test
  void aSearchEndsWithANetworkThatKeepsThem() {
    long[] memory =
        paths().stream().mapToLong(p -> footprint("int8", p).peakMemoryBytes()).sorted().toArray();
    long[] file =
        paths().stream().mapToLong(p -> footprint("int8", p).fileBytes()).sorted().toArray();
    long mostMemory = memory[memory.length / 2];
    long mostFile = file[2 * file.length / 3];
    SearchSettings settings =
        TinySearch.settings(
                Tiny.tableOfThisMachine(folder.resolve("t.table")), folder.resolve("run"))
            .maxMemoryBytes(mostMemory)
            .maxFileBytes(mostFile)
            .checkTable(false)
            .build();
    SearchResult result = new SearchJob(settings, Progress.silent()).run();
    Footprint footprint = result.deployed().orElseThrow().footprint();
    assertThat(footprint.peakMemoryBytes())
        .isEqualTo(footprint("int8", result.path()).peakMemoryBytes());
    assertThat(footprint.peakMemoryBytes()).isLessThanOrEqualTo(mostMemory);
    assertThat(footprint.fileBytes()).isLessThanOrEqualTo(mostFile);
    assertThat(result.figures()).containsKey("deployed");
    assertThat(Summary.of(result)).anyMatch(line -> line.startsWith("deployed  "));
  }

  @Test
  void whatNoNetworkKeepsIsRefusedWithTheLeast() {
    assertThatThrownBy(() -> limits("int8", 100, AMPLE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("--max-memory is 100 bytes; networks of space tiny take more than ")
        .hasMessageContaining("as int8: allow more");
    assertThatThrownBy(() -> limits("int8", AMPLE, 100))
        .hasMessageStartingWith("--max-file is 100 bytes;");
    assertThatThrownBy(() -> limits("onnx", AMPLE, AMPLE))
        .hasMessageContaining("--limits-format is onnx")
        .hasMessageContaining("fp16, int8, tflite");
    assertThatThrownBy(() -> limits("elf", AMPLE, AMPLE)).hasMessageContaining("'elf'");
  }

  @Test
  void figuresAreSaidBesideWhatIsAllowed() {
    DeployedFigures figures =
        new DeployedFigures(
            new DeployedLimits("int8", 65_536L, null), new Footprint(48_435, 100_454));
    assertThat(figures.text())
        .isEqualTo("47.3 KiB of memory (at most 64.0 KiB), a file of 98.1 KiB, as int8");
    assertThat(figures.figures())
        .containsEntry("peakMemoryBytes", 48_435L)
        .containsEntry("maxMemoryBytes", 65_536L)
        .containsEntry("maxFileBytes", null);
  }

  private List<Limit> limits(String format, long memoryBytes, long fileBytes) {
    return new FootprintLimits(
            new DeployedLimits(format, memoryBytes, fileBytes), space, classNames)
        .all();
  }

  private Footprint footprint(String format, int[] path) {
    return FootprintLimits.model(format).of(space.network(path), classNames);
  }

  private List<int[]> paths() {
    List<int[]> paths = new ArrayList<>();
    paths.add(new int[0]);
    for (int count : space.candidateCounts()) {
      List<int[]> longer = new ArrayList<>();
      for (int[] path : paths) {
        for (int candidate = 0; candidate < count; candidate++) {
          int[] next = Arrays.copyOf(path, path.length + 1);
          next[path.length] = candidate;
          longer.add(next);
        }
      }
      paths = longer;
    }
    return paths;
  }

  private double[][] scores() {
    SplittableRandom random = new SplittableRandom(5);
    return Arrays.stream(space.candidateCounts())
        .mapToObj(
            count -> IntStream.range(0, count).mapToDouble(i -> random.nextDouble()).toArray())
        .toArray(double[][]::new);
  }

  private static double score(double[][] scores, int[] path) {
    return IntStream.range(0, path.length).mapToDouble(e -> scores[e][path[e]]).sum();
  }

  private static double sum(Limit limit, int[] path) {
    double[][] costs = limit.costs();
    return limit.fixed()
        + IntStream.range(0, path.length).mapToDouble(e -> costs[e][path[e]]).sum();
  }
}
