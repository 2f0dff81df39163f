package org.proxyless.devices.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.proxyless.base.InvalidInputException;
import org.proxyless.benchmarks.process.MeasuringProgress;
import org.proxyless.benchmarks.sites.AgentSettings;
import org.proxyless.devices.DeviceRuntimes;
import org.proxyless.devices.agent.proto.FileJob;
import org.proxyless.devices.agent.proto.TimingSetup;
import org.proxyless.network.Network;

@Timeout(120)
class SentFilesTest {
  private static final String JOB = "0123456789abcdef";

  @TempDir Path folder;

  @Test
  void aFinishedNetworkIsSentAndTimedAndRemoved() throws IOException {
    Path model = exported();
    try (TestAgent agent = new TestAgent(folder.resolve("agent"))) {
      List<Boolean> there = new ArrayList<>();
      agent.site.onFile = file -> there.add(Files.exists(file.resolve("1/saved_model.pb")));
      assertThat(agent.client().time(model, TestAgent.setup(), TestAgent.nobody()))
          .isEqualTo(FakeSite.ANSWER);
      assertThat(there).containsExactly(true);
      assertThat(agent.site.timed)
          .containsExactly(folder.resolve("agent").resolve("work").resolve("model"));
      try (var left = Files.list(folder.resolve("agent/work"))) {
        assertThat(left).isEmpty();
      }
    }
  }

  @Test
  void itIsSentOnWhereTheConnectionWasLost() throws Exception {
    Path model = exported();
    try (TestAgent agent = new TestAgent(folder.resolve("agent"));
        Cable cable = new Cable(agent.server.port())) {
      agent.site.onFile =
          file -> {
            cable.cut();
            FakeSite.sleep(500);
            cable.mend();
          };
      List<String> notes = new ArrayList<>();
      assertThat(
              TestAgent.client(agent.through(cable.port()))
                  .time(model, TestAgent.setup(), MeasuringProgress.notes(notes::add)))
          .isEqualTo(FakeSite.ANSWER);
      assertThat(agent.site.timed).hasSize(1);
      assertThat(notes).hasSize(1);
    }
  }

  @Test
  void aFileThatIsTooLargeIsNotSent() {
    Path model = exported();
    AgentSettings small =
        new AgentSettings(
            AgentSettings.LOCALHOST,
            0,
            folder.resolve("agent"),
            false,
            Duration.ofMinutes(1),
            1000);
    try (TestAgent agent = new TestAgent(small, new FakeSite(), AgentServer.GRACE)) {
      assertThatThrownBy(() -> agent.client().time(model, TestAgent.setup(), TestAgent.nobody()))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("takes files of at most 1000. Start it with a larger --file-limit");
    }
  }

  @Test
  void theAgentTakesNoMoreThanItsLimitWhoeverAsks() throws IOException {
    SentFiles files = new SentFiles(folder, 10);
    assertThat(files.put(JOB, 0, new byte[6])).isEqualTo(6);
    assertThat(files.put(JOB, 0, new byte[6])).as("put again").isEqualTo(6);
    assertThatThrownBy(() -> files.put(JOB, 6, new byte[5]))
        .hasMessageContaining("RESOURCE_EXHAUSTED: a file may have 10 bytes");
    assertThatThrownBy(() -> files.put(JOB, 8, new byte[1]))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("they must follow it");
    assertThatThrownBy(() -> files.put("fedcba9876543210", 6, new byte[1]))
        .hasMessageContaining("NOT_FOUND");
    assertThat(files.put("fedcba9876543210", 0, new byte[1])).isEqualTo(1);
    files.clear();
    try (var left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void otherBytesThanWereSaidAreRefused() {
    SentFiles files = new SentFiles(folder, 100);
    files.put(JOB, 0, new byte[6]);
    FileJob.Builder job =
        FileJob.newBuilder().setJob(JOB).setSizeBytes(6).setSha256("00").setSetup(setup());
    assertThatThrownBy(() -> files.restored(job.build()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("has 6 of 6 bytes, or others");
    job.setSha256(SentFiles.sha256(new byte[6]));
    assertThatThrownBy(() -> files.restored(job.build()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("is no SavedModel");
  }

  @Test
  void aJobsNameLeadsToNoOtherFile() {
    assertThatThrownBy(() -> Requests.job("../../evil")).isInstanceOf(InvalidInputException.class);
    assertThat(Requests.job(JOB)).isEqualTo(JOB);
  }

  private static TimingSetup.Builder setup() {
    TimingSetup.Builder setup = TimingSetup.newBuilder();
    setup
        .getProfileBuilder()
        .setKind("cpu")
        .setRuntime("tensorflow")
        .setThreads(1)
        .setBatch(1)
        .setPrecision("float32");
    return setup;
  }

  private Path exported() {
    Path model = folder.resolve("model");
    Network network = Network.ofKeys("n", List.of(TestAgent.CONV, TestAgent.NARROW, TestAgent.END));
    DeviceRuntimes.of(TestAgent.PROFILE)
        .exportUntrained(network, model, TestAgent.PROFILE, new SplittableRandom(1));
    return model;
  }
}
