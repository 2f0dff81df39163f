package org.proxyless.devices.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.proxyless.benchmarks.process.MeasuringProgress;
import org.proxyless.benchmarks.sites.AgentSettings;
import org.proxyless.benchmarks.sites.NetworkMeasurement;
import org.proxyless.benchmarks.sites.RemoteMeasuring;
import org.proxyless.benchmarks.sites.RunningAgent;
import org.proxyless.benchmarks.tables.NetworkTimer;
import org.proxyless.benchmarks.tables.Profiler;
import org.proxyless.benchmarks.tables.ProfilingTask;
import org.proxyless.benchmarks.tables.Quality;
import org.proxyless.devices.AgentAddress;
import org.proxyless.devices.DeviceProfile;
import org.proxyless.devices.DeviceRuntimes;
import org.proxyless.devices.MachineFingerprint;
import org.proxyless.latency.LatencyTable;
import org.proxyless.network.Network;
import org.proxyless.network.Operator;
import org.proxyless.network.Shape;

/** With real measuring processes, over a port of this machine. */
@Timeout(240)
class MeasuredElsewhereTest {
  private static final List<String> KEYS = List.of(TestAgent.CONV, TestAgent.NARROW, TestAgent.END);

  @TempDir Path folder;
  private RunningAgent agent;

  @BeforeEach
  void start() {
    AgentSettings settings =
        new AgentSettings(
            AgentSettings.LOCALHOST,
            0,
            folder.resolve("agent"),
            false,
            Duration.ofMinutes(5),
            1 << 26);
    agent = RemoteMeasuring.find("test").serve(settings, line -> {});
  }

  @AfterEach
  void stop() {
    agent.close();
  }

  @ParameterizedTest
  @CsvSource({"TENSORFLOW,FLOAT32", "TFLITE,FLOAT32", "TFLITE,INT8"})
  void operatorsAndNetworks(DeviceProfile.Runtime runtime, DeviceProfile.Precision precision)
      throws IOException {
    DeviceProfile profile = profile(runtime, precision, agent.port());
    LatencyTable table =
        Profiler.profile(task(profile), folder.resolve("t.table"), TestAgent.nobody());
    assertThat(table.entries()).containsKeys(TestAgent.CONV, TestAgent.NARROW, LatencyTable.CALL);
    assertThat(table.fingerprint()).isEqualTo(MachineFingerprint.of(profile.withoutAgent()));
    assertThat(Profiler.finished(task(profile), folder.resolve("t.table"))).contains(table);
    Network network = Network.ofKeys("n", KEYS);
    NetworkMeasurement described = NetworkTimer.time(network, profile, TestAgent.nobody());
    assertThat(described.medianMillis()).isBetween(1e-4, 50.0);
    Path model = folder.resolve("model");
    DeviceRuntimes.of(profile).exportUntrained(network, model, profile, new SplittableRandom(1));
    assertThat(NetworkTimer.time(model, profile, table, TestAgent.nobody()).drift()).isPresent();
    try (var left = Files.list(folder.resolve("agent/work"))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void aCutInTheMiddleOfProfilingCostsNoVisit() throws IOException {
    try (Cable cable = new Cable(agent.port())) {
      DeviceProfile profile =
          profile(DeviceProfile.Runtime.TENSORFLOW, DeviceProfile.Precision.FLOAT32, cable.port());
      List<String> notes = new ArrayList<>();
      Set<String> seen = new HashSet<>();
      Path file = folder.resolve("t.table");
      Profiler.profile(
          task(profile),
          file,
          new MeasuringProgress() {
            @Override
            public void measuring(int done, int total, String current) {
              if (done == 2 && seen.add(current)) {
                cable.cut();
                mendSoon(cable);
              }
            }

            @Override
            public void note(String line) {
              notes.add(line);
            }
          });
      assertThat(notes).anyMatch(line -> line.contains("was lost ("));
      var visits = new ObjectMapper().readTree(Path.of(file + ".jmh.json").toFile());
      int least = KEYS.size() + 1 + 2; // with the call, and the sentinel at both ends
      List<String> operators = visits.findValuesAsText("operator");
      assertThat(visits.size()).isGreaterThanOrEqualTo(least);
      if (notes.stream().noneMatch(line -> line.contains("measured again"))) {
        assertThat(visits.size()).isEqualTo(least);
        assertThat(operators.stream().filter(TestAgent.NARROW::equals)).hasSize(1);
      }
    }
  }

  @Test
  void aProfilerThatIsKilledGoesOnWithTheSameAgent() throws IOException {
    DeviceProfile profile =
        profile(DeviceProfile.Runtime.TENSORFLOW, DeviceProfile.Precision.FLOAT32, agent.port());
    Path file = folder.resolve("t.table");
    assertThatThrownBy(
            () ->
                Profiler.profile(
                    task(profile),
                    file,
                    (done, total, current) -> {
                      if (done == 3) {
                        throw new IllegalStateException("killed");
                      }
                    }))
        .hasMessage("killed");
    List<String> notes = new ArrayList<>();
    Profiler.profile(task(profile), file, MeasuringProgress.notes(notes::add));
    assertThat(notes.get(0)).contains("Going on where a run was stopped, after 3 measurements");
  }

  private static void mendSoon(Cable cable) {
    Thread thread =
        new Thread(
            () -> {
              FakeSite.sleep(1500);
              cable.mend();
            });
    thread.setDaemon(true);
    thread.start();
  }

  private DeviceProfile profile(
      DeviceProfile.Runtime runtime, DeviceProfile.Precision precision, int port) {
    return new DeviceProfile(
        "board",
        DeviceProfile.Kind.CPU,
        runtime,
        1,
        1,
        precision,
        Map.of(),
        Optional.of(new AgentAddress("127.0.0.1", port, agent.token(), Optional.empty())));
  }

  private static ProfilingTask task(DeviceProfile profile) {
    return new ProfilingTask(
        profile,
        "test",
        new Shape(8, 8, 3),
        10,
        KEYS.stream().map(Operator::ofKey).toList(),
        List.of(),
        Quality.QUICK,
        1);
  }
}
