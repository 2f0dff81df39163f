package org.proxyless.devices.agent;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** What an agent and those that ask it must have in common. */
final class AgentVersion {
  /** Changes with the meaning of a message. */
  private static final int PROTOCOL = 1;

  private AgentVersion() {}

  /** Version of the program, which decides what is built and measured, and of the protocol. */
  static String text() {
    Properties properties = new Properties();
    try (InputStream stream = AgentVersion.class.getResourceAsStream("version.properties")) {
      properties.load(stream);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read version.properties", e);
    }
    return properties.getProperty("version") + "/" + PROTOCOL;
  }
}
