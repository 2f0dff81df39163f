package org.proxyless.devices.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.proxyless.devices.agent.TestAgent.CONV;
import static org.proxyless.devices.agent.TestAgent.END;
import static org.proxyless.devices.agent.TestAgent.NARROW;
import static org.proxyless.devices.agent.TestAgent.PROFILE;

import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.proxyless.base.InvalidInputException;
import org.proxyless.benchmarks.machine.MachineState;
import org.proxyless.benchmarks.process.MeasuringFailedException;
import org.proxyless.benchmarks.process.MeasuringProgress;
import org.proxyless.benchmarks.process.Pause;
import org.proxyless.benchmarks.sites.AgentSettings;
import org.proxyless.benchmarks.sites.Visit;
import org.proxyless.benchmarks.sites.VisitMeasuring;
import org.proxyless.devices.AgentAddress;
import org.proxyless.network.Network;

@Timeout(60)
class AgentJobsTest {
  @TempDir Path folder;

  @Test
  void whatIsMeasuredThereIsToldHere() {
    try (TestAgent agent = new TestAgent(folder)) {
      List<Visit.Measured> parts = new ArrayList<>();
      List<String> steps = new ArrayList<>();
      VisitMeasuring.Answer answer =
          agent
              .client()
              .visit(
                  TestAgent.visits(CONV, "network 0", "call"),
                  (done, total, current) -> steps.add(done + "/" + total + " " + current),
                  parts::add);
      assertThat(answer.fingerprint()).isEqualTo(FakeSite.FACTS);
      assertThat(parts)
          .containsExactly(
              FakeSite.measured(CONV, 1),
              FakeSite.measured("network 0", 2),
              FakeSite.measured("call", 3));
      assertThat(steps).containsExactly("0/3 " + CONV, "1/3 network 0", "2/3 call");
      assertThat(agent.log.get(0)).isEqualTo("measuring 3 things");
    }
  }

  @Test
  void itTellsWhatItIsAndHowItIs() {
    try (TestAgent agent = new TestAgent(folder)) {
      assertThat(agent.client().fingerprint(PROFILE).facts()).isEqualTo(FakeSite.FACTS);
      MachineState state = agent.client().state(PROFILE);
      assertThat(state.megahertz()).hasValue(1400);
      assertThat(state.temperatureCelsius()).hasValue(51.5);
      assertThat(state.governor()).contains("performance");
    }
  }

  @Test
  void aNetworkIsTimedByItsDescriptionAndASeed() {
    try (TestAgent agent = new TestAgent(folder)) {
      List<String> notes = new ArrayList<>();
      Network network = Network.ofKeys("mine", List.of(CONV, NARROW, END));
      assertThat(
              agent
                  .client()
                  .time(network, 42, TestAgent.setup(), MeasuringProgress.notes(notes::add)))
          .isEqualTo(FakeSite.ANSWER);
      assertThat(agent.site.timed.get(0)).isEqualTo(network.keys());
      assertThat(agent.site.timed.get(1)).isEqualTo(42L);
      assertThat(notes).containsExactly("a note");
    }
  }

  @Test
  void nothingIsAskedOverAChannelInThisProcessThatIsNotAskedOverAPort() throws IOException {
    AgentFolder opened = AgentFolder.open(folder);
    String name = "in-process";
    try (Jobs jobs = new Jobs(Duration.ofMinutes(1), Duration.ofMinutes(1), line -> {})) {
      Server server =
          InProcessServerBuilder.forName(name)
              .addService(
                  ServerInterceptors.intercept(
                      new AgentService(new FakeSite(), jobs, opened.work(), 1000),
                      new AccessCheck(opened.readToken(), TestAgent.VERSION)))
              .build()
              .start();
      AgentSite site =
          new AgentSite(
              new AgentConnection(
                  new AgentAddress("here", 1, opened.token(), Optional.empty()),
                  TestAgent.VERSION,
                  () -> InProcessChannelBuilder.forName(name).build(),
                  Pause.SLEEP,
                  TestAgent.PATIENCE));
      List<Visit.Measured> parts = new ArrayList<>();
      site.visit(TestAgent.visits(CONV), TestAgent.nobody(), parts::add);
      assertThat(parts).containsExactly(FakeSite.measured(CONV, 1));
      server.shutdownNow();
    }
    opened.close();
  }

  @Test
  void operatorsThatAreNotOursAreRefused() {
    try (TestAgent agent = new TestAgent(folder)) {
      refused(
          agent, "com.example.Evil(kernel=3) 8x8x3->8x8x16 s1", "is none that an agent measures");
      refused(agent, "java.lang.Runtime() 8x8x3->8x8x16 s1", "is none that an agent measures");
      refused(agent, "Unheard(kernel=3) 8x8x3->8x8x16 s1", "'Unheard' is not known");
      refused(agent, "Conv(kernel=3) 99999x8x3->99999x8x16 s1", "it must be at most 65536");
      refused(agent, "Conv(kernel=2000) 8x8x3->8x8x16 s1", "it must be at most 1024");
      refused(
          agent,
          "Conv(kernel=3) 65536x65536x3->65536x65536x16 s1",
          "an agent takes at most 67108864");
      refused(agent, "network 1", "'network 1' is none of 1 networks");
      assertThat(agent.site.visited).isEmpty();
    }
  }

