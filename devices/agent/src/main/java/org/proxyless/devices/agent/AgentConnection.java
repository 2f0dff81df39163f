package org.proxyless.devices.agent;

import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.proxyless.base.InvalidInputException;
import org.proxyless.benchmarks.process.MeasuringFailedException;
import org.proxyless.benchmarks.process.MeasuringProgress;
import org.proxyless.benchmarks.process.Pause;
import org.proxyless.devices.AgentAddress;
import org.proxyless.devices.agent.proto.AgentGrpc;
import org.proxyless.devices.agent.proto.AgentGrpc.AgentBlockingStub;

/** Calls of an agent, each over a connection of its own, which is closed behind it. */
final class AgentConnection {
  /** How long to try to get a lost connection back. */
  static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(8);

  /** After so long without an answer a connection is lost. */
  private static final long SILENCE_SECONDS = 10;

  private static final int MOST_MESSAGE_BYTES = 16 << 20;
  private static final String TOKEN_FORM = "[0-9a-f]{64}";

  /** Those that have answered since this program began: they are missed when they are away. */
  private static final Set<AgentAddress> KNOWN = ConcurrentHashMap.newKeySet();

  private final AgentAddress agent;
  private final String version;
  private final Supplier<ManagedChannel> channels;
  private final Pause pause;
  private final Duration patience;

  AgentConnection(
      AgentAddress agent,
      String version,
      Supplier<ManagedChannel> channels,
      Pause pause,
      Duration patience) {
    this.agent = agent;
    this.version = version;
    this.channels = channels;
    this.pause = pause;
    this.patience = patience;
  }

  /** One with an agent of this program's version. */
  static AgentConnection to(AgentAddress agent) {
    return new AgentConnection(
        agent, AgentVersion.text(), () -> channel(agent), Pause.SLEEP, PATIENCE);
  }

  /** A connection that is made when it is used. */
  static ManagedChannel channel(AgentAddress agent) {
    ChannelCredentials credentials =
        agent
            .pin()
            .map(pin -> TlsChannelCredentials.newBuilder().trustManager(new PinnedKey(pin)).build())
            .orElseGet(InsecureChannelCredentials::create);
    return NettyChannelBuilder.forAddress(agent.host(), agent.port(), credentials)
        .maxInboundMessageSize(MOST_MESSAGE_BYTES)
        .keepAliveTime(SILENCE_SECONDS, TimeUnit.SECONDS)
        .keepAliveTimeout(SILENCE_SECONDS, TimeUnit.SECONDS)
        .build();
  }

  /** Something that may have to be done again when the connection is lost in the middle of it. */
  @FunctionalInterface
  interface Call<T> {
    /**
     * Does it, or what is left of it.
     *
     * @param heard to be run whenever the agent said something
     */
    T on(AgentBlockingStub stub, Runnable heard);
  }

  AgentAddress agent() {
    return agent;
  }

  /**
   * Calls once.
   *
   * @throws InvalidInputException if nobody answers, or the agent refuses
   * @throws MeasuringFailedException if the agent fails
   */
  <T> T once(Function<AgentBlockingStub, T> call) {
    try {
      return connected(call);
    } catch (StatusRuntimeException e) {
      throw failure(e);
    }
  }

  /**
   * Calls once if the agent never answered before, else again and again while the connection is
   * lost.
   *
   * @throws InvalidInputException if nobody answers, or the agent refuses
   * @throws MeasuringFailedException if the agent fails, or stays away
   */
  <T> T introduced(Function<AgentBlockingStub, T> call, MeasuringProgress progress) {
    if (KNOWN.contains(agent)) {
      return persist((stub, heard) -> call.apply(stub), progress);
    }
    T answer = once(call);
    KNOWN.add(agent);
    return answer;
  }

  /**
   * Calls again and again while the connection is lost.
   *
   * @throws UnknownJobException if the agent has forgotten the job
   * @throws InvalidInputException if the agent refuses
   * @throws MeasuringFailedException if the agent fails, or stays away
   */
  <T> T persist(Call<T> call, MeasuringProgress progress) {
    Lost lost = new Lost();
    while (true) {
      try {
        return connected(stub -> call.on(stub, lost::regained));
      } catch (StatusRuntimeException e) {
        if (!isLost(e.getStatus().getCode())) {
          throw failure(e);
        }
        lost.await(e, progress);
      }
    }
  }

  /** An agent that ends cancels what it does. */
  private static boolean isLost(Status.Code code) {
    return code == Status.Code.UNAVAILABLE
        || (code == Status.Code.CANCELLED && !Thread.currentThread().isInterrupted());
  }

  private RuntimeException failure(StatusRuntimeException e) {
    return e.getStatus().getCode() == Status.Code.NOT_FOUND
        ? new UnknownJobException(e)
        : AgentFailures.of(e, agent);
  }

  private <T> T connected(Function<AgentBlockingStub, T> call) {
    String token = token();
    ManagedChannel channel = channels.get();
    try {
      return call.apply(
          AgentGrpc.newBlockingStub(channel)
              .withInterceptors(
                  MetadataUtils.newAttachHeadersInterceptor(Access.of(token, version))));
    } finally {
      channel.shutdownNow();
    }
  }

  private String token() {
    String token;
    try {
      token = Files.readString(agent.token()).strip();
    } catch (IOException e) {
      throw new InvalidInputException(
          "the token of the agent at "
              + agent.text()
              + " cannot be read ("
              + e
              + "). Copy the file 'token' from the agent's folder to where the device profile says.",
          e);
    }
    if (!token.matches(TOKEN_FORM)) {
      throw new InvalidInputException(
          "the file "
              + agent.token()
              + " holds no token of an agent, which is 64 hexadecimal digits. Copy the file 'token'"
              + " from the agent's folder.");
    }
    return token;
  }

  /** A connection that was lost, until it is regained. */
  private final class Lost {
    private long sinceNanos;
    private boolean lost;
    private Duration before = FIRST_PAUSE;

    void regained() {
      lost = false;
      before = FIRST_PAUSE;
    }

    void await(StatusRuntimeException why, MeasuringProgress progress) {
      String reason = AgentFailures.reason(why);
      if (!lost) {
        lost = true;
        sinceNanos = System.nanoTime();
        progress.note(
            "The connection to the agent at "
                + agent.text()
                + " was lost ("
                + reason
                + "): trying for up to "
                + patience.toSeconds()
                + " s");
      }
      if (System.nanoTime() - sinceNanos + before.toNanos() > patience.toNanos()) {
        throw new MeasuringFailedException(
            "the connection to the agent at "
                + agent.text()
                + " was lost and did not come back within "
                + patience.toSeconds()
                + " s ("
                + reason
                + "). Look after it, and give the same command again: what was measured is kept",
            why);
      }
      pause.of(before);
      Duration doubled = before.multipliedBy(2);
      before = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }
  }
}
