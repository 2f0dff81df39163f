package org.proxyless.devices.agent;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.proxyless.base.InvalidInputException;
import org.proxyless.benchmarks.machine.MachineState;
import org.proxyless.benchmarks.process.MeasuringFailedException;
import org.proxyless.benchmarks.process.MeasuringProgress;
import org.proxyless.benchmarks.sites.MeasuringSite;
import org.proxyless.benchmarks.sites.NetworkMeasuring;
import org.proxyless.benchmarks.sites.Visit;
import org.proxyless.benchmarks.sites.VisitMeasuring;
import org.proxyless.devices.AgentAddress;
import org.proxyless.devices.DeviceProfile;
import org.proxyless.devices.DeviceRuntimes;
import org.proxyless.devices.agent.proto.DescribeRequest;
import org.proxyless.devices.agent.proto.Description;
import org.proxyless.devices.agent.proto.DeviceUse;
import org.proxyless.devices.agent.proto.FileJob;
import org.proxyless.devices.agent.proto.FilePart;
import org.proxyless.devices.agent.proto.Graph;
import org.proxyless.devices.agent.proto.ImageShape;
import org.proxyless.devices.agent.proto.JobEvent;
import org.proxyless.devices.agent.proto.NetworkJob;
import org.proxyless.devices.agent.proto.TimingSetup;
import org.proxyless.devices.agent.proto.VisitJob;
import org.proxyless.devices.agent.proto.VisitResult;
import org.proxyless.latency.Fingerprint;
import org.proxyless.network.Network;

/** The machine of an agent. */
final class AgentSite implements MeasuringSite {
  /** A slow board loads TensorFlow before it answers. */
  private static final long ANSWER_SECONDS = 90;

  private static final int PART_BYTES = 256 << 10;

  /** How often a job is begun that the agent forgets before it has a result. */
  private static final int MOST_BEGINNINGS = 5;

  private static final MeasuringProgress NOBODY = (done, total, current) -> {};

  private final AgentConnection connection;

  AgentSite(AgentConnection connection) {
    this.connection = connection;
  }

  static AgentSite at(AgentAddress agent) {
    return new AgentSite(AgentConnection.to(agent));
  }

  @Override
  public Fingerprint fingerprint(DeviceProfile profile) {
    return Fingerprint.of(describe(profile, NOBODY).getFingerprintMap());
  }

  @Override
  public MachineState state(DeviceProfile profile) {
    Description description = describe(profile, NOBODY);
    return new MachineState(
        description.hasProcessorMegahertz()
            ? OptionalDouble.of(description.getProcessorMegahertz())
            : OptionalDouble.empty(),
        description.hasTemperatureCelsius()
            ? OptionalDouble.of(description.getTemperatureCelsius())
            : OptionalDouble.empty(),
        description.hasGovernor() ? Optional.of(description.getGovernor()) : Optional.empty());
  }

  /** Asks before every job, so that a mistake shows at once. */
  private Description describe(DeviceProfile profile, MeasuringProgress progress) {
    return connection.introduced(
        stub ->
            stub.withDeadlineAfter(ANSWER_SECONDS, TimeUnit.SECONDS)
                .describe(DescribeRequest.newBuilder().setProfile(use(profile)).build()),
        progress);
  }

  @Override
  public VisitMeasuring.Answer visit(
      VisitMeasuring.Request request, MeasuringProgress progress, Consumer<Visit.Measured> parts) {
    DeviceProfile profile = request.subject().profile();
    VisitJob job = visits(request);
    requireSmall(job, describe(profile, progress));
    Optional<JobEvent> last =
        followed(
            (stub, name) -> stub.visit(job.toBuilder().setJob(name).build()),
            progress,
            visit -> parts.accept(Events.measured(visit)));
    // The rest of what was forgotten is asked for again, as of a process that grew too large.
    return new VisitMeasuring.Answer(
        last.map(done -> done.getVisitsDone().getFingerprintMap())
            .orElseGet(() -> describe(profile, progress).getFingerprintMap()));
  }

