package org.proxyless.devices.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.proxyless.devices.agent.TestAgent.CONV;
import static org.proxyless.devices.agent.TestAgent.END;
import static org.proxyless.devices.agent.TestAgent.NARROW;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.proxyless.benchmarks.process.MeasuringFailedException;
import org.proxyless.benchmarks.process.MeasuringProgress;
import org.proxyless.benchmarks.sites.Visit;
import org.proxyless.benchmarks.sites.VisitMeasuring;

@Timeout(60)
class LostConnectionTest {
  private static final String[] KEYS = {CONV, NARROW, END, CONV, NARROW, END};

  @TempDir Path folder;
  private final List<Visit.Measured> parts = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  @Test
  void aJobGoesOnWhileTheConnectionIsLostAndNothingIsMeasuredTwice() throws Exception {
    try (TestAgent agent = new TestAgent(folder);
        Cable cable = new Cable(agent.server.port())) {
      agent.site.before = key -> FakeSite.sleep(200);
      VisitMeasuring.Answer answer =
          TestAgent.client(agent.through(cable.port()))
              .visit(
                  TestAgent.visits(KEYS),
                  MeasuringProgress.notes(notes::add),
                  part -> {
                    parts.add(part);
                    if (parts.size() == 2) {
                      cable.cut();
                      mendAfter(cable, 700);
                    }
                  });
      assertThat(answer.fingerprint()).isEqualTo(FakeSite.FACTS);
      assertThat(agent.site.visited).containsExactly(KEYS);
      assertThat(parts).extracting(Visit.Measured::key).containsExactly(KEYS);
      assertThat(parts)
          .extracting(part -> part.blocks().get(0).nanos())
          .containsExactly(1000.0, 2000.0, 3000.0, 4000.0, 5000.0, 6000.0);
      assertThat(notes)
          .singleElement()
          .asString()
          .startsWith("The connection to the agent at 127.0.0.1:" + cable.port() + " was lost (")
          .endsWith("trying for up to 4 s");
    }
  }

  @Test
  void itMayBeLostMoreThanOnce() throws Exception {
    try (TestAgent agent = new TestAgent(folder);
        Cable cable = new Cable(agent.server.port())) {
      agent.site.before = key -> FakeSite.sleep(200);
      TestAgent.client(agent.through(cable.port()))
          .visit(
              TestAgent.visits(KEYS),
              MeasuringProgress.notes(notes::add),
              part -> {
                parts.add(part);
                if (parts.size() % 2 == 1) {
                  cable.cut();
                  mendAfter(cable, 100);
                }
              });
      assertThat(agent.site.visited).containsExactly(KEYS);
      assertThat(parts).hasSize(KEYS.length);
    }
  }

  @Test
  void ofAnAgentThatWasStartedAnewWhatItToldIsKept() throws Exception {
    TestAgent first = new TestAgent(folder);
    first.site.before = key -> FakeSite.sleep(100);
    List<TestAgent> second = new ArrayList<>();
    try (Cable cable = new Cable(first.server.port())) {
      AgentSite client = TestAgent.client(first.through(cable.port()));
      client.visit(
          TestAgent.visits(KEYS),
          MeasuringProgress.notes(notes::add),
          part -> {
            parts.add(part);
            if (parts.size() == 2) {
              first.close();
              second.add(new TestAgent(folder));
              cable.leadTo(second.get(0).server.port());
            }
          });
      // As far as it went: the campaign asks for the rest.
      assertThat(parts).hasSizeBetween(2, 3);
      assertThat(second.get(0).site.visited).isEmpty();
    } finally {
      second.forEach(TestAgent::close);
    }
  }

  @Test
  void aConnectionThatStaysLostIsOneLine() throws Exception {
    FakeSite site = new FakeSite();
    site.before = key -> FakeSite.sleep(300);
    try (TestAgent agent =
            new TestAgent(TestAgent.settings(folder, 0), site, Duration.ofSeconds(1));
        Cable cable = new Cable(agent.server.port())) {
      String[] many = new String[100];
      Arrays.fill(many, CONV);
      assertThatThrownBy(
              () ->
                  TestAgent.client(agent.through(cable.port()))
                      .visit(
                          TestAgent.visits(many),
                          MeasuringProgress.notes(notes::add),
                          part -> {
                            parts.add(part);
                            cable.cut();
                          }))
          .isInstanceOf(MeasuringFailedException.class)
          .hasMessageContaining("was lost and did not come back within 4 s (")
          .hasMessageContaining("give the same command again: what was measured is kept")
          .hasMessageNotContaining("\n");
      assertThat(parts).hasSize(1);
      assertThat(agent.log).anyMatch(line -> line.contains("nobody listened any more"));
      cable.mend();
      site.before = key -> {};
      TestAgent.client(agent.through(cable.port()))
          .visit(TestAgent.visits(END), TestAgent.nobody(), parts::add);
      assertThat(parts.get(1).key()).isEqualTo(END);
    }
  }

  @Test
  void aJobThatNobodyListensToGivesWay() throws Exception {
    try (TestAgent agent = new TestAgent(folder);
        Cable cable = new Cable(agent.server.port())) {
      agent.site.before = key -> FakeSite.sleep(key.equals(CONV) ? 30_000 : 0);
      Thread first =
          new Thread(
              () -> {
                try {
                  TestAgent.client(agent.through(cable.port()))
                      .visit(TestAgent.visits(CONV), TestAgent.nobody(), part -> {});
                } catch (RuntimeException e) {
                  // it was given up
                }
              });
      first.start();
      while (agent.log.isEmpty()) {
        Thread.sleep(10);
      }
      cable.cut();
      Thread.sleep(300);
      agent.client().visit(TestAgent.visits(END), TestAgent.nobody(), parts::add);
      assertThat(parts).extracting(Visit.Measured::key).containsExactly(END);
      assertThat(agent.site.stopped).containsExactly(CONV);
      first.interrupt();
      first.join();
    }
  }

  private static void mendAfter(Cable cable, long millis) {
    Thread thread =
        new Thread(
            () -> {
              FakeSite.sleep(millis);
              cable.mend();
            });
    thread.setDaemon(true);
    thread.start();
  }
}
