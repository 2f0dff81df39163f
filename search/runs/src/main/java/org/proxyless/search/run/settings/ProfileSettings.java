package org.proxyless.search.run.settings;

import java.nio.file.Path;
import org.proxyless.benchmarks.tables.Quality;
import org.proxyless.network.Shape;

/**
 * Everything that decides the measuring of a latency table.
 *
 * @param device a device profile's name or file
 * @param space a search space's name or file
 * @param width scales the space's channels
 * @param input the shape of one image, or null for the space's own
 * @param classes their number, or null for the space's own
 * @param quality how much time to take
 * @param out the table's file, or null for the user's cache
 */
public record ProfileSettings(
    String device,
    String space,
    double width,
    Shape input,
    Integer classes,
    Quality quality,
    Path out) {

  /** Checks the values. */
  public ProfileSettings {
    Rules.named("--device", device);
    Rules.named("--space", space);
    Rules.positive("--width", width);
    Rules.atLeast("--classes", 2, classes);
    Rules.newFile("--out", out);
  }
}
