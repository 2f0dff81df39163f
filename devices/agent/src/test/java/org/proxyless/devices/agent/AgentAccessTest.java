package org.proxyless.devices.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.proxyless.devices.agent.TestAgent.PROFILE;

import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.proxyless.base.InvalidInputException;
import org.proxyless.benchmarks.sites.AgentSettings;
import org.proxyless.devices.AgentAddress;
import org.proxyless.devices.agent.proto.AgentGrpc;
import org.proxyless.devices.agent.proto.DescribeRequest;
import org.proxyless.devices.agent.proto.VisitJob;

@Timeout(60)
class AgentAccessTest {
  @TempDir Path folder;

  @Test
  void anotherTokenIsRefused() throws IOException {
    Path other = Files.writeString(folder.resolve("other"), "0".repeat(64) + "\n");
    try (TestAgent agent = new TestAgent(folder.resolve("agent"))) {
      AgentAddress address =
          new AgentAddress("127.0.0.1", agent.server.port(), other, Optional.empty());
      refused(
          address,
          "the agent at "
              + address.text()
              + " does not take the token in "
              + other
              + ": it must be that of the file 'token' in the agent's folder. Copy that file again.");
    }
  }

  @Test
  void nothingIsAnsweredWithoutAToken() {
    try (TestAgent agent = new TestAgent(folder)) {
      ManagedChannel channel = AgentConnection.channel(agent.address());
      try {
        AgentGrpc.AgentBlockingStub stub = AgentGrpc.newBlockingStub(channel);
        assertThatThrownBy(() -> stub.describe(DescribeRequest.getDefaultInstance()))
            .isInstanceOf(StatusRuntimeException.class)
            .hasMessageStartingWith("UNAUTHENTICATED");
        assertThatThrownBy(() -> stub.visit(VisitJob.getDefaultInstance()).hasNext())
            .hasMessageStartingWith("UNAUTHENTICATED");
      } finally {
        channel.shutdownNow();
      }
    }
  }

  @Test
  void tooLargeAMessageIsRefusedByTheAgentAsWell() {
    try (TestAgent agent = new TestAgent(folder)) {
      ManagedChannel channel = AgentConnection.channel(agent.address());
      try {
        AgentGrpc.AgentBlockingStub stub =
            AgentGrpc.newBlockingStub(channel)
                .withInterceptors(
                    MetadataUtils.newAttachHeadersInterceptor(
                        Access.of(read(agent.server.token()), TestAgent.VERSION)));
        VisitJob large =
            VisitJob.newBuilder().addKeys("x".repeat(AgentService.MOST_MESSAGE_BYTES)).build();
        assertThatThrownBy(() -> stub.visit(large).hasNext())
            .isInstanceOf(StatusRuntimeException.class);
        assertThat(agent.site.visited).isEmpty();
      } finally {
        channel.shutdownNow();
      }
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aTokenThatIsNotThereOrNoneIsToldBeforeAnyCall() throws IOException {
    Path nothing = folder.resolve("nothing");
    refused(new AgentAddress("127.0.0.1", 1, nothing, Optional.empty()), "cannot be read");
    Path wrong = Files.writeString(folder.resolve("wrong"), "secret");
    refused(
        new AgentAddress("127.0.0.1", 1, wrong, Optional.empty()),
        "holds no token of an agent, which is 64 hexadecimal digits");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void theTokenIsMadeOnceAndOnlyItsOwnerMayReadIt() throws IOException {
    Path place = folder.resolve("deep/agent");
    String first;
    try (TestAgent agent = new TestAgent(place)) {
      first = Files.readString(agent.server.token());
      assertThat(first).matches("[0-9a-f]{64}\n");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(agent.server.token())))
          .isEqualTo("rw-------");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(place)))
          .isEqualTo("rwx------");
    }
    try (TestAgent agent = new TestAgent(place)) {
      assertThat(Files.readString(agent.server.token())).isEqualTo(first);
    }
    Files.setPosixFilePermissions(
        place.resolve("token"), PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(() -> new TestAgent(place))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("has the permissions rw-r--r--; nobody but its owner may read it");
  }

  @Test
  void anAgentOfAnotherVersionIsRefused() {
    try (TestAgent agent = new TestAgent(folder)) {
      assertThatThrownBy(() -> TestAgent.client(agent.address(), "2/1").fingerprint(PROFILE))
          .isInstanceOf(InvalidInputException.class)
          .hasMessage(
              "the agent at "
                  + agent.address().text()
                  + " measures otherwise: it is of version 1/1 and was asked by version 2/1; both"
                  + " must be the same. Install one version of this program on both machines.");
    }
  }

