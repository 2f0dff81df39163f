package org.proxyless.benchmarks.tables;

import java.util.function.Consumer;
import org.proxyless.benchmarks.process.MeasuringFailedException;
import org.proxyless.benchmarks.process.MeasuringProgress;
import org.proxyless.benchmarks.sites.MeasuringSites;
import org.proxyless.benchmarks.sites.Visit;
import org.proxyless.benchmarks.sites.VisitMeasuring;
import org.proxyless.devices.DeviceProfile;

/** Makes the visits of a {@link Campaign}. */
@FunctionalInterface
public interface Visitor {
  /** Measures on the machine of a profile. */
  static Visitor of(DeviceProfile profile) {
    return MeasuringSites.of(profile)::visit;
  }

  /**
   * Visits what is asked for, in this order, or as far as it goes; at least one.
   *
   * @param parts gets a {@link Visit.Measured} for each as it comes
   * @throws MeasuringFailedException if it cannot
   */
  VisitMeasuring.Answer visit(
      VisitMeasuring.Request request, MeasuringProgress progress, Consumer<Visit.Measured> parts);
}