  @Override
  public NetworkMeasuring.Answer time(
      Path model, NetworkMeasuring.Setup setup, MeasuringProgress progress) {
    byte[] content = DeviceRuntimes.of(setup.profile()).content(model);
    long mostBytes = describe(setup.profile(), progress).getMostFileBytes();
    if (content.length > mostBytes) {
      throw new InvalidInputException(
          model
              + " has "
              + content.length
              + " bytes; the agent at "
              + connection.agent().text()
              + " takes files of at most "
              + mostBytes
              + ". Start it with a larger --file-limit.");
    }
    FileJob job =
        FileJob.newBuilder()
            .setSetup(timing(setup))
            .setSizeBytes(content.length)
            .setSha256(SentFiles.sha256(content))
            .build();
    return timed(
        (stub, name) -> {
          put(name, content, progress);
          return stub.timeFile(job.toBuilder().setJob(name).build());
        },
        progress);
  }

  private void put(String name, byte[] content, MeasuringProgress progress) {
    for (int at = 0; at < content.length; at += PART_BYTES) {
      FilePart part =
          FilePart.newBuilder()
              .setJob(name)
              .setOffsetBytes(at)
              .setContent(
                  ByteString.copyFrom(content, at, Math.min(PART_BYTES, content.length - at)))
              .build();
      connection.persist((stub, heard) -> stub.putFile(part), progress);
    }
  }

  @Override
  public NetworkMeasuring.Answer time(
      Network network, long seed, NetworkMeasuring.Setup setup, MeasuringProgress progress) {
    NetworkJob job =
        NetworkJob.newBuilder()
            .setSetup(timing(setup))
            .setNetwork(graph(network.keys()))
            .setSeed(seed)
            .build();
    requireSmall(job, describe(setup.profile(), progress));
    return timed((stub, name) -> stub.timeNetwork(job.toBuilder().setJob(name).build()), progress);
  }

  private NetworkMeasuring.Answer timed(FollowedJob.Start start, MeasuringProgress progress) {
    return followed(start, progress, visit -> {})
        .map(last -> Events.answer(last.getNetwork()))
        .orElseThrow();
  }

  /** Empty if the agent has forgotten the job when it had results. */
  private Optional<JobEvent> followed(
      FollowedJob.Start start, MeasuringProgress progress, Consumer<VisitResult> visits) {
    for (int beginning = 0; beginning < MOST_BEGINNINGS; beginning++) {
      FollowedJob job = new FollowedJob(connection, start, progress, visits);
      Optional<JobEvent> last = job.follow();
      if (last.isPresent() || job.hasVisits()) {
        return last;
      }
    }
    throw new MeasuringFailedException(
        "the agent at "
            + connection.agent().text()
            + " was started anew again and again before it had measured anything");
  }

  private void requireSmall(Message request, Description description) {
    if (request.getSerializedSize() > description.getMostMessageBytes()) {
      throw new InvalidInputException(
          "what the agent at "
              + connection.agent().text()
              + " is asked has "
              + request.getSerializedSize()
              + " bytes; it takes at most "
              + description.getMostMessageBytes()
              + ". Measure a smaller space, or fewer networks at a time.");
    }
  }

  private static VisitJob visits(VisitMeasuring.Request request) {
    VisitMeasuring.Subject subject = request.subject();
    return VisitJob.newBuilder()
        .setProfile(use(subject.profile()))
        .setImage(
            ImageShape.newBuilder()
                .setHeight(subject.image().height())
                .setWidth(subject.image().width())
                .setChannels(subject.image().channels()))
        .setClasses(subject.classes())
        .addAllContext(subject.context())
        .addAllNetworks(subject.networks().stream().map(AgentSite::graph).toList())
        .setBlocks(subject.blocks())
        .setBlockMillis(subject.blockMillis())
        .addAllKeys(request.keys())
        .build();
  }

  private static TimingSetup timing(NetworkMeasuring.Setup setup) {
    return TimingSetup.newBuilder()
        .setProfile(use(setup.profile()))
        .addAllReference(setup.reference())
        .setBlocks(setup.blocks())
        .setBlockMillis(setup.blockMillis())
        .build();
  }

  private static Graph graph(List<String> operators) {
    return Graph.newBuilder().addAllOperators(operators).build();
  }

  private static DeviceUse use(DeviceProfile profile) {
    return DeviceUse.newBuilder()
        .setKind(lower(profile.kind()))
        .setRuntime(lower(profile.runtime()))
        .setThreads(profile.threads())
        .setBatch(profile.batch())
        .setPrecision(lower(profile.precision()))
        .build();
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
