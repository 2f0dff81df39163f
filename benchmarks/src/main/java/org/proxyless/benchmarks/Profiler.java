package org.proxyless.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.util.Version;
import org.proxyless.devices.DeviceProfile;
import org.proxyless.latency.Fingerprint;
import org.proxyless.latency.InvalidInputException;
import org.proxyless.latency.LatencyTable;
import org.proxyless.latency.Operator;

/** Fills a latency table by measuring every operator on this machine. */
public final class Profiler {
  /** More neighbours are closer to a real network and take longer. */
  private static final int NEIGHBOURS = 8;

  private Profiler() {}

  /**
   * Measures in a process of its own, which ends with this call, however that ends.
   *
   * @param jmhJson where JMH's results go, to be kept beside the table
   * @throws InvalidInputException if this machine is not what the profile asks for, or another
   *     measurement goes on and on
   * @throws MeasuringFailedException if the measuring process dies, an operator drowns in noise, or
   *     this thread is interrupted
   */
  public static LatencyTable profile(ProfilingTask task, Path jmhJson, MeasuringProgress progress)
      throws IOException {
    List<String> context = neighbours(task.operators()).stream().map(Operator::key).toList();
    Path json = jmhJson.toAbsolutePath();
    Files.createDirectories(json.getParent());
    OperatorMeasuring.Request request =
        new OperatorMeasuring.Request(
            task.profile(),
            task.image(),
            task.classes(),
            task.operators().stream().map(Operator::key).toList(),
            context,
            task.quality(),
            json.toString());
    OperatorMeasuring.Answer answer =
        MeasuringProcess.run(
            OperatorMeasuring.class, request, OperatorMeasuring.Answer.class, progress);
    LatencyTable.Builder table =
        LatencyTable.builder(task.profile().name(), task.space())
            .fingerprint(Fingerprint.of(answer.fingerprint()))
            .settings(settings(task, context))
            .toolVersions(
                Map.of(
                    "jmh", Version.getPlainVersion(), "java", System.getProperty("java.version")))
            .created(Instant.now());
    answer.blockNanos().forEach((key, nanos) -> table.put(key, new Blocks(nanos).entry()));
    return table.build();
  }

  /** Some of the operators, evenly over the network's depth. */
  private static List<Operator> neighbours(List<Operator> operators) {
    int count = Math.min(NEIGHBOURS, operators.size());
    List<Operator> chosen = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      chosen.add(operators.get((2 * i + 1) * operators.size() / (2 * count)));
    }
    return chosen;
  }

  private static Map<String, String> settings(ProfilingTask task, List<String> context) {
    DeviceProfile profile = task.profile();
    return Map.of(
        "kind", lower(profile.kind()),
        "runtime", lower(profile.runtime()),
        "threads", String.valueOf(profile.threads()),
        "batch", String.valueOf(profile.batch()),
        "precision", lower(profile.precision()),
        "quality", lower(task.quality()),
        "neighbours", String.join(OperatorBenchmark.SEPARATOR + " ", context));
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
