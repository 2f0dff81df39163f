package org.proxyless.search.job;

import java.nio.file.Path;
import org.proxyless.search.fixtures.Tiny;
import org.proxyless.search.run.settings.SearchSettings;

/** A search of the {@link Tiny} space, by a few hundred images. */
public final class TinySearch {
  private TinySearch() {}

  /** A search of seconds in a folder. */
  public static SearchSettings.Builder settings(Path table, Path out) {
    return SearchSettings.builder()
        .space(Tiny.space().toString())
        .table(table)
        .maxImages(600)
        .batchSize(32)
        .warmupEpochs(1)
        .epochs(2)
        .fineTuneEpochs(2)
        .threads(1)
        .proof(false)
        .out(out);
  }
}
