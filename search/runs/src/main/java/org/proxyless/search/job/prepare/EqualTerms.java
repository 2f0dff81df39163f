package org.proxyless.search.job.prepare;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.proxyless.base.InvalidInputException;
import org.proxyless.latency.LatencyTables;
import org.proxyless.search.run.progress.Progress;
import org.proxyless.search.run.settings.SearchSettings;
import org.proxyless.search.run.settings.StrategyKind;

/** Gives several searches one table and one target, so that they can be compared. */
public final class EqualTerms {
  private EqualTerms() {}

  /**
   * Prices the space once, and settles the target.
   *
   * @param asked as the user gave them
   * @param strategies that are going to search
   * @param table where the table is kept; if it is there already, it is taken
   * @return the same settings with this table and a target in milliseconds
   * @throws InvalidInputException if something that the settings name isn't there or doesn't fit,
   *     or a strategy needs more memory than there is
   */
  public static SearchSettings settle(
      SearchSettings asked, List<StrategyKind> strategies, Path table, Progress progress) {
    boolean kept = Files.exists(table);
    try (SearchInput input = SearchInput.open(kept ? asked.withTable(table) : asked, progress)) {
      strategies.forEach(
          strategy -> Supernets.requireFits(strategy, input.priced().graph(), asked.batchSize()));
      if (!kept) {
        LatencyTables.write(input.priced().table(), table);
      }
      return asked.withTable(table).withTargetMillis(input.target().millis());
    }
  }
}
