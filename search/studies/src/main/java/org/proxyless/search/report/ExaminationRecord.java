package org.proxyless.search.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.proxyless.base.InvalidInputException;
import org.proxyless.search.job.revisit.Examination;

/** What {@code evaluate} wrote into a run's directory, with the pictures in it. */
final class ExaminationRecord {
  private ExaminationRecord() {}

  /**
   * Reads it; null where the run was not evaluated.
   *
   * @throws InvalidInputException if a file of it is damaged or missing
   */
  static JsonNode read(Path run) {
    Path file = run.resolve(Examination.FILE);
    if (!Files.exists(file)) {
      return null;
    }
    try {
      JsonNode examination = new ObjectMapper().readTree(Files.readAllBytes(file));
      for (JsonNode mistake : examination.path("mistakes")) {
        Path picture = Examination.pictures(run).resolve(mistake.path("picture").asText());
        ((ObjectNode) mistake)
            .put("picture", Base64.getEncoder().encodeToString(Files.readAllBytes(picture)));
      }
      return examination;
    } catch (IOException e) {
      throw new InvalidInputException(
          file + " or a picture beside it cannot be read (" + e + "). Evaluate the run again.", e);
    }
  }
}
