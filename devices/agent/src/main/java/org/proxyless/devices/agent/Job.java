package org.proxyless.devices.agent;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.proxyless.benchmarks.process.MeasuringProgress;
import org.proxyless.devices.agent.proto.JobEvent;

/**
 * Something that is measured, and what came out so far. It goes on while the connection to who
 * asked for it is lost; once that one is back he hears what he has missed, so that nothing is
 * measured twice.
 */
final class Job implements MeasuringProgress {
  /** Measures, and tells the job what comes out. */
  @FunctionalInterface
  interface Work {
    /** Does it; the last event is a result. */
    JobEvent measure(Job job);
  }

  private final String name;
  private final String what;
  private final long startNanos = System.nanoTime();
  private final List<JobEvent> kept = new ArrayList<>();
  private @Nullable JobEvent step;
  private @Nullable StreamObserver<JobEvent> listener;
  private long aloneSinceNanos = startNanos;
  private @Nullable StatusRuntimeException failure;
  private boolean ended;

  /**
   * @param name chosen by who asks
   * @param what is measured, for messages
   */
  Job(String name, String what) {
    this.name = name;
    this.what = what;
  }

  String name() {
    return name;
  }

  String what() {
    return what;
  }

  /**
   * From now on someone listens, in place of who did before.
   *
   * @param heard how many events that are kept he knows
   */
  synchronized void attach(StreamObserver<JobEvent> newcomer, int heard) {
    if (heard < 0 || heard > kept.size()) {
      throw Refusals.unknownJob();
    }
    if (listener != null) {
      StreamObserver<JobEvent> before = listener;
      listener = null;
      before.onError(Status.ABORTED.withDescription("it is heard elsewhere").asRuntimeException());
    }
    listener = newcomer;
    kept.subList(heard, kept.size()).forEach(this::send);
    if (ended) {
      sendEnd();
    } else if (step != null) {
      send(step);
    }
  }

  /** The connection to a listener was lost. */
  synchronized void detach(StreamObserver<JobEvent> lost) {
    if (listener == lost) {
      listener = null;
      aloneSinceNanos = System.nanoTime();
    }
  }

  synchronized void tell(JobEvent event) {
    if (Events.isKept(event)) {
      kept.add(event);
    } else {
      step = event;
    }
    send(event);
  }

  private void send(JobEvent event) {
    if (listener != null) {
      listener.onNext(event);
    }
  }

  /**
   * Nothing comes any more.
   *
   * @param why empty if all went well
   */
  synchronized void end(Optional<StatusRuntimeException> why) {
    if (ended) {
      return;
    }
    ended = true;
    failure = why.orElse(null);
    sendEnd();
    notifyAll();
  }

  private void sendEnd() {
    if (listener == null) {
      return;
    }
    if (failure == null) {
      listener.onCompleted();
    } else {
      listener.onError(failure);
    }
    listener = null;
  }

  synchronized boolean ended() {
    return ended;
  }

  synchronized boolean hasListener() {
    return listener != null;
  }

  /** How long nobody has listened; zero if someone does. */
  synchronized Duration alone() {
    return listener != null ? Duration.ZERO : since(aloneSinceNanos);
  }

  /** How long it has been running. */
  Duration age() {
    return since(startNanos);
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }

  @Override
  public void measuring(int done, int total, String current) {
    tell(Events.of(done, total, current));
  }

  @Override
  public void note(String line) {
    tell(Events.note(line));
  }
}
