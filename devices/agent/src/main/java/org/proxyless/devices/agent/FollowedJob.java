package org.proxyless.devices.agent;

import io.grpc.Status;
import java.util.Iterator;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.proxyless.benchmarks.process.MeasuringProgress;
import org.proxyless.devices.agent.proto.AgentGrpc.AgentBlockingStub;
import org.proxyless.devices.agent.proto.AttachRequest;
import org.proxyless.devices.agent.proto.JobEvent;
import org.proxyless.devices.agent.proto.StopRequest;
import org.proxyless.devices.agent.proto.VisitResult;

/** A job of an agent, followed to its end over as many connections as it takes. */
final class FollowedJob {
  private static final int STOP_SECONDS = 5;

  private final String name = UUID.randomUUID().toString();
  private final AgentConnection connection;
  private final Start start;
  private final MeasuringProgress progress;
  private final Consumer<VisitResult> visits;
  private boolean begun;
  private int heard;
  private boolean visited;

  /**
   * @param start begins it
   * @param visits gets those that are made, each once
   */
  FollowedJob(
      AgentConnection connection,
      Start start,
      MeasuringProgress progress,
      Consumer<VisitResult> visits) {
    this.connection = connection;
    this.start = start;
    this.progress = progress;
    this.visits = visits;
  }

  /** Begins a job of this name, which is followed by what comes out. */
  @FunctionalInterface
  interface Start {
    Iterator<JobEvent> begin(AgentBlockingStub stub, String name);
  }

  /**
   * Follows it.
   *
   * @return the last event; empty if the agent has forgotten the job
   */
  Optional<JobEvent> follow() {
    boolean over = false;
    try {
      JobEvent last = connection.persist(this::events, progress);
      over = true;
      return Optional.of(last);
    } catch (UnknownJobException e) {
      over = true;
      return Optional.empty();
    } finally {
      if (!over && begun) {
        stop();
      }
    }
  }

  /** Whether a visit came. */
  boolean hasVisits() {
    return visited;
  }

  private JobEvent events(AgentBlockingStub stub, Runnable contact) {
    Iterator<JobEvent> events;
    if (begun) {
      events = stub.attach(AttachRequest.newBuilder().setJob(name).setHeard(heard).build());
    } else {
      begun = true; // perhaps, if the connection is lost now; the agent will know
      events = start.begin(stub, name);
    }
    while (events.hasNext()) {
      JobEvent event = events.next();
      contact.run();
      if (Events.isLast(event)) {
        heard++;
        return event;
      }
      hear(event);
    }
    throw Status.UNAVAILABLE.withDescription("the answer broke off").asRuntimeException();
  }

  private void hear(JobEvent event) {
    switch (event.getEventCase()) {
      case STEP ->
          progress.measuring(
              event.getStep().getDone(), event.getStep().getTotal(), event.getStep().getCurrent());
      case NOTE -> {
        heard++;
        progress.note(event.getNote());
      }
      case VISIT -> {
        heard++;
        visited = true;
        visits.accept(event.getVisit());
      }
      default -> throw new IllegalStateException("an agent of this version says " + event);
    }
  }

  /** So that the device does not go on for nobody; if that fails it ends by itself. */
  private void stop() {
    boolean interrupted = Thread.interrupted(); // or the call would not be made
    try {
      connection.once(
          stub ->
              stub.withDeadlineAfter(STOP_SECONDS, TimeUnit.SECONDS)
                  .stop(StopRequest.newBuilder().setJob(name).build()));
    } catch (RuntimeException e) {
      // What made it stop is being thrown, and says more.
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
