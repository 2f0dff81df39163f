package org.proxyless.search.job.prepare;

import java.util.Locale;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import org.proxyless.base.InvalidInputException;
import org.proxyless.base.ProcessMemory;
import org.proxyless.network.BlockGraph;
import org.proxyless.search.run.settings.CandidateWeights;
import org.proxyless.search.run.settings.SearchSettings;
import org.proxyless.search.run.settings.StrategyKind;
import org.proxyless.search.supernet.MixtureMemory;
import org.proxyless.search.supernet.MixtureSupernet;
import org.proxyless.search.supernet.Supernet;

/** Makes the supernet that a strategy needs. */
public final class Supernets {
  private static final double BYTES_A_GIBIBYTE = 1L << 30;
  private static final double MEBIBYTES_A_GIBIBYTE = 1024;

  private Supernets() {}

  /**
   * A supernet with fresh weights.
   *
   * @param search names the strategy, and whose the candidates' weights are
   * @throws InvalidInputException if the strategy mixes all candidates and they do not fit into
   *     memory at once
   */
  public static Supernet create(
      SearchSettings search,
      BlockGraph blocks,
      Supernet.Settings settings,
      RandomGenerator random) {
    requireFits(search.strategy(), blocks, settings.batchSize());
    if (search.strategy().mixes()) {
      return new MixtureSupernet(blocks, settings, random);
    }
    return search.candidateWeights() == CandidateWeights.NESTED
        ? Supernet.nested(blocks, settings, random)
        : new Supernet(blocks, settings, random);
  }

  /**
   * Checks that a strategy's supernet fits into the memory that is free.
   *
   * @throws InvalidInputException if it mixes all candidates, and they don't
   */
  public static void requireFits(StrategyKind strategy, BlockGraph blocks, int batchSize) {
    if (strategy.mixes() && blocks.choosesInputs()) {
      throw new InvalidInputException(
          "--strategy "
              + strategy
              + " mixes all candidates of an edge, but in this space nodes choose their inputs."
              + " Take a strategy that runs one path at a time, such as "
              + StrategyKind.GRADIENT
              + ", or the space darts.");
    }
    OptionalLong available = ProcessMemory.availableMebibytes();
    if (strategy.mixes() && available.isPresent()) {
      requireFits(
          strategy,
          batchSize,
          MixtureMemory.bytes(blocks, batchSize) / BYTES_A_GIBIBYTE,
          available.getAsLong() / MEBIBYTES_A_GIBIBYTE);
    }
  }

  public static void requireFits(
      StrategyKind strategy, int batchSize, double neededGibibytes, double availableGibibytes) {
    if (neededGibibytes > availableGibibytes) {
      throw new InvalidInputException(
          String.format(
              Locale.ROOT,
              "--strategy %s runs all candidates at once, which takes about %.1f GiB at"
                  + " --batch-size %d; %.1f GiB are available. Take a smaller batch, input or"
                  + " width, or a strategy that runs one path at a time, such as %s or %s.",
              strategy,
              neededGibibytes,
              batchSize,
              availableGibibytes,
              StrategyKind.GRADIENT,
              StrategyKind.GDAS));
    }
  }
}
