package org.proxyless.search.job.prepare;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.proxyless.base.AtomicFile;
import org.proxyless.base.InvalidInputException;
import org.proxyless.base.StrictYaml;
import org.proxyless.network.Normalization;
import org.proxyless.search.data.Dataset;

/**
 * What a trained network needs to know of its data, kept in the run directory so that it can be
 * exported where the data is not.
 *
 * @param hash of the data, see {@link Dataset}
 * @param classNames in the order of the labels
 * @param normalization that the network was trained with
 */
public record DataCard(
    @JsonProperty(required = true) String hash,
    @JsonProperty(required = true) List<String> classNames,
    @JsonProperty(required = true) Normalization normalization) {

  public static DataCard of(Dataset dataset) {
    return new DataCard(dataset.hash(), dataset.classNames(), dataset.normalization());
  }

  public void write(Path file) {
    AtomicFile.write(file, StrictYaml.write(this));
  }

  public static DataCard read(Path file) {
    try {
      return StrictYaml.read(file.toString(), Files.readAllBytes(file), DataCard.class);
    } catch (IOException e) {
      throw new InvalidInputException(
          file + " cannot be read (" + e + "). Give a run that was not cut short.", e);
    }
  }

  /**
   * Checks that data is what a run was trained on.
   *
   * @throws InvalidInputException if it is other data
   */
  public void requireOf(Dataset dataset, Path run) {
    requireHash(hash, dataset, run);
  }

  /** The same where no more than its hash is known. */
  public static void requireHash(String hash, Dataset dataset, Path run) {
    if (!dataset.hash().equals(hash)) {
      throw new InvalidInputException(
          "data set "
              + dataset.name()
              + " is not the one that "
              + run
              + " was trained on (SHA-256 "
              + dataset.hash()
              + " instead of "
              + hash
              + "). Give that one with --data-dir.");
    }
  }
}
