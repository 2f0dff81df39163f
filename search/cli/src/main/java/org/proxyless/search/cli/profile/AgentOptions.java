package org.proxyless.search.cli.profile;

import java.nio.file.Path;
import java.time.Duration;
import org.proxyless.base.InvalidInputException;
import org.proxyless.benchmarks.sites.AgentSettings;
import org.proxyless.search.cli.options.Converters;
import picocli.CommandLine.Option;

/** The options of {@code agent}. */
final class AgentOptions {
  private static final long BYTES_A_MEBIBYTE = 1 << 20;
  private static final int MOST_MEBIBYTES = 1024;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "" + AgentSettings.DEFAULT_PORT,
      description = "Where it listens; 0 for any port that is free (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--bind",
      paramLabel = "ADDRESS",
      defaultValue = AgentSettings.LOCALHOST,
      description =
          "The address on which it listens; the default, ${DEFAULT-VALUE}, is reached from this"
              + " machine only, and through SSH tunnels.")
  private String host;

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      description =
          "Where its token and key are, and all that it writes (default: .proxyless-agent in the"
              + " user's home).")
  private Path folder;

  @Option(
      names = "--tls",
      description = "Talks TLS; who asks it names the pin of its key, which is told at the start.")
  private boolean tls;

  @Option(
      names = "--job-limit",
      paramLabel = "SPAN",
      defaultValue = "1h",
      converter = Converters.TimeSpan.class,
      description = "How long one job may take, like 90s or 2h (default: ${DEFAULT-VALUE}).")
  private Duration jobLimit;

  @Option(
      names = "--file-limit",
      paramLabel = "MIB",
      defaultValue = "128",
      description =
          "How large a finished network may be that is sent to be measured, in MiB (default:"
              + " ${DEFAULT-VALUE}).")
  private int fileLimitMebibytes;

  /**
   * How to run it.
   *
   * @throws InvalidInputException if a value breaks a rule
   */
  AgentSettings settings() {
    if (jobLimit.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new InvalidInputException(
          "--job-limit is " + jobLimit.toMillis() / 1000.0 + " s; it must be at least 1s.");
    }
    if (fileLimitMebibytes < 1 || fileLimitMebibytes > MOST_MEBIBYTES) {
      throw new InvalidInputException(
          "--file-limit is "
              + fileLimitMebibytes
              + "; it must be from 1 to "
              + MOST_MEBIBYTES
              + " MiB.");
    }
    Path place =
        folder == null ? Path.of(System.getProperty("user.home"), ".proxyless-agent") : folder;
    return new AgentSettings(
        host, port, place.toAbsolutePath(), tls, jobLimit, fileLimitMebibytes * BYTES_A_MEBIBYTE);
  }
}
