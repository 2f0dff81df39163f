package org.proxyless.search.job.derive;

import java.nio.file.Files;
import java.nio.file.Path;
import org.proxyless.base.InvalidInputException;
import org.proxyless.search.data.Dataset;
import org.proxyless.search.job.keeping.SharedWeightsFile;
import org.proxyless.search.job.prepare.DataCard;
import org.proxyless.search.run.Provenance;
import org.proxyless.search.run.RunDirectory;
import org.proxyless.search.run.settings.SearchSettings;
import org.proxyless.search.supernet.SharedWeights;
import org.proxyless.search.supernet.Supernet;

/** The shared weights of a search that has ended, in another run that begins with them. */
public final class PastWeights {
  private PastWeights() {}

  /**
   * Refuses, before any work is done, to derive from a run that has no shared weights.
   *
   * @throws InvalidInputException if it is no run, or has none
   */
  public static void require(SearchSettings settings) {
    if (settings.derivation() != null) {
      SharedWeightsFile.requireIn(settings.derivation().run());
    }
  }

  /**
   * Refuses to derive a network for other data than the weights were trained on.
   *
   * @throws InvalidInputException if that is other data
   */
  public static void requireSameData(SearchSettings settings, Dataset dataset) {
    if (settings.derivation() == null) {
      return;
    }
    Path run = settings.derivation().run();
    Path provenance = run.resolve(Provenance.FILE);
    if (Files.isRegularFile(provenance)) {
      String hash = Provenance.read(provenance).path("dataHash").asText();
      DataCard.requireHash(hash, dataset, run);
    }
  }

  /**
   * The weights of the other run, copied into this one: so it goes on after a crash, and others
   * derive from it, whatever becomes of the other one.
   */
  static SharedWeights kept(Path run, RunDirectory own) {
    SharedWeightsFile.copy(run, own);
    return SharedWeightsFile.read(own);
  }

  /**
   * Gives a supernet of the same space the weights.
   *
   * @throws InvalidInputException if the space is another now
   */
  static void assign(SharedWeights shared, Supernet supernet, Path run) {
    int unset = supernet.assign(shared);
    if (unset > 0) {
      throw new InvalidInputException(
          "the shared weights of "
              + run
              + " lack "
              + unset
              + " parts of this space's candidates: its space is another now. Put back the space as"
              + " it was, or search again.");
    }
  }
}
