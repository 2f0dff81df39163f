package org.proxyless.benchmarks.sites;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.proxyless.base.FileTree;
import org.proxyless.benchmarks.jmh.CallBenchmark;
import org.proxyless.benchmarks.jmh.DeviceBenchmark;
import org.proxyless.benchmarks.jmh.Messages;
import org.proxyless.benchmarks.jmh.NetworkBenchmark;
import org.proxyless.benchmarks.jmh.OperatorBenchmark;
import org.proxyless.benchmarks.machine.OtherWork;
import org.proxyless.benchmarks.machine.ProcessWork;
import org.proxyless.benchmarks.process.MeasuringChild;
import org.proxyless.benchmarks.process.ResidentMemory;
import org.proxyless.benchmarks.sites.Visit.Block;
import org.proxyless.benchmarks.tables.Campaign;
import org.proxyless.devices.DeviceProfile;
import org.proxyless.devices.DeviceRuntimes;
import org.proxyless.devices.MachineFingerprint;
import org.proxyless.latency.LatencyTable;
import org.proxyless.network.Network;
import org.proxyless.network.Shape;

/** The measuring process of a {@link Campaign}: measures one thing after another, as told. */
public final class VisitMeasuring {
  private static final ObjectMapper JSON = Messages.JSON;
  private static final int NETWORK_WARM_UP_MILLIS = 600;

  /** Of each process, however large it grows. */
  private static final int FEWEST_VISITS = 6;

  private static final OtherWork OTHERS = new ProcessWork();

  private final Request request;

  private VisitMeasuring(Request request) {
    this.request = request;
  }

  /**
   * What is asked for.
   *
   * @param subject what the keys stand for
   * @param keys what to measure, in this order
   * @param folder for networks while they are measured
   */
  public record Request(Subject subject, List<String> keys, String folder) {}

  /**
   * What can be measured.
   *
   * @param image the networks' input
   * @param classes the networks' output
   * @param context keys of the operators among which each operator is measured: the reference
   * @param networks what the keys {@code network 0}, {@code network 1}, … stand for: their keys
   * @param blocks how many blocks of calls a visit has
   * @param blockMillis their duration
   */
  public record Subject(
      DeviceProfile profile,
      Shape image,
      int classes,
      List<String> context,
      List<List<String>> networks,
      int blocks,
      int blockMillis) {
    private static final String NETWORK = "network ";

    /** How a network is told to the measuring process. */
    public static List<String> operators(Network network) {
      return network.keys();
    }

    /** The key that stands for the network at this index. */
    public static String networkKey(int index) {
      return NETWORK + index;
    }

    /** The keys of so many networks. */
    public static List<String> networkKeys(int networks) {
      return IntStream.range(0, networks).mapToObj(Subject::networkKey).toList();
    }

    /** Whether a key stands for a network. */
    public static boolean isNetwork(String key) {
      return key.startsWith(NETWORK);
    }

    /** The network that a key stands for. */
    Network network(String key) {
      return Network.ofKeys(key, networks.get(Integer.parseInt(key.substring(NETWORK.length()))));
    }
  }

  /**
   * Facts of the machine as this process found it. Of a process that grew too large not all keys
   * were measured: another one goes on.
   */
  public record Answer(Map<String, String> fingerprint) {}

  public static void main(String[] arguments) throws Exception {
    MeasuringChild.serve(
        Request.class, (request, parent) -> new VisitMeasuring(request).measure(parent));
  }

  private Answer measure(MeasuringChild parent) throws RunnerException, IOException {
    DeviceProfile profile = request.subject().profile();
    DeviceRuntimes.of(profile).require(profile); // before JMH, which would wrap its words
    List<String> keys = request.keys();
    for (int i = 0; i < keys.size() && (i < FEWEST_VISITS || !ResidentMemory.isLarge()); i++) {
      parent.measuring(i, keys.size(), keys.get(i));
      OtherWork.Watch watch = OTHERS.watch();
      Visit.Measured measured = measured(keys.get(i));
      parent.part(
          new Visit.Measured(
              measured.key(), measured.blocks(), measured.jmh(), watch.load().processors()));
    }
    return new Answer(MachineFingerprint.of(profile, System.getenv()).facts());
  }

  private Visit.Measured measured(String key) throws RunnerException, IOException {
    if (key.equals(LatencyTable.CALL)) {
      return call();
    }
    return Subject.isNetwork(key) ? network(key) : operator(key);
  }

  private Visit.Measured operator(String key) throws RunnerException, IOException {
    return blocks(
        key, jmh(OperatorBenchmark.class).param("operator", key), "operatorNanos", "withoutNanos");
  }

  private Visit.Measured call() throws RunnerException, IOException {
    Subject subject = request.subject();
    return calls(
        LatencyTable.CALL,
        jmh(CallBenchmark.class)
            .param("height", String.valueOf(subject.image().height()))
            .param("width", String.valueOf(subject.image().width()))
            .param("channels", String.valueOf(subject.image().channels()))
            .param("classes", String.valueOf(subject.classes())));
  }

  private Visit.Measured network(String key) throws RunnerException, IOException {
    Subject subject = request.subject();
    Path model = Path.of(request.folder()).resolve(key.replace(' ', '-'));
    try {
      UntrainedFile.write(subject.network(key), model, subject.profile(), UntrainedFile.SEED);
      return calls(
          key,
          jmh(NetworkBenchmark.class)
              .param("model", model.toString())
              .param("warmUpMillis", String.valueOf(NETWORK_WARM_UP_MILLIS)));
    } finally {
      FileTree.delete(model);
    }
  }

  private static Visit.Measured calls(String key, ChainedOptionsBuilder options)
      throws RunnerException, IOException {
    return blocks(key, options, "callNanos", "referenceNanos");
  }

  private static Visit.Measured blocks(
      String key, ChainedOptionsBuilder options, String nanos, String referenceNanos)
      throws RunnerException, IOException {
    RunResult result = MeasuringChild.run(options);
    List<Block> blocks =
        MeasuringChild.blocks(result).stream()
            .map(
                block ->
                    new Block(
                        MeasuringChild.counter(block, nanos),
                        MeasuringChild.counter(block, referenceNanos)))
            .toList();
    return new Visit.Measured(key, blocks, jmhJson(result));
  }

  private ChainedOptionsBuilder jmh(Class<? extends DeviceBenchmark> benchmark) {
    Subject subject = request.subject();
    return MeasuringChild.jmh(benchmark, subject.profile(), subject.context())
        .measurementIterations(subject.blocks())
        .param("blockMillis", String.valueOf(subject.blockMillis()));
  }

  private static JsonNode jmhJson(RunResult result) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      ResultFormatFactory.getInstance(ResultFormatType.JSON, stream).writeOut(List.of(result));
    }
    return JSON.readTree(bytes.toByteArray()).get(0);
  }
}
