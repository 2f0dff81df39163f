package org.proxyless.search.recurrent.latency;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.proxyless.base.AtomicFile;
import org.proxyless.base.InvalidInputException;
import org.proxyless.base.StrictYaml;
import org.proxyless.search.recurrent.cell.Architecture;

/**
 * Milliseconds of parts on one machine. A token's latency is their sum, times how much longer whole
 * models take than their parts.
 *
 * @param device name of the profile
 * @param threads that a call uses
 * @param vocabulary how many tokens there are
 * @param correction whole models' latency over the sums of their parts
 * @param millis by a part's key
 */
public record PartTable(
    String device, int threads, int vocabulary, double correction, Map<String, Double> millis) {

  /** Keeps the parts in the order of their keys' first appearance. */
  public PartTable {
    millis = new LinkedHashMap<>(millis);
  }

  /**
   * What a part takes in a whole model.
   *
   * @throws InvalidInputException if it was not measured
   */
  public double millis(Part part) {
    Double own = millis.get(part.key());
    if (own == null) {
      throw new InvalidInputException(
          "the latency table has no '" + part.key() + "'. Measure it again, without --table.");
    }
    return correction * own;
  }

  /** What a token takes, in milliseconds. */
  public double predict(Architecture architecture) {
    return Part.of(architecture).stream().mapToDouble(this::millis).sum();
  }

  /**
   * Refuses a table that is of something else.
   *
   * @throws InvalidInputException if it does not have these parts of such models
   */
  public void requireFor(int vocabulary, List<Part> parts) {
    if (this.vocabulary != vocabulary) {
      throw new InvalidInputException(
          "the latency table is of a vocabulary of "
              + this.vocabulary
              + " tokens and the text's has "
              + vocabulary
              + ". Measure it again, without --table.");
    }
    parts.forEach(this::millis);
  }

  /** Writes it as YAML. */
  public void write(Path file) {
    AtomicFile.write(file, StrictYaml.write(this));
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws InvalidInputException if it is none
   */
  public static PartTable read(Path file) {
    try {
      return StrictYaml.read(file.toString(), Files.readAllBytes(file), PartTable.class);
    } catch (IOException e) {
      throw new InvalidInputException("latency table " + file + " cannot be read (" + e + ").", e);
    }
  }
}
