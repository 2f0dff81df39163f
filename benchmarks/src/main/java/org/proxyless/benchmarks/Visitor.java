package org.proxyless.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Consumer;
import org.proxyless.devices.DeviceProfile;

/** Makes the visits of a {@link Campaign}. */
@FunctionalInterface
interface Visitor {
  /** Measures on this machine, in a process of its own. */
  Visitor PROCESS =
      (request, progress, parts) ->
          MeasuringProcess.run(
              VisitMeasuring.class, request, VisitMeasuring.Answer.class, progress, parts);

  /** Measures on a profile's device: this machine, or one that is linked to it. */
  static Visitor of(DeviceProfile profile) {
    return LinkedBlocks.suits(profile) ? new LinkedVisitor() : PROCESS;
  }

  /**
   * Visits what is asked for, in this order, or as far as it goes; at least one.
   *
   * @param parts gets a {@link Visit.Measured} for each as it comes
   * @throws MeasuringFailedException if it cannot
   */
  VisitMeasuring.Answer visit(
      VisitMeasuring.Request request, MeasuringProgress progress, Consumer<JsonNode> parts);
}
