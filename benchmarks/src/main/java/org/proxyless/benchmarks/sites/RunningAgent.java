package org.proxyless.benchmarks.sites;

import java.nio.file.Path;
import java.util.Optional;

/** An agent that listens until it is closed. */
public interface RunningAgent extends AutoCloseable {
  /** Where it listens: {@code host:port}. */
  String address();

  /** The port, also where any was asked for. */
  int port();

  /** The file with its token. */
  Path token();

  /** SHA-256 of its public key in hexadecimal digits; empty without TLS. */
  Optional<String> pin();

  /** Waits until it is closed, or this thread is interrupted. */
  void await() throws InterruptedException;

  /** Stops what is being measured, and listens no more. */
  @Override
  void close();
}
