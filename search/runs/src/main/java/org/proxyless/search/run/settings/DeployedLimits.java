package org.proxyless.search.run.settings;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What the network may take of a small device once it is deployed.
 *
 * @param format that it is deployed in, by the name of {@code export --format}
 * @param maxMemoryBytes the most working memory, or null for no limit
 * @param maxFileBytes the largest file, or null for no limit
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DeployedLimits(
    @JsonProperty(required = true) String format, Long maxMemoryBytes, Long maxFileBytes) {
  /** What microcontrollers run. */
  public static final String DEFAULT_FORMAT = "int8";

  /** Checks the values, but not whether there is such a format. */
  public DeployedLimits {
    Rules.named("--limits-format", format);
    Rules.atLeast("--max-memory in bytes", 1, maxMemoryBytes);
    Rules.atLeast("--max-file in bytes", 1, maxFileBytes);
  }

  /** Those limits, or null where there is none. */
  static DeployedLimits of(String format, Long maxMemoryBytes, Long maxFileBytes) {
    if (maxMemoryBytes == null && maxFileBytes == null) {
      Rules.onlyWith("--max-memory or --max-file", null, "--limits-format", format);
      return null;
    }
    return new DeployedLimits(
        format == null ? DEFAULT_FORMAT : format, maxMemoryBytes, maxFileBytes);
  }
}
