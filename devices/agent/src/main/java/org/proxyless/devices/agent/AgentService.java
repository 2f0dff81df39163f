package org.proxyless.devices.agent;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.proxyless.benchmarks.machine.MachineState;
import org.proxyless.benchmarks.sites.MeasuringSite;
import org.proxyless.benchmarks.sites.NetworkMeasuring;
import org.proxyless.benchmarks.sites.VisitMeasuring;
import org.proxyless.devices.DeviceProfile;
import org.proxyless.devices.agent.proto.AgentGrpc;
import org.proxyless.devices.agent.proto.AttachRequest;
import org.proxyless.devices.agent.proto.DescribeRequest;
import org.proxyless.devices.agent.proto.Description;
import org.proxyless.devices.agent.proto.FileJob;
import org.proxyless.devices.agent.proto.FilePart;
import org.proxyless.devices.agent.proto.JobEvent;
import org.proxyless.devices.agent.proto.NetworkJob;
import org.proxyless.devices.agent.proto.PutAnswer;
import org.proxyless.devices.agent.proto.StopAnswer;
import org.proxyless.devices.agent.proto.StopRequest;
import org.proxyless.devices.agent.proto.VisitJob;
import org.proxyless.network.Network;

/** What an agent does when it is asked, once it is known who asks. */
final class AgentService extends AgentGrpc.AgentImplBase {
  /** A message with ten thousand keys of operators is smaller. */
  static final int MOST_MESSAGE_BYTES = 4 << 20;

  private final MeasuringSite site;
  private final Jobs jobs;
  private final SentFiles files;
  private final Path folder;
  private final long fileLimitBytes;

  /**
   * @param site where it is measured
   * @param folder for what is written meanwhile
   * @param fileLimitBytes how large a finished file may be
   */
  AgentService(MeasuringSite site, Jobs jobs, Path folder, long fileLimitBytes) {
    this.site = site;
    this.jobs = jobs;
    this.files = new SentFiles(folder, fileLimitBytes);
    this.folder = folder;
    this.fileLimitBytes = fileLimitBytes;
  }

  @Override
  public void describe(DescribeRequest request, StreamObserver<Description> answers) {
    answer(
        answers,
        () -> {
          DeviceProfile profile = Requests.profile(request.getProfile());
          MachineState state = site.state(profile);
          Description.Builder description =
              Description.newBuilder()
                  .putAllFingerprint(site.fingerprint(profile).facts())
                  .setMostMessageBytes(MOST_MESSAGE_BYTES)
                  .setMostFileBytes(fileLimitBytes);
          state.megahertz().ifPresent(description::setProcessorMegahertz);
          state.temperatureCelsius().ifPresent(description::setTemperatureCelsius);
          state.governor().ifPresent(description::setGovernor);
          return description.build();
        });
  }

  @Override
  public void putFile(FilePart part, StreamObserver<PutAnswer> answers) {
    answer(
        answers,
        () -> {
          jobs.requireFree();
          long sizeBytes =
              files.put(
                  Requests.job(part.getJob()),
                  part.getOffsetBytes(),
                  part.getContent().toByteArray());
          return PutAnswer.newBuilder().setSizeBytes(sizeBytes).build();
        });
  }

  @Override
  public void visit(VisitJob request, StreamObserver<JobEvent> events) {
    begin(
        events,
        () -> {
          VisitMeasuring.Request visits = Requests.visits(request, folder);
          return jobs.begin(
              Requests.job(request.getJob()),
              visits.keys().size() + " things",
              job -> Events.of(site.visit(visits, job, part -> job.tell(Events.of(part)))));
        });
  }

  @Override
  public void timeNetwork(NetworkJob request, StreamObserver<JobEvent> events) {
    begin(
        events,
        () -> {
          NetworkMeasuring.Setup setup = Requests.setup(request.getSetup());
          Network network = Requests.network(request.getNetwork());
          return jobs.begin(
              Requests.job(request.getJob()),
              "a network of " + network.operators().size() + " operators",
              job -> Events.of(site.time(network, request.getSeed(), setup, job)));
        });
  }

  @Override
  public void timeFile(FileJob request, StreamObserver<JobEvent> events) {
    begin(
        events,
        () -> {
          NetworkMeasuring.Setup setup = Requests.setup(request.getSetup());
          return jobs.begin(
              Requests.job(request.getJob()),
              "a file of " + request.getSizeBytes() + " bytes",
              job -> timed(request, setup, job));
        });
  }

  private JobEvent timed(FileJob request, NetworkMeasuring.Setup setup, Job job) {
    try {
      return Events.of(site.time(files.restored(request), setup, job));
    } finally {
      files.clear();
    }
  }

  @Override
  public void attach(AttachRequest request, StreamObserver<JobEvent> events) {
    try {
      listen(jobs.named(request.getJob()), events, request.getHeard());
    } catch (RuntimeException e) {
      events.onError(Refusals.of(e));
    }
  }

  @Override
  public void stop(StopRequest request, StreamObserver<StopAnswer> answers) {
    answer(
        answers,
        () -> {
          jobs.stop(request.getJob());
          return StopAnswer.getDefaultInstance();
        });
  }

  private static void begin(StreamObserver<JobEvent> events, Supplier<Job> job) {
    try {
      listen(job.get(), events, 0);
    } catch (RuntimeException e) {
      events.onError(Refusals.of(e));
    }
  }

  private static void listen(Job job, StreamObserver<JobEvent> events, int heard) {
    ((ServerCallStreamObserver<JobEvent>) events).setOnCancelHandler(() -> job.detach(events));
    job.attach(events, heard);
  }

  private static <A> void answer(StreamObserver<A> answers, Supplier<A> work) {
    A answer;
    try {
      answer = work.get();
    } catch (RuntimeException | LinkageError e) {
      answers.onError(Refusals.of(e));
      return;
    }
    answers.onNext(answer);
    answers.onCompleted();
  }
}
