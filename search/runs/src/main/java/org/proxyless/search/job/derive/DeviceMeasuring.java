package org.proxyless.search.job.derive;

import java.util.function.Consumer;
import org.proxyless.benchmarks.process.MeasuringProgress;
import org.proxyless.benchmarks.tables.NetworkTimer;
import org.proxyless.benchmarks.tables.TableRefinement;
import org.proxyless.benchmarks.tables.WatchedMeasurement;
import org.proxyless.latency.LatencyTable;
import org.proxyless.network.Network;
import org.proxyless.search.job.prepare.PricedSpace;

/** Measures on the device, with care. */
final class DeviceMeasuring implements ProofMeasuring {
  private final PricedSpace priced;
  private final CarefulTiming timing;
  private final Consumer<String> progress;

  /**
   * @param progress told what is measured again
   */
  DeviceMeasuring(PricedSpace priced, CarefulTiming timing, Consumer<String> progress) {
    this.priced = priced;
    this.timing = timing;
    this.progress = progress;
  }

  @Override
  public WatchedMeasurement time(Network network, int repeat) {
    return timing.look(() -> look(network));
  }

  private WatchedMeasurement look(Network network) {
    return NetworkTimer.time(
        network, priced.device(), priced.table(), MeasuringProgress.notes(progress));
  }

  /** The network's own operators are measured again, since the choice was made by them. */
  @Override
  public LatencyTable learn(
      LatencyTable table, Network network, WatchedMeasurement look, int repeat) {
    if (!TableRefinement.suits(table)) {
      return table;
    }
    progress.accept("its operators are measured again");
    LatencyTable known = TableRefinement.with(table, network, look);
    return TableRefinement.remeasured(
        known, network.operators(), priced.device(), MeasuringProgress.notes(progress));
  }
}
