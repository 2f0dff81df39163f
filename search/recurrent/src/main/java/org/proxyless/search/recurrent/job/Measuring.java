package org.proxyless.search.recurrent.job;

import java.nio.file.Path;
import java.util.List;
import org.proxyless.benchmarks.process.MeasuringProgress;
import org.proxyless.benchmarks.sites.NetworkMeasurement;
import org.proxyless.devices.DeviceProfile;
import org.proxyless.search.recurrent.cell.WiredCell;
import org.proxyless.search.recurrent.latency.Part;
import org.proxyless.search.recurrent.latency.PartMeasuring;
import org.proxyless.search.recurrent.latency.PartTable;
import org.proxyless.search.recurrent.latency.TokenMeasuring;

/** Measures what a run needs to know. */
interface Measuring {
  /**
   * A table of parts.
   *
   * @param wholes cells whose models tell how much longer a whole takes than its parts
   */
  PartTable parts(List<Part> parts, List<WiredCell> wholes, int vocabulary);

  /** The latency of a token by an exported model. */
  NetworkMeasurement token(Path model);

  /** On this machine. */
  static Measuring on(DeviceProfile device, MeasuringProgress progress) {
    return new Measuring() {
      @Override
      public PartTable parts(List<Part> parts, List<WiredCell> wholes, int vocabulary) {
        return PartMeasuring.measure(parts, wholes, vocabulary, device, progress);
      }

      @Override
      public NetworkMeasurement token(Path model) {
        return TokenMeasuring.measure(model, device, progress);
      }
    };
  }
}
