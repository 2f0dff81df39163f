package org.proxyless.search.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.proxyless.base.InvalidInputException;
import org.proxyless.base.JsonReport;

/**
 * What an artefact came out of, so that it can be made again.
 *
 * @param dataHash of the training data
 * @param tableHash of the latency table
 * @param seed of every random choice
 * @param settings in force
 * @param time when it was made
 * @param figures what it reached, keys as in {@code --json}
 */
public record Provenance(
    String dataHash,
    String tableHash,
    long seed,
    Object settings,
    Instant time,
    Map<String, ?> figures) {
  /** What its file is called. */
  public static final String FILE = "provenance.json";

  /**
   * The table's hash in a provenance that was written.
   *
   * @throws InvalidInputException if there is no such file, or it is damaged
   */
  public static String tableHash(Path file) {
    JsonNode hash = read(file).path("tableHash");
    if (hash.isTextual()) {
      return hash.textValue();
    }
    throw new InvalidInputException(file + " has no tableHash. Give the directory of a search.");
  }

  /**
   * The figures of a provenance that was written; empty if there is no such file.
   *
   * @throws InvalidInputException if it is damaged
   */
  static JsonNode figures(Path file) {
    return Files.exists(file) ? read(file).path("figures") : MissingNode.getInstance();
  }

  /**
   * A provenance that was written.
   *
   * @throws InvalidInputException if there is no such file, or it is damaged
   */
  public static JsonNode read(Path file) {
    try {
      return new ObjectMapper().readTree(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new InvalidInputException(
          file + " cannot be read (" + e.getMessage() + "). Give a run that was not cut short.", e);
    }
  }

  /** Whether a run got as far as its figures. */
  public static boolean hasFigures(Path file) {
    try {
      return Files.isRegularFile(file)
          && !new ObjectMapper().readTree(Files.readAllBytes(file)).path("figures").isEmpty();
    } catch (IOException e) {
      throw new InvalidInputException(file + " is damaged (" + e.getMessage() + ").", e);
    }
  }

  /** Writes it as JSON, with the versions in force. */
  public void write(Path file) {
    new JsonReport()
        .put("dataHash", dataHash)
        .put("tableHash", tableHash)
        .put("seed", seed)
        .put("versions", Versions.inForce())
        .put("settings", settings)
        .put("time", time.toString())
        .put("figures", figures)
        .write(file);
  }
}
