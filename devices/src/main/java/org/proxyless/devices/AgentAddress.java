package org.proxyless.devices;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How to reach the agent of a device that is another machine.
 *
 * @param host its name or address
 * @param port from 1 to 65535
 * @param token the file that holds the agent's token
 * @param pin SHA-256 of the public key that the agent proves to have, in hexadecimal digits; empty
 *     for a connection without TLS
 */
public record AgentAddress(String host, int port, Path token, Optional<String> pin) {
  /** {@code host:port}, for messages. */
  public String text() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
