package org.proxyless.benchmarks.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.proxyless.base.InvalidInputException;
import org.proxyless.benchmarks.process.MeasuringProgress;
import org.proxyless.devices.DeviceProfile;
import org.proxyless.devices.DeviceProfiles;
import org.proxyless.devices.MachineFingerprint;
import org.proxyless.latency.LatencyTable;
import org.proxyless.latency.LatencyTables;
import org.proxyless.network.Operator;
import org.proxyless.network.Shape;
import org.proxyless.network.operators.Classifier;
import org.proxyless.network.operators.Conv;
import org.proxyless.network.operators.MBConv;
import org.proxyless.network.operators.Zero;

class ProfilerTest {
  private static final Shape SHAPE = new Shape(14, 14, 16);
  private static final Operator SMALL = new Operator(new Conv(1), SHAPE, 8, 1, false);
  private static final Operator LARGE = new Operator(new MBConv(7, 6), SHAPE, 16, 1, true);
  private static final Operator ZERO = new Operator(new Zero(), SHAPE, 16, 1, true);
  private final DeviceProfile profile = DeviceProfiles.load(DeviceProfile.DEFAULT);
  @TempDir Path folder;

  @Test
  void everyOperatorAndTheCallGetAnEntry() throws IOException {
    List<String> heard = new ArrayList<>();
    Path file = folder.resolve("new/small.table");
    LatencyTable table =
        Profiler.profile(
            task(profile, SMALL, LARGE, ZERO, SMALL),
            file,
            (done, total, current) -> heard.add(done + "/" + total + " " + current));

    assertThat(table.entries()).containsOnlyKeys(SMALL.key(), LARGE.key(), LatencyTable.CALL);
    assertThat(table.entries().values())
        .allSatisfy(
            entry -> {
              assertThat(entry.medianMillis()).isPositive();
              assertThat(entry.low95Millis().orElseThrow()).isLessThan(entry.medianMillis());
              assertThat(entry.high95Millis().orElseThrow()).isGreaterThan(entry.medianMillis());
              assertThat(entry.samples().orElseThrow()).isGreaterThanOrEqualTo(6); // one calm visit
            });
    // 100 times the arithmetic: on any machine it takes longer.
    assertThat(table.latencyMillis(LARGE)).isGreaterThan(table.latencyMillis(SMALL));
    assertThat(table.fingerprint()).isEqualTo(MachineFingerprint.of(profile));
    assertThat(table.settings()).containsEntry("threads", "1").containsEntry("quality", "quick");
    assertThat(heard).hasSizeGreaterThanOrEqualTo(5).allMatch(line -> line.matches("\\d+/\\d+ .+"));
    assertThat(heard.get(0)).startsWith("0/5 ");
    JsonNode results = new ObjectMapper().readTree(Files.readAllBytes(Path.of(file + ".jmh.json")));
    assertThat(results.findValuesAsText("operator")).contains(SMALL.key(), LARGE.key());
    assertThat(LatencyTables.read(file)).isEqualTo(table);
    assertThat(Profiler.finished(task(profile, SMALL, LARGE), file)).contains(table);
    assertThat(Profiler.finished(task(profile, SMALL), file))
        .as("other neighbours, so other figures")
        .isEmpty();
    assertThat(Path.of(file + ".journal")).doesNotExist();
  }

  @Test
  void aRunThatWasStoppedGoesOn() throws IOException {
    Path file = folder.resolve("t.table");
    List<String> first = new ArrayList<>();
    assertThatThrownBy(
            () ->
                Profiler.profile(
                    task(profile, SMALL, LARGE),
                    file,
                    (done, total, current) -> {
                      first.add(current);
                      if (done == 3) {
                        throw new IllegalStateException("killed");
                      }
                    }))
        .hasMessage("killed");
    List<String> second = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    MeasuringProgress progress =
        new MeasuringProgress() {
          @Override
          public void measuring(int done, int total, String current) {
            second.add(done + "/" + total);
          }

          @Override
          public void note(String line) {
            notes.add(line);
          }
        };
    LatencyTable table = Profiler.profile(task(profile, SMALL, LARGE), file, progress);

    // Of the three visits two were made (the first reading was the sentinel's); two are sentinels.
    assertThat(first).hasSize(4);
    assertThat(second.get(0)).isEqualTo("0/3");
    assertThat(notes.get(0)).contains("after 3 measurements");
    assertThat(table.entries().get(SMALL.key()).forks().orElseThrow()).isPositive();
  }

  @Test
  void aClassifierTooSmallToTimeAloneIsStillDearerThanNothing() throws IOException {
    Operator tiny = new Operator(new Classifier(), new Shape(2, 2, 8), 3, 1, false);
    LatencyTable table =
        Profiler.profile(
            task(profile, SMALL, tiny), folder.resolve("t.table"), (done, total, current) -> {});
    assertThat(table.latencyMillis(tiny)).isPositive().isLessThan(1);
  }

  @Test
  void aGpuProfileWithoutAGpuIsOneClearLine() {
    assumeFalse(Files.exists(Path.of("/proc/driver/nvidia")), "this machine has an NVIDIA GPU");
    assertThatThrownBy(
            () ->
                Profiler.profile(
                    task(DeviceProfiles.load("local-gpu"), SMALL),
                    folder.resolve("t.table"),
                    (done, total, current) -> {}))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("'local-gpu' needs a GPU")
        .hasMessageNotContaining("\n");
  }

  private static ProfilingTask task(DeviceProfile profile, Operator... operators) {
    return new ProfilingTask(
        profile, "test", SHAPE, 3, List.of(operators), List.of(), Quality.QUICK, 1);
  }
}
