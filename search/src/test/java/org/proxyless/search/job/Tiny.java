package org.proxyless.search.job;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;
import org.proxyless.devices.DeviceProfile;
import org.proxyless.devices.DeviceProfiles;
import org.proxyless.devices.MachineFingerprint;
import org.proxyless.latency.Fingerprint;
import org.proxyless.latency.LatencyEntry;
import org.proxyless.latency.LatencyTable;
import org.proxyless.latency.LatencyTables;
import org.proxyless.latency.Operator;
import org.proxyless.search.run.SearchSettings;
import org.proxyless.search.space.SearchSpace;
import org.proxyless.search.space.SearchSpaces;

/** A search that takes seconds: a space of three edges, a made-up table, a few hundred images. */
public final class Tiny {
  private static final DeviceProfile DEVICE = DeviceProfiles.load(DeviceProfile.DEFAULT);

  private Tiny() {}

  /** The file of the space: 14×14 grey images, 10 classes, 18 networks. */
  public static Path space() {
    try {
      return Path.of(Tiny.class.getResource("/tiny.yaml").toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Writes a table that passes for measured on this machine; networks take 1 to 3.5 ms. */
  public static Path tableOfThisMachine(Path file) {
    LatencyTables.write(table(DEVICE.name(), MachineFingerprint.of(DEVICE)).build(), file);
    return file;
  }

  /** Writes the table of a device that is not here; networks take 1 to 3.5 ms. */
  public static Path foreignTable(Path file) {
    Fingerprint phone = Fingerprint.of(Map.of("processor", "of a phone"));
    LatencyTables.write(table("phone", phone).build(), file);
    return file;
  }

  /** Writes a foreign table that lacks an operator. */
  public static Path tableWithAHole(Path file) {
    LatencyTable whole = table("phone", Fingerprint.of(Map.of())).build();
    LatencyTable.Builder table = LatencyTable.builder("phone", "tiny");
    whole.entries().entrySet().stream()
        .filter(entry -> !entry.getKey().startsWith("MBConv(kernel=5,expansion=2) 7x7x8->4x4x16"))
        .forEach(entry -> table.put(entry.getKey(), entry.getValue()));
    LatencyTables.write(table.build(), file);
    return file;
  }

  private static LatencyTable.Builder table(String device, Fingerprint fingerprint) {
    SearchSpace space = SearchSpaces.load(space().toString(), 1, null, null);
    LatencyTable.Builder table =
        LatencyTable.builder(device, space.name())
            .fingerprint(fingerprint)
            .call(LatencyEntry.ofMillis(0.1));
    for (Operator operator : space.distinctOperators()) {
      if (!operator.isZero()) {
        table.put(operator, LatencyEntry.ofMillis(millis(operator)));
      }
    }
    return table;
  }

  /** Dearer operators take longer; between the kernels lies a factor of 2. */
  private static double millis(Operator operator) {
    return switch (operator.type().label()) {
      case "MBConv1 3×3" -> 0.5;
      case "MBConv2 5×5" -> 1;
      default -> 0.2;
    };
  }

  /** A search of seconds in a folder. */
  public static SearchSettings.Builder search(Path table, Path out) {
    return SearchSettings.builder()
        .space(space().toString())
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
