package org.proxyless.search.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.proxyless.base.InvalidInputException;
import org.proxyless.search.run.Provenance;

/**
 * What a cell's network came to.
 *
 * @param targetMillis that it was to meet
 * @param predictedMillis by the table
 * @param testAccuracy 0 to 1
 * @param parameters number
 * @param macs multiply-accumulates for one image
 * @param peakMemoryMebibytes of the search; null where the system does not tell
 * @param savedModel the exported network's folder
 */
public record CellFigures(
    double targetMillis,
    double predictedMillis,
    double testAccuracy,
    long parameters,
    long macs,
    Long peakMemoryMebibytes,
    String savedModel) {

  /**
   * Those that a finished run has written.
   *
   * @throws InvalidInputException if it has none
   */
  static CellFigures of(Path run) {
    Path file = run.resolve(Provenance.FILE);
    JsonNode figures = Provenance.read(file).path("figures");
    if (!figures.path("testAccuracy").isNumber()) {
      throw new InvalidInputException(file + " has no testAccuracy. Delete " + run + ".");
    }
    JsonNode memory = figures.path("peakMemoryMebibytes");
    return new CellFigures(
        figures.path("targetMillis").doubleValue(),
        figures.path("predictedMillis").doubleValue(),
        figures.path("testAccuracy").doubleValue(),
        figures.path("parameters").longValue(),
        figures.path("macs").longValue(),
        memory.isNumber() ? memory.longValue() : null,
        figures.path("savedModel").textValue());
  }
}
