package org.proxyless.devices.agent;

import com.fasterxml.jackson.databind.node.NullNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.proxyless.benchmarks.machine.MachineState;
import org.proxyless.benchmarks.process.MeasuringFailedException;
import org.proxyless.benchmarks.process.MeasuringProgress;
import org.proxyless.benchmarks.sites.MeasuringSite;
import org.proxyless.benchmarks.sites.NetworkMeasurement;
import org.proxyless.benchmarks.sites.NetworkMeasuring;
import org.proxyless.benchmarks.sites.Visit;
import org.proxyless.benchmarks.sites.VisitMeasuring;
import org.proxyless.devices.DeviceProfile;
import org.proxyless.latency.Fingerprint;
import org.proxyless.network.Network;

/** A machine that says at once what it is told to say, and remembers what it was asked. */
final class FakeSite implements MeasuringSite {
  static final Map<String, String> FACTS = Map.of("processor", "abacus", "cores", "1");
  static final NetworkMeasuring.Answer ANSWER =
      new NetworkMeasuring.Answer(
          new NetworkMeasurement(2.5, 3.5, new NetworkMeasurement.Interval(2.25, 2.75), 1234),
          5e5,
          0.004);

  final List<String> visited = new CopyOnWriteArrayList<>();
  final List<Object> timed = new CopyOnWriteArrayList<>();
  final List<String> stopped = new CopyOnWriteArrayList<>();

  /** Runs before each visit. */
  volatile Consumer<String> before = key -> {};

  /** Runs when a file is timed. */
  volatile Consumer<Path> onFile = file -> {};

  @Override
  public Fingerprint fingerprint(DeviceProfile profile) {
    return Fingerprint.of(FACTS);
  }

  @Override
  public MachineState state(DeviceProfile profile) {
    return new MachineState(
        OptionalDouble.of(1400), OptionalDouble.of(51.5), Optional.of("performance"));
  }

  @Override
  public VisitMeasuring.Answer visit(
      VisitMeasuring.Request request, MeasuringProgress progress, Consumer<Visit.Measured> parts) {
    List<String> keys = request.keys();
    for (int i = 0; i < keys.size(); i++) {
      progress.measuring(i, keys.size(), keys.get(i));
      runBefore(keys.get(i));
      visited.add(keys.get(i));
      parts.accept(measured(keys.get(i), visited.size()));
    }
    return new VisitMeasuring.Answer(FACTS);
  }

  private void runBefore(String key) {
    try {
      before.accept(key);
    } catch (MeasuringFailedException e) {
      stopped.add(key);
      throw e;
    }
  }

  static Visit.Measured measured(String key, int number) {
    return new Visit.Measured(
        key, List.of(new Visit.Block(1000.0 * number, 7000)), NullNode.getInstance(), 0.125);
  }

  @Override
  public NetworkMeasuring.Answer time(
      Path model, NetworkMeasuring.Setup setup, MeasuringProgress progress) {
    onFile.accept(model);
    timed.add(model);
    return ANSWER;
  }

  @Override
  public NetworkMeasuring.Answer time(
      Network network, long seed, NetworkMeasuring.Setup setup, MeasuringProgress progress) {
    progress.note("a note");
    timed.add(network.keys());
    timed.add(seed);
    timed.add(setup);
    return ANSWER;
  }

  /** Waits like something that is measured, until it is interrupted. */
  static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new MeasuringFailedException("the measurement was interrupted", e);
    }
  }
}
