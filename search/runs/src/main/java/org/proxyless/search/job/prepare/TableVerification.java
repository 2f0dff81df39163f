package org.proxyless.search.job.prepare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.SplittableRandom;
import org.proxyless.benchmarks.tables.VerificationResult;
import org.proxyless.benchmarks.tables.VerificationTask;
import org.proxyless.benchmarks.tables.Verifier;
import org.proxyless.search.run.progress.Progress;

/** Verifies the table of a space on networks of that space. */
public final class TableVerification {
  private static final int PASSES = 4;

  private TableVerification() {}

  /**
   * Draws networks, times them, and compares.
   *
   * @param priced with a table that was measured on this machine
   * @param networks how many; at least 8
   * @param seed of the draws and of the orders of timing
   * @throws org.proxyless.base.InvalidInputException if the table does not fit
   */
  public static VerificationResult verify(
      PricedSpace priced, int networks, long seed, Progress progress) {
    VerificationNetworks drawn =
        VerificationNetworks.draw(
            priced.space(), priced.latency(), networks, new SplittableRandom(seed));
    VerificationTask task =
        new VerificationTask(
            priced.table(), priced.device(), drawn.uniform(), drawn.spread(), PASSES, seed);
    try (MeasuringPhase phase = new MeasuringPhase(progress, "verify")) {
      return Verifier.verify(task, phase);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot use a temporary folder", e);
    }
  }
}
