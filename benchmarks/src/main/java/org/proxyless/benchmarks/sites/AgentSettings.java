package org.proxyless.benchmarks.sites;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How an agent is run.
 *
 * @param host the address on which it listens
 * @param port from 1 to 65535, or 0 for any that is free
 * @param folder where its token and its key are, and all that it writes
 * @param tls whether it talks TLS, with a key that is made at the first start
 * @param jobLimit how long one job may take
 * @param fileLimitBytes how large a finished file may be
 */
public record AgentSettings(
    String host, int port, Path folder, boolean tls, Duration jobLimit, long fileLimitBytes) {
  /** The port where none is named. */
  public static final int DEFAULT_PORT = 7890;

  /** Listens to this machine only. */
  public static final String LOCALHOST = "127.0.0.1";
}
