package org.proxyless.devices.agent;

import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.ServerCredentials;
import io.grpc.ServerInterceptors;
import io.grpc.TlsServerCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.proxyless.base.InvalidInputException;
import org.proxyless.benchmarks.sites.AgentSettings;
import org.proxyless.benchmarks.sites.MeasuringSite;
import org.proxyless.benchmarks.sites.RunningAgent;

/** An agent that listens on a port. */
final class AgentServer implements RunningAgent {
  /** How long a job goes on that nobody listens to. */
  static final Duration GRACE = Duration.ofMinutes(2);

  private static final int MOST_METADATA_BYTES = 8192;
  private static final int MOST_CALLS_OF_A_CONNECTION = 8;
  private static final int MOST_PORT = 65_535;

  /** After so long without an answer a connection is lost. */
  private static final long SILENCE_SECONDS = 10;

  private static final long PATIENCE_SECONDS = 5;

  private final AgentFolder folder;
  private final Optional<TlsKey> key;
  private final Jobs jobs;
  private final Server server;
  private final String host;

  private AgentServer(
      AgentFolder folder, Optional<TlsKey> key, Jobs jobs, Server server, String host) {
    this.folder = folder;
    this.key = key;
    this.jobs = jobs;
    this.server = server;
    this.host = host;
  }

  /**
   * Starts one.
   *
   * @param site where it measures, given the folder for what is written meanwhile
   * @param grace how long a job goes on that nobody listens to
   * @param log told what happens
   * @throws InvalidInputException if the address is in use, or the folder cannot be used
   */
  static AgentServer start(
      AgentSettings settings,
      Function<Path, MeasuringSite> site,
      Duration grace,
      String version,
      Consumer<String> log) {
    InetSocketAddress address = address(settings);
    AgentFolder folder = AgentFolder.open(settings.folder());
    Jobs jobs = new Jobs(settings.jobLimit(), grace, log);
    try {
      Optional<TlsKey> key =
          settings.tls() ? Optional.of(TlsKey.open(folder.key())) : Optional.empty();
      AgentService service =
          new AgentService(
              site.apply(folder.work()), jobs, folder.work(), settings.fileLimitBytes());
      Server server =
          NettyServerBuilder.forAddress(address, credentials(key))
              .addService(
                  ServerInterceptors.intercept(
                      service, new AccessCheck(folder.readToken(), version)))
              .maxInboundMessageSize(AgentService.MOST_MESSAGE_BYTES)
              .maxInboundMetadataSize(MOST_METADATA_BYTES)
              .maxConcurrentCallsPerConnection(MOST_CALLS_OF_A_CONNECTION)
              .keepAliveTime(SILENCE_SECONDS, TimeUnit.SECONDS)
              .keepAliveTimeout(SILENCE_SECONDS, TimeUnit.SECONDS)
              .permitKeepAliveTime(SILENCE_SECONDS / 2, TimeUnit.SECONDS)
              .permitKeepAliveWithoutCalls(true)
              .build()
              .start();
      return new AgentServer(folder, key, jobs, server, settings.host());
    } catch (IOException | RuntimeException e) {
      jobs.close();
      folder.close();
      if (e instanceof InvalidInputException refused) {
        throw refused;
      }
      throw new InvalidInputException(
          "the agent cannot listen on "
              + settings.host()
              + ":"
              + settings.port()
              + " ("
              + AgentFailures.reason(e.getCause() == null ? e : e.getCause())
              + "). Choose another --port, or an address of this machine for --bind.",
          e);
    }
  }

  private static ServerCredentials credentials(Optional<TlsKey> key) {
    return key.map(made -> TlsServerCredentials.newBuilder().keyManager(made.managers()).build())
        .orElseGet(InsecureServerCredentials::create);
  }

  private static InetSocketAddress address(AgentSettings settings) {
    if (settings.port() < 0 || settings.port() > MOST_PORT) {
      throw new InvalidInputException(
          "--port is "
              + settings.port()
              + "; it must be from 1 to "
              + MOST_PORT
              + ", or 0 for any that is free.");
    }
    try {
      return new InetSocketAddress(InetAddress.getByName(settings.host()), settings.port());
    } catch (UnknownHostException e) {
      throw new InvalidInputException(
          "--bind is '"
              + settings.host()
              + "'; it must be an address of this machine, like "
              + AgentSettings.LOCALHOST
              + ".",
          e);
    }
  }

  @Override
  public String address() {
    return host + ":" + port();
  }

  @Override
  public int port() {
    return server.getPort();
  }

  @Override
  public Path token() {
    return folder.token();
  }

  @Override
  public Optional<String> pin() {
    return key.map(TlsKey::pin);
  }

  @Override
  public void await() throws InterruptedException {
    server.awaitTermination();
  }

  @Override
  public void close() {
    server.shutdownNow();
    jobs.close();
    try {
      server.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    folder.close();
  }
}
