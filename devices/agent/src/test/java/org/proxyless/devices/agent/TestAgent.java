package org.proxyless.devices.agent;

import io.grpc.ManagedChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.proxyless.benchmarks.process.MeasuringProgress;
import org.proxyless.benchmarks.process.Pause;
import org.proxyless.benchmarks.sites.AgentSettings;
import org.proxyless.benchmarks.sites.NetworkMeasuring;
import org.proxyless.benchmarks.sites.VisitMeasuring;
import org.proxyless.devices.AgentAddress;
import org.proxyless.devices.DeviceProfile;
import org.proxyless.network.Shape;

/** An agent on a port of this machine, with a machine that is not real. */
final class TestAgent implements AutoCloseable {
  static final String VERSION = "1/1";
  static final String CONV = "Conv(kernel=3) 8x8x3->8x8x16 s1";
  static final String NARROW = "Conv(kernel=1) 8x8x16->8x8x8 s1";
  static final String END = "Classifier() 8x8x8->1x1x10 s1";
  static final DeviceProfile PROFILE =
      new DeviceProfile(
          "board",
          DeviceProfile.Kind.CPU,
          DeviceProfile.Runtime.TENSORFLOW,
          1,
          1,
          DeviceProfile.Precision.FLOAT32);
  static final Duration PATIENCE = Duration.ofSeconds(4);

  final FakeSite site;
  final List<String> log = new CopyOnWriteArrayList<>();
  final AgentServer server;

  TestAgent(Path folder) {
    this(settings(folder, 0), new FakeSite(), AgentServer.GRACE);
  }

  TestAgent(AgentSettings settings, FakeSite site, Duration grace) {
    this.site = site;
    server = AgentServer.start(settings, work -> site, grace, VERSION, log::add);
  }

  static AgentSettings settings(Path folder, int port) {
    return new AgentSettings(
        AgentSettings.LOCALHOST, port, folder, false, Duration.ofMinutes(1), 1 << 20);
  }

  AgentAddress address() {
    return new AgentAddress("127.0.0.1", server.port(), server.token(), server.pin());
  }

  AgentSite client() {
    return client(address());
  }

  static AgentSite client(AgentAddress address) {
    return client(address, VERSION);
  }

  static AgentSite client(AgentAddress address, String version) {
    return new AgentSite(
        new AgentConnection(address, version, () -> channel(address), Pause.SLEEP, PATIENCE));
  }

  private static ManagedChannel channel(AgentAddress address) {
    return AgentConnection.channel(address);
  }

  AgentAddress through(int port) {
    return new AgentAddress("127.0.0.1", port, server.token(), Optional.empty());
  }

  static VisitMeasuring.Request visits(String... keys) {
    return new VisitMeasuring.Request(
        new VisitMeasuring.Subject(
            PROFILE,
            new Shape(8, 8, 3),
            10,
            List.of(CONV),
            List.of(List.of(CONV, NARROW, END)),
            5,
            10),
        List.of(keys),
        "/nowhere");
  }

  static NetworkMeasuring.Setup setup() {
    return new NetworkMeasuring.Setup(PROFILE, List.of(CONV), 3, 10);
  }

  static MeasuringProgress nobody() {
    return (done, total, current) -> {};
  }

  @Override
  public void close() {
    server.close();
  }
}