  private static void refused(TestAgent agent, String key, String why) {
    assertThatThrownBy(
            () -> agent.client().visit(TestAgent.visits(key), TestAgent.nobody(), part -> {}))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("the agent at 127.0.0.1:" + agent.server.port() + " refuses")
        .hasMessageContaining(why)
        .hasMessageNotContaining("\n");
  }

  @Test
  void aNetworkThatIsNoGraphIsRefused() {
    assertThatThrownBy(() -> KeyCheck.network(List.of(CONV, END)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("the network is no graph: ");
    assertThatThrownBy(() -> KeyCheck.network(List.of()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("it must be 1 to 1000");
  }

  @Test
  void oneJobAtATime() throws Exception {
    try (TestAgent agent = new TestAgent(folder)) {
      CountDownLatch begun = new CountDownLatch(1);
      CountDownLatch free = new CountDownLatch(1);
      agent.site.before =
          key -> {
            begun.countDown();
            await(free);
          };
      CompletableFuture<VisitMeasuring.Answer> first =
          CompletableFuture.supplyAsync(
              () -> agent.client().visit(TestAgent.visits(CONV), TestAgent.nobody(), part -> {}));
      begun.await();
      assertThatThrownBy(
              () -> agent.client().visit(TestAgent.visits(CONV), TestAgent.nobody(), part -> {}))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("is busy: it is measuring 1 things, and takes one job at a time");
      assertThat(agent.client().fingerprint(PROFILE).facts()).isEqualTo(FakeSite.FACTS);
      free.countDown();
      assertThat(first.get().fingerprint()).isEqualTo(FakeSite.FACTS);
      agent.client().visit(TestAgent.visits(CONV), TestAgent.nobody(), part -> {});
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new MeasuringFailedException("the measurement was interrupted", e);
    }
  }

  @Test
  void aJobThatTakesTooLongIsEnded() {
    AgentSettings settings =
        new AgentSettings(
            AgentSettings.LOCALHOST, 0, folder, false, Duration.ofSeconds(1), 1 << 20);
    FakeSite site = new FakeSite();
    site.before = key -> FakeSite.sleep(30_000);
    try (TestAgent agent = new TestAgent(settings, site, AgentServer.GRACE)) {
      assertThatThrownBy(
              () -> agent.client().visit(TestAgent.visits(CONV), TestAgent.nobody(), part -> {}))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("took too long: a job may take 1 s");
      assertThat(agent.log).anyMatch(line -> line.contains("it took too long"));
    }
  }

  @Test
  void whoStopsEndsHisJob() throws InterruptedException {
    try (TestAgent agent = new TestAgent(folder)) {
      agent.site.before =
          key -> {
            if (key.equals(NARROW)) {
              FakeSite.sleep(30_000);
            }
          };
      assertThatThrownBy(
              () ->
                  agent
                      .client()
                      .visit(
                          TestAgent.visits(CONV, NARROW),
                          TestAgent.nobody(),
                          part -> {
                            throw new IllegalStateException("stopped");
                          }))
          .hasMessage("stopped");
      agent.site.before = key -> {};
      agent.client().visit(TestAgent.visits(END), TestAgent.nobody(), part -> {});
      assertThat(agent.site.visited).containsExactly(CONV, END);
    }
  }

  @Test
  void aFailureThereIsOneLineHere() {
    try (TestAgent agent = new TestAgent(folder)) {
      agent.site.before =
          key -> {
            throw new MeasuringFailedException("the measuring process died");
          };
      assertThatThrownBy(
              () -> agent.client().visit(TestAgent.visits(CONV), TestAgent.nobody(), part -> {}))
          .isInstanceOf(MeasuringFailedException.class)
          .hasMessage(
              "the agent at 127.0.0.1:"
                  + agent.server.port()
                  + " failed: the measuring process died");
      agent.site.before =
          key -> {
            throw new InvalidInputException("device 'x' is not here.");
          };
      assertThatThrownBy(
              () -> agent.client().visit(TestAgent.visits(CONV), TestAgent.nobody(), part -> {}))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageEndingWith(" refuses: device 'x' is not here.");
      agent.site.before =
          key -> {
            throw new IllegalStateException("oh");
          };
      assertThatThrownBy(
              () -> agent.client().visit(TestAgent.visits(CONV), TestAgent.nobody(), part -> {}))
          .isInstanceOf(MeasuringFailedException.class)
          .hasMessageContaining("a defect of the agent: java.lang.IllegalStateException: oh");
    }
  }

  @Test
  void tooLargeARequestIsRefusedBeforeItIsSent() {
    try (TestAgent agent = new TestAgent(folder)) {
      String[] keys = new String[200_000];
      Arrays.fill(keys, CONV);
      assertThatThrownBy(
              () -> agent.client().visit(TestAgent.visits(keys), TestAgent.nobody(), part -> {}))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("it takes at most " + AgentService.MOST_MESSAGE_BYTES);
      String[] many = new String[10_001];
      Arrays.fill(many, CONV);
      assertThatThrownBy(
              () -> agent.client().visit(TestAgent.visits(many), TestAgent.nobody(), part -> {}))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("number of keys");
    }
  }

  @Test
  void nothingIsLeftInTheFolderButTokenAndLock() throws IOException {
    try (TestAgent agent = new TestAgent(folder)) {
      agent.client().visit(TestAgent.visits(CONV), TestAgent.nobody(), part -> {});
    }
    try (var files = Files.walk(folder)) {
      assertThat(files.filter(Files::isRegularFile).map(Path::getFileName).map(Path::toString))
          .containsExactlyInAnyOrder("token", "lock");
    }
  }
}
