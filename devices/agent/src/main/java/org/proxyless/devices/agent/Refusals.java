package org.proxyless.devices.agent;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import org.proxyless.base.InvalidInputException;
import org.proxyless.benchmarks.process.MeasuringFailedException;

/** How an agent says no: one status for each reason, which {@link AgentFailures} understands. */
final class Refusals {
  private static final int MOST_CHARACTERS = 1000;

  private Refusals() {}

  /** Another job is running. */
  static StatusRuntimeException busy(String with) {
    return refused(Status.ABORTED, "it is measuring " + with);
  }

  /** There is no such job, or no longer. */
  static StatusRuntimeException unknownJob() {
    return refused(Status.NOT_FOUND, "there is no such job");
  }

  /** More than is taken. */
  static StatusRuntimeException tooLarge(String what) {
    return refused(Status.RESOURCE_EXHAUSTED, what);
  }

  /** The job was stopped since it took too long. */
  static StatusRuntimeException tooLong(Duration limit) {
    return refused(
        Status.DEADLINE_EXCEEDED,
        "a job may take " + limit.toSeconds() + " s, and this took longer");
  }

  /** Why a job, or a call, did not come about. */
  static StatusRuntimeException of(Throwable cause) {
    if (cause instanceof StatusRuntimeException refused) {
      return refused;
    }
    if (cause instanceof InvalidInputException) {
      return refused(Status.INVALID_ARGUMENT, String.valueOf(cause.getMessage()));
    }
    if (cause instanceof MeasuringFailedException) {
      return refused(Status.INTERNAL, String.valueOf(cause.getMessage()));
    }
    return refused(Status.INTERNAL, "a defect of the agent: " + cause);
  }

  private static StatusRuntimeException refused(Status status, String description) {
    String line = String.join(" ", description.lines().map(String::strip).toList());
    return status
        .withDescription(line.substring(0, Math.min(MOST_CHARACTERS, line.length())))
        .asRuntimeException();
  }
}
