package org.proxyless.search.job.revisit;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.proxyless.base.AtomicFile;
import org.proxyless.base.Identity;
import org.proxyless.base.InvalidInputException;
import org.proxyless.base.StrictYaml;
import org.proxyless.network.Network;
import org.proxyless.search.data.Dataset;
import org.proxyless.search.run.Versions;
import org.proxyless.search.run.settings.SearchSettings;

/**
 * What trainings from fresh weights came to, in a file of the run directory: one that was done
 * before with the same settings need not be done again, and one that is interrupted loses little.
 */
final class TrainedBefore {
  private final Path file;
  private final List<Entry> entries;

  /**
   * One training.
   *
   * @param key of everything that decides it
   * @param network what it was called
   * @param seed of every random choice
   * @param epochs of training
   * @param correct test images that were classified correctly
   * @param images all test images
   */
  record Entry(
      @JsonProperty(required = true) String key,
      @JsonProperty(required = true) String network,
      @JsonProperty(required = true) long seed,
      @JsonProperty(required = true) int epochs,
      @JsonProperty(required = true) int correct,
      @JsonProperty(required = true) int images) {}

  /** The file's content. */
  record Entries(@JsonProperty(required = true) List<Entry> trainings) {}

  private TrainedBefore(Path file, List<Entry> entries) {
    this.file = file;
    this.entries = entries;
  }

  /**
   * Reads a file that an earlier training made, if it is there.
   *
   * @throws InvalidInputException if it is damaged
   */
  static TrainedBefore read(Path file) {
    if (!Files.exists(file)) {
      return new TrainedBefore(file, new ArrayList<>());
    }
    try {
      Entries known = StrictYaml.read(file.toString(), Files.readAllBytes(file), Entries.class);
      return new TrainedBefore(file, new ArrayList<>(known.trainings()));
    } catch (IOException e) {
      throw new InvalidInputException(
          file + " cannot be read (" + e + "). Delete it to train anew.", e);
    }
  }

  /** Identifies everything that decides a training's outcome. */
  static String key(Network network, Dataset dataset, SearchSettings inForce) {
    return Identity.hash(everything(network, dataset, inForce));
  }

  private static String everything(Network network, Dataset dataset, SearchSettings inForce) {
    return String.join("\n", network.keys())
        + "\n"
        + dataset.hash()
        + "\nimages "
        + dataset.train().size()
        + ", batch "
        + inForce.batchSize()
        + ", epochs "
        + inForce.fineTuneEpochs()
        + ", seed "
        + inForce.seed()
        + "\n"
        + Versions.inForce();
  }

  Optional<Entry> find(String key) {
    return entries.stream().filter(entry -> entry.key().equals(key)).findFirst();
  }

  /** Adds a training to the file. */
  void add(Entry entry) {
    entries.add(entry);
    AtomicFile.write(file, StrictYaml.write(new Entries(entries)));
  }
}
