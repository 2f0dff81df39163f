package org.proxyless.devices.agent;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.proxyless.base.InvalidInputException;
import org.proxyless.benchmarks.process.MeasuringFailedException;
import org.proxyless.devices.AgentAddress;

/** What it means to the user that a call of an agent failed, in one line. */
final class AgentFailures {
  /** How Netty begins what the system says. */
  private static final String SYSTEM_CALL = "^\\w+\\(\\.\\.\\) failed: ";

  private AgentFailures() {}

  /**
   * The user's mistake, or ours.
   *
   * @param failure of a call for which a connection was made anew
   */
  static RuntimeException of(StatusRuntimeException failure, AgentAddress agent) {
    Status status = failure.getStatus();
    String who = "the agent at " + agent.text();
    String said = String.valueOf(status.getDescription());
    return switch (status.getCode()) {
      case UNAUTHENTICATED ->
          mistake(
              who
                  + " does not take the token in "
                  + agent.token()
                  + ": it must be that of the file 'token' in the agent's folder. Copy that file"
                  + " again.",
              failure);
      case FAILED_PRECONDITION ->
          mistake(
              who
                  + " measures otherwise: "
                  + said
                  + "; both must be the same. Install one version of this program on both machines.",
              failure);
      case ABORTED ->
          mistake(
              who
                  + " is busy: "
                  + said
                  + ", and takes one job at a time. Try again when that has ended.",
              failure);
      case RESOURCE_EXHAUSTED ->
          mistake(who + " refuses what is too large: " + said + ". Ask for less.", failure);
      case DEADLINE_EXCEEDED ->
          mistake(
              who
                  + " took too long: "
                  + said
                  + ". Ask for less, or start it with a longer --job-limit.",
              failure);
      case INVALID_ARGUMENT -> mistake(who + " refuses: " + said, failure);
      case UNAVAILABLE -> mistake(unreachable(failure, agent), failure);
      case UNIMPLEMENTED, UNKNOWN -> noAgent(failure, agent);
      case CANCELLED -> new MeasuringFailedException("the measurement was interrupted", failure);
      default ->
          // What an agent says has no cause here.
          failure.getCause() == null
              ? new MeasuringFailedException(who + " failed: " + said, failure)
              : noAgent(failure, agent);
    };
  }

  private static InvalidInputException noAgent(StatusRuntimeException failure, AgentAddress agent) {
    return mistake(
        "what answers at "
            + agent.text()
            + " is no agent of this program ("
            + failure.getStatus().getDescription()
            + "). Correct 'agent' in the device profile.",
        failure);
  }

  private static String unreachable(StatusRuntimeException failure, AgentAddress agent) {
    Throwable first = failure;
    Optional<String> otherKey = Optional.empty();
    boolean tls = false;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      tls |= cause instanceof SSLException;
      first = cause;
      if (cause instanceof PinnedKey.OtherKeyException) {
        otherKey = Optional.ofNullable(cause.getMessage());
      }
    }
    if (otherKey.isPresent()) {
      return "the agent at "
          + agent.text()
          + " is not the one of the device profile: "
          + otherKey.get()
          + ", and 'pin' says sha256:"
          + agent.pin().orElse("")
          + ". Take the pin that the agent says at its start, if it is yours.";
    }
    if (tls) {
      return "what answers at "
          + agent.text()
          + " does not talk TLS, which 'pin' asks for ("
          + reason(first)
          + "). Start the agent with --tls, or leave 'pin' out.";
    }
    return "no agent answers at "
        + agent.text()
        + " ("
        + reason(first)
        + "). Start one there with 'proxyless agent', open the tunnel, or correct 'agent' in the device"
        + " profile"
        + (agent.pin().isPresent() ? "." : "; if it was started with --tls, add its 'pin'.");
  }

  /** Why a connection failed, without what only programmers understand. */
  static String reason(Throwable first) {
    String message =
        first instanceof StatusRuntimeException failure
            ? failure.getStatus().getDescription()
            : first.getMessage();
    return message == null
        ? first.getClass().getSimpleName()
        : message.lines().findFirst().orElse("").replaceFirst(SYSTEM_CALL, "");
  }

  private static InvalidInputException mistake(String line, Throwable cause) {
    return new InvalidInputException(line, cause);
  }
}
