package org.proxyless.search.job.revisit;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.proxyless.base.AtomicFile;
import org.proxyless.base.InvalidInputException;
import org.proxyless.base.StrictYaml;

/** Estimates of networks, in a file of the run directory: none is made twice. */
final class EstimatedBefore {
  private final Path file;
  private final List<Entry> entries;

  /**
   * One estimate.
   *
   * @param key of everything that decides it
   * @param estimate the kind
   * @param loss of its score
   * @param accuracy of its score
   * @param trainingSteps that it took
   * @param macs that it took
   * @param seconds that it took
   * @param memory of the estimator afterwards
   */
  record Entry(
      @JsonProperty(required = true) String key,
      @JsonProperty(required = true) String estimate,
      @JsonProperty(required = true) double loss,
      @JsonProperty(required = true) double accuracy,
      @JsonProperty(required = true) long trainingSteps,
      @JsonProperty(required = true) double macs,
      @JsonProperty(required = true) double seconds,
      @JsonProperty(required = true) Map<String, double[]> memory) {}

  /** The file's content. */
  record Entries(@JsonProperty(required = true) List<Entry> estimates) {}

  private EstimatedBefore(Path file, List<Entry> entries) {
    this.file = file;
    this.entries = entries;
  }

  /**
   * Reads a file that was made earlier, if it is there.
   *
   * @throws InvalidInputException if it is damaged
   */
  static EstimatedBefore read(Path file) {
    if (!Files.exists(file)) {
      return new EstimatedBefore(file, new ArrayList<>());
    }
    try {
      Entries known = StrictYaml.read(file.toString(), Files.readAllBytes(file), Entries.class);
      return new EstimatedBefore(file, new ArrayList<>(known.estimates()));
    } catch (IOException e) {
      throw new InvalidInputException(
          file + " cannot be read (" + e + "). Delete it to estimate anew.", e);
    }
  }

  Optional<Entry> find(String key) {
    return entries.stream().filter(entry -> entry.key().equals(key)).findFirst();
  }

  /** Adds an estimate to the file. */
  void add(Entry entry) {
    entries.add(entry);
    AtomicFile.write(file, StrictYaml.write(new Entries(entries)));
  }
}
