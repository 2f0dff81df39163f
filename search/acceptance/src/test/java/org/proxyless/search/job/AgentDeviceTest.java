package org.proxyless.search.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.proxyless.benchmarks.sites.AgentSettings;
import org.proxyless.benchmarks.sites.RemoteMeasuring;
import org.proxyless.benchmarks.sites.RunningAgent;
import org.proxyless.benchmarks.tables.Quality;
import org.proxyless.benchmarks.tables.VerificationResult;
import org.proxyless.devices.DeviceProfile;
import org.proxyless.devices.DeviceProfiles;
import org.proxyless.devices.MachineFingerprint;
import org.proxyless.latency.LatencyTable;
import org.proxyless.search.fixtures.Tiny;
import org.proxyless.search.job.prepare.PricedSpace;
import org.proxyless.search.job.prepare.TableSource;
import org.proxyless.search.job.prepare.TableVerification;
import org.proxyless.search.job.result.SearchResult;
import org.proxyless.search.run.progress.Progress;
import org.proxyless.search.run.settings.SearchSettings;
import org.proxyless.search.space.SearchSpace;
import org.proxyless.search.space.SearchSpaces;

/** A board that is this machine: what is done there is done through its agent. */
@Timeout(400)
class AgentDeviceTest {
  @TempDir static Path folder;
  private static final List<String> LOG = new CopyOnWriteArrayList<>();
  private static RunningAgent agent;
  private static Path board;
  private static DeviceProfile device;
  private static SearchSpace space;
  private static TableSource tables;
  private static LatencyTable table;

  @BeforeAll
  static void profile() throws IOException {
    AgentSettings settings =
        new AgentSettings(
            AgentSettings.LOCALHOST,
            0,
            folder.resolve("agent"),
            true,
            Duration.ofMinutes(5),
            1 << 26);
    agent = RemoteMeasuring.find("test").serve(settings, LOG::add);
    board =
        Files.writeString(
            folder.resolve("board.yaml"),
            """
            name: board
            kind: cpu
            runtime: tensorflow
            threads: 1
            batch: 1
            precision: float32
            agent: localhost:%d
            token: agent/token
            pin: sha256:%s
            """
                .formatted(agent.port(), agent.pin().orElseThrow()));
    device = DeviceProfiles.load(board.toString());
    space = SearchSpaces.load(Tiny.space().toString(), 1, null, null);
    tables = new TableSource(Progress.silent(), folder.resolve("cache"));
    table = tables.measure(space, device, Quality.QUICK, tables.cacheFile(space, device));
  }

  @AfterAll
  static void stop() {
    agent.close();
  }

  @Test
  void itsTableIsThatOfTheMachineThere() {
    assertThat(table.device()).isEqualTo("board");
    assertThat(table.fingerprint()).isEqualTo(MachineFingerprint.of(device.withoutAgent()));
    assertThat(table.timings()).isNotEmpty();
    assertThat(LOG.get(0)).matches("measuring \\d+ things");
    int measured = LOG.size();
    assertThat(tables.measure(space, device, Quality.QUICK, tables.cacheFile(space, device)))
        .isEqualTo(table);
    assertThat(LOG).as("nothing is measured again").hasSize(measured);
  }

  @Test
  void itsTableIsVerifiedThere() {
    VerificationResult result =
        TableVerification.verify(
            new PricedSpace(space, device, table, true), 8, 1, Progress.silent());
    assertThat(result.plain().all()).hasSize(8);
    assertThat(result.plain().all()).allMatch(prediction -> prediction.measuredMillis() > 0);
  }

  @Test
  void aSearchIsProvedThereAndItsFileMeasured() {
    SearchSettings settings =
        TinySearch.settings(tables.cacheFile(space, device), folder.resolve("run"))
            .device(board.toString())
            .checkTable(false)
            .proof(true)
            .fineTuneEpochs(1)
            .build();
    int before = LOG.size();
    SearchResult result = new SearchJob(settings, Progress.silent()).run();
    assertThat(result.measuredMillis().orElseThrow()).isPositive();
    List<String> log = LOG.subList(before, LOG.size());
    assertThat(log).anyMatch(line -> line.startsWith("measuring a network of "));
    assertThat(log).anyMatch(line -> line.matches("measuring a file of \\d+ bytes"));
  }
}
