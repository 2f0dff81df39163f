package org.proxyless.search.job.keeping;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.proxyless.base.CsvFile;
import org.proxyless.latency.SpaceLatency;
import org.proxyless.search.job.prepare.PricedSpace;
import org.proxyless.search.run.RunDirectory;
import org.proxyless.search.space.Block;
import org.proxyless.search.strategy.PathScore;

/** The networks that a search proposed on its way, in the run's {@code candidates.csv}. */
final class CandidatesFile implements AutoCloseable {
  private final SpaceLatency latency;
  private final List<Block> edges;
  private final CsvFile file;

  /**
   * @param keptBytes of the file that are kept; 0 starts anew
   */
  CandidatesFile(RunDirectory directory, PricedSpace priced, long keptBytes) {
    latency = priced.latency();
    edges = priced.space().edges();
    file =
        directory.candidates(
            keptBytes, "step", "predictedMillis", "loss", "accuracy", "path", "operators");
  }

  /**
   * Adds a network.
   *
   * @param step of the search after which it was proposed
   * @param path the chosen candidate of each edge
   * @param score on the validation images, with the shared weights or as estimated
   */
  void append(long step, int[] path, PathScore score) {
    file.append(
        step,
        latency.latencyMillis(path),
        score.loss(),
        score.accuracy(),
        Arrays.stream(path).mapToObj(Integer::toString).collect(Collectors.joining(" ")),
        IntStream.range(0, path.length)
            .mapToObj(e -> edges.get(e).candidates().get(path[e]).type().label())
            .collect(Collectors.joining("; ")));
  }

  /** How long the file is. */
  long bytes() {
    return file.bytes();
  }

  @Override
  public void close() {
    file.close();
  }
}