  @Test
  void anAgentThatIsNotThereIsTold() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    Path token = Files.writeString(folder.resolve("token"), "0".repeat(64));
    refused(
        new AgentAddress("127.0.0.1", port, token, Optional.empty()),
        "no agent answers at 127.0.0.1:" + port + " (Connection refused");
    refused(
        new AgentAddress("no-such-host.invalid", port, token, Optional.empty()),
        "no agent answers at no-such-host.invalid:" + port + " (");
  }

  @Test
  void somethingElseThatAnswersIsTold() throws Exception {
    Path token = Files.writeString(folder.resolve("token"), "0".repeat(64));
    try (ServerSocket other = new ServerSocket(0)) {
      Thread server =
          new Thread(
              () -> {
                try (Socket socket = other.accept()) {
                  socket
                      .getOutputStream()
                      .write("SSH-2.0-OpenSSH_9.2\r\n".getBytes(StandardCharsets.UTF_8));
                  socket.getInputStream().read();
                } catch (IOException e) {
                  // the other side has gone
                }
              });
      server.start();
      refused(
          new AgentAddress("127.0.0.1", other.getLocalPort(), token, Optional.empty()),
          "127.0.0.1:" + other.getLocalPort());
      server.join();
    }
  }

  @Test
  void itListensOnThisMachineOnly() {
    try (TestAgent agent = new TestAgent(folder)) {
      assertThat(agent.server.address()).isEqualTo("127.0.0.1:" + agent.server.port());
    }
  }

  @Test
  void aPortThatIsInUseIsTold() {
    try (TestAgent agent = new TestAgent(folder.resolve("1"))) {
      int port = agent.server.port();
      started(
          TestAgent.settings(folder.resolve("2"), port),
          "the agent cannot listen on 127.0.0.1:" + port);
      started(TestAgent.settings(folder.resolve("1"), 0), "another agent uses the folder");
    }
    started(TestAgent.settings(folder.resolve("1"), 70_000), "--port is 70000; it must be");
    started(
        new AgentSettings(
            "no-such-host.invalid", 0, folder.resolve("1"), false, Duration.ofMinutes(1), 1),
        "--bind is 'no-such-host.invalid'");
  }

  private static void started(AgentSettings settings, String why) {
    assertThatThrownBy(() -> new TestAgent(settings, new FakeSite(), AgentServer.GRACE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(why)
        .hasMessageNotContaining("\n");
  }

  @Test
  void tlsWithThePinnedKey() throws IOException {
    Path first = folder.resolve("first");
    AgentSettings tls =
        new AgentSettings(AgentSettings.LOCALHOST, 0, first, true, Duration.ofMinutes(1), 1000);
    String pin;
    try (TestAgent agent = new TestAgent(tls, new FakeSite(), AgentServer.GRACE)) {
      pin = agent.server.pin().orElseThrow();
      if (!System.getProperty("os.name").startsWith("Windows")) {
        assertThat(
                PosixFilePermissions.toString(
                    Files.getPosixFilePermissions(first.resolve("key.p12"))))
            .isEqualTo("rw-------");
      }
      assertThat(agent.client().fingerprint(PROFILE).facts()).isEqualTo(FakeSite.FACTS);
      AgentAddress address = agent.address();
      String other = "ab".repeat(32);
      refused(
          new AgentAddress("127.0.0.1", address.port(), address.token(), Optional.of(other)),
          "is not the one of the device profile: it shows the key sha256:"
              + pin
              + ", and 'pin' says sha256:"
              + other);
      refused(
          new AgentAddress("127.0.0.1", address.port(), address.token(), Optional.empty()),
          "if it was started with --tls, add its 'pin'");
    }
    try (TestAgent agent = new TestAgent(tls, new FakeSite(), AgentServer.GRACE)) {
      assertThat(agent.server.pin()).as("the key is kept").contains(pin);
    }
    try (TestAgent plain = new TestAgent(folder.resolve("plain"))) {
      refused(
          new AgentAddress(
              "127.0.0.1", plain.server.port(), plain.server.token(), Optional.of(pin)),
          "does not talk TLS, which 'pin' asks for");
    }
  }

  private static void refused(AgentAddress address, String why) {
    assertThatThrownBy(() -> TestAgent.client(address).fingerprint(PROFILE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(why)
        .hasMessageNotContaining("\n");
  }
}
