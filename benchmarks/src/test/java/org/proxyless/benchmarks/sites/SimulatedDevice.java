package org.proxyless.benchmarks.sites;

import com.fasterxml.jackson.databind.node.NullNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.proxyless.benchmarks.jmh.Blocks;
import org.proxyless.benchmarks.process.MeasuringProgress;
import org.proxyless.benchmarks.tables.Visitor;
import org.proxyless.devices.MachineFingerprint;

/**
 * A device whose latencies are known: each is what was said, times what the machine takes at that
 * visit, times a little noise. The reference beside it moves with the machine.
 */
public final class SimulatedDevice implements Visitor {
  public static final double REFERENCE_NANOS = 1e5;

  /** How the machine is during a visit. */
  public record Moment(double slower, double otherProcessors) {
    public static final Moment CALM = new Moment(1, 0);
  }

  /** How it is at which visit. */
  @FunctionalInterface
  public interface Weather {
    Moment at(int visit, String key);
  }

  private final Map<String, Double> millis;
  private final Weather weather;
  private final double noise;
  private final int visitsOfAProcess;
  private final Random random = new Random(5);
  private final Map<String, Integer> visits = new HashMap<>();
  private int all;
  private int processes;

  public SimulatedDevice(Map<String, Double> millis, Weather weather, double noise) {
    this(millis, weather, noise, Integer.MAX_VALUE);
  }

  /**
   * @param visitsOfAProcess after which it has grown too large
   */
  public SimulatedDevice(
      Map<String, Double> millis, Weather weather, double noise, int visitsOfAProcess) {
    this.millis = new HashMap<>(millis);
    this.weather = weather;
    this.noise = noise;
    this.visitsOfAProcess = visitsOfAProcess;
  }

  public int visitsOf(String key) {
    return visits.getOrDefault(key, 0);
  }

  public int processes() {
    return processes;
  }

  @Override
  public VisitMeasuring.Answer visit(
      VisitMeasuring.Request request, MeasuringProgress progress, Consumer<Visit.Measured> parts) {
    processes++;
    List<String> keys = request.keys();
    for (String key : keys.subList(0, Math.min(keys.size(), visitsOfAProcess))) {
      parts.accept(measured(key, request.subject().blocks()));
    }
    return new VisitMeasuring.Answer(MachineFingerprint.of(request.subject().profile()).facts());
  }

  private Visit.Measured measured(String key, int count) {
    visits.merge(key, 1, Integer::sum);
    Moment moment = weather.at(all++, key);
    List<Visit.Block> blocks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double nanos = millis.get(key) * Blocks.NANOS_A_MILLI * moment.slower();
      blocks.add(
          new Visit.Block(
              nanos * (1 + noise * random.nextGaussian()), REFERENCE_NANOS * moment.slower()));
    }
    return new Visit.Measured(key, blocks, NullNode.getInstance(), moment.otherProcessors());
  }
}
