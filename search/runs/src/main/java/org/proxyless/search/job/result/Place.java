package org.proxyless.search.job.result;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDateTime;
import org.proxyless.search.run.RunDirectory;
import org.proxyless.search.run.settings.SearchSettings;

/**
 * Where the network of a target is kept.
 *
 * @param run the directory that holds it: the search's own, or one in it where there are several
 *     targets
 * @param exports the folder of exported networks
 * @param suffix of phases of this network
 * @param exportSuffix of the exported network's name
 */
public record Place(RunDirectory run, Path exports, String suffix, String exportSuffix) {
  private static final String EXPORT = "export";

  /** That of the only target. */
  public static Place of(RunDirectory run) {
    return new Place(run, run.file(EXPORT), "", "");
  }

  /** That of one target of several, in its {@link #directory}. */
  public static Place of(LatencyTarget target, RunDirectory own, RunDirectory search) {
    String label = label(target);
    return new Place(own, search.file(EXPORT), " " + label, "-" + label);
  }

  /** Makes the run directory of one target in that of the search. */
  public static RunDirectory directory(
      LatencyTarget target, RunDirectory search, SearchSettings inForce) {
    return RunDirectory.create(
        inForce.forTarget(target.millis(), search.file(label(target))), LocalDateTime.now());
  }

  /** {@code 2.5ms}. */
  public static String label(LatencyTarget target) {
    return BigDecimal.valueOf(target.millis()).stripTrailingZeros().toPlainString() + "ms";
  }
}
