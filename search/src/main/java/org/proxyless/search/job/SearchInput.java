package org.proxyless.search.job;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.proxyless.devices.DeviceProfile;
import org.proxyless.devices.DeviceProfiles;
import org.proxyless.latency.InvalidInputException;
import org.proxyless.latency.LatencyTable;
import org.proxyless.latency.LatencyTables;
import org.proxyless.latency.Shape;
import org.proxyless.search.checkpoint.Identity;
import org.proxyless.search.data.Dataset;
import org.proxyless.search.data.DatasetOptions;
import org.proxyless.search.data.Datasets;
import org.proxyless.search.file.StrictYaml;
import org.proxyless.search.run.Progress;
import org.proxyless.search.run.SearchSettings;
import org.proxyless.search.space.SearchSpace;
import org.proxyless.search.space.SearchSpaces;

/**
 * What a search works on.
 *
 * @param dataset in the size that was asked for
 * @param priced the space for this data, with latencies
 * @param target the one that was asked for, or the middle of what the space can do
 */
record SearchInput(Dataset dataset, PricedSpace priced, LatencyTarget target)
    implements AutoCloseable {

  /**
   * Opens the data and prices the space; measures a table if none is there.
   *
   * @throws InvalidInputException if something that the settings name isn't there or doesn't fit
   */
  static SearchInput open(SearchSettings settings, Progress progress) {
    DeviceProfile device = DeviceProfiles.load(settings.device());
    Dataset dataset = openDataset(settings);
    try {
      SearchSpace space =
          SearchSpaces.load(settings.space(), settings.width(), dataset.shape(), dataset.classes());
      PricedSpace priced = price(settings, space, device, tables(settings, progress));
      return new SearchInput(dataset, priced, target(settings, priced));
    } catch (RuntimeException | Error e) {
      dataset.close();
      throw e;
    }
  }

  private static TableSource tables(SearchSettings settings, Progress progress) {
    TableSource tables = new TableSource(progress);
    return settings.checkTable() ? tables.withCheck() : tables;
  }

  private static PricedSpace price(
      SearchSettings settings, SearchSpace space, DeviceProfile device, TableSource tables) {
    if (settings.table() != null) {
      return tables.read(settings.table(), space, device, settings.allowForeignTable());
    }
    return device.isRemote()
        ? tables.ofRemote(space, device, DeviceProfiles.table(settings.device()))
        : tables.cachedOrMeasured(space, device);
  }

  /** Opens the data in the size of the space's input, with the channels that the data has. */
  static Dataset openDataset(SearchSettings settings) {
    Shape natural = SearchSpaces.load(settings.space(), settings.width(), null, null).input();
    Integer side = settings.inputSize();
    DatasetOptions options =
        new DatasetOptions(
            OptionalInt.of(side == null ? natural.height() : side),
            OptionalInt.of(side == null ? natural.width() : side),
            OptionalInt.empty(),
            settings.maxImages() == null
                ? OptionalInt.empty()
                : OptionalInt.of(settings.maxImages()));
    return Datasets.open(settings.dataset(), Optional.ofNullable(settings.dataDir()), options);
  }

  /** What a run on this, with these settings, can be told from others by. */
  Identity identity(SearchSettings settings) {
    return Identity.of(
        StrictYaml.tree(settings),
        Map.of(
            "dataHash", dataset.hash(),
            "tableHash", LatencyTables.hash(priced.table()),
            "spaceHash", Identity.hash(priced.blocks().toString())));
  }

  private static LatencyTarget target(SearchSettings settings, PricedSpace priced) {
    LatencyTable table = priced.table();
    double low = priced.latency().minMillis();
    double high = priced.latency().maxMillis();
    double millis = settings.targetMillis() == null ? (low + high) / 2 : settings.targetMillis();
    LatencyTarget target = LatencyTarget.of(millis, settings.targetPercentile(), table);
    if (target.boundMillis() <= low) {
      throw new InvalidInputException(
          String.format(
              Locale.ROOT,
              "--target-ms is %s; networks of space %s reach from %.3f ms to %.3f ms on %s%s: ask for"
                  + " more than the least, or take a narrower space (--width).",
              millis,
              settings.space(),
              low * (1 + target.margin()),
              high * (1 + table.margin(high)),
              settings.device(),
              target.margin() == 0
                  ? ""
                  : String.format(
                      Locale.ROOT,
                      ", with the margin of %.1f %% that the table's verification asks for",
                      100 * target.margin())));
    }
    return target;
  }

  @Override
  public void close() {
    dataset.close();
  }
}
