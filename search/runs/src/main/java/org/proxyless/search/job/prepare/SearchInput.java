package org.proxyless.search.job.prepare;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.proxyless.base.CacheFolder;
import org.proxyless.base.Identity;
import org.proxyless.base.InvalidInputException;
import org.proxyless.base.StrictYaml;
import org.proxyless.devices.DeviceProfile;
import org.proxyless.devices.DeviceProfiles;
import org.proxyless.latency.LatencyTables;
import org.proxyless.latency.choice.OperatorChoice.Limit;
import org.proxyless.network.BlockGraph;
import org.proxyless.network.Operator;
import org.proxyless.network.Shape;
import org.proxyless.search.data.Dataset;
import org.proxyless.search.data.Datasets;
import org.proxyless.search.data.source.DatasetOptions;
import org.proxyless.search.data.source.ImageCache;
import org.proxyless.search.data.source.RecordFeatures;
import org.proxyless.search.job.result.FootprintLimits;
import org.proxyless.search.job.result.LatencyTarget;
import org.proxyless.search.run.progress.Progress;
import org.proxyless.search.run.settings.ReadingSettings;
import org.proxyless.search.run.settings.SearchSettings;
import org.proxyless.search.space.SearchSpace;
import org.proxyless.search.space.SearchSpaces;

/**
 * What a search works on.
 *
 * @param dataset in the size that was asked for
 * @param priced the space for this data, with latencies
 * @param targets those that were asked for, the least first, or the middle of what the space can do
 * @param second another device whose latency is kept, too
 * @param others what the network keeps beside the latency: parameters, multiply-accumulates, and
 *     the second device's latency
 */
public record SearchInput(
    Dataset dataset,
    PricedSpace priced,
    List<LatencyTarget> targets,
    Optional<SecondDevice> second,
    List<Limit> others)
    implements AutoCloseable {
  private static final String CHECKED_IMAGES = "checked-images";

  /**
   * Opens the data and prices the space; measures a table if none is there.
   *
   * @throws InvalidInputException if something that the settings name isn't there or doesn't fit
   */
  public static SearchInput open(SearchSettings settings, Progress progress) {
    DeviceProfile device = DeviceProfiles.load(settings.device()); // before the work
    Dataset dataset = openDataset(settings, progress);
    if (settings.dataDir() != null) {
      dataset.found().forEach(progress::note);
    }
    try {
      SearchSpace space =
          SearchSpaces.load(settings.space(), settings.width(), dataset.shape(), dataset.classes());
      Feasibility.requireConceivable(settings, space, device);
      PricedSpace now =
          price(
              settings.device(),
              settings.table(),
              settings.allowForeignTable(),
              space,
              tables(settings, progress));
      Optional<SecondDevice> second =
          settings.alsoDevice() == null
              ? Optional.empty()
              : Optional.of(second(settings, space, tables(settings, progress)));
      List<Limit> others = others(settings, space, dataset.classNames(), second);
      PricedSpace priced = Feasibility.atSpeedOfTargets(settings, now, others, progress);
      return new SearchInput(dataset, priced, targets(settings, priced, others), second, others);
    } catch (RuntimeException | Error e) {
      dataset.close();
      throw e;
    }
  }

  private static TableSource tables(SearchSettings settings, Progress progress) {
    TableSource tables = new TableSource(progress);
    if (!settings.checkTable()) {
      return tables;
    }
    return settings.strictTable() ? tables.withStrictCheck() : tables.withCheck();
  }

  /** Prices a space with the table that is named, or the device's own. */
  public static PricedSpace price(
      String device, Path table, boolean allowForeign, SearchSpace space, TableSource tables) {
    DeviceProfile profile = DeviceProfiles.load(device);
    if (table != null) {
      return tables.read(table, space, profile, allowForeign);
    }
    return profile.isRemote()
        ? tables.ofRemote(space, profile, DeviceProfiles.table(device))
        : tables.cachedOrMeasured(space, profile);
  }

  /** Opens the data in the size of the space's input, with the channels that the data has. */
  public static Dataset openDataset(SearchSettings settings) {
    return openDataset(settings, Progress.silent());
  }

  /** The same, showing how far it is where the data is large. */
  public static Dataset openDataset(SearchSettings settings, Progress progress) {
    Shape natural = SearchSpaces.load(settings.space(), settings.width(), null, null).input();
    Integer side = settings.inputSize();
    ReadingSettings reading =
        settings.reading() == null ? ReadingSettings.DEFAULT : settings.reading();
    DatasetOptions options =
        new DatasetOptions(
            OptionalInt.of(side == null ? natural.height() : side),
            OptionalInt.of(side == null ? natural.width() : side),
            OptionalInt.empty(),
            settings.maxImages() == null
                ? OptionalInt.empty()
                : OptionalInt.of(settings.maxImages()),
            reading.skipsUnreadable(),
            Optional.of(CacheFolder.of(CHECKED_IMAGES)),
            Optional.ofNullable(reading.imageCache())
                .map(folder -> new ImageCache(folder, reading.imageCacheBytes())),
            new RecordFeatures(
                Objects.requireNonNullElse(reading.imageFeature(), RecordFeatures.DEFAULT.image()),
                Objects.requireNonNullElse(
                    reading.labelFeature(), RecordFeatures.DEFAULT.label())));
    return Datasets.open(
        settings.dataset(),
        Optional.ofNullable(settings.dataDir()),
        options,
        new ShownOpening(progress));
  }

  /** What a run on this, with these settings, can be told from others by. */
  public Identity identity(SearchSettings settings) {
    return Identity.of(
        StrictYaml.tree(settings),
        Map.of(
            "dataHash",
            dataset.hash(),
            "tableHash",
            LatencyTables.hash(priced.table()),
            "secondTableHash",
            second.map(other -> LatencyTables.hash(other.priced().table())).orElse("none"),
            "spaceHash",
            Identity.hash(shape(priced.space()))));
  }

  /** What a chain was always called by, so that its runs go on; else the whole graph. */
  private static String shape(SearchSpace space) {
    BlockGraph graph = space.graph();
    return graph.isChain() && graph.couplings().isEmpty()
        ? graph.blocks().stream().map(BlockGraph.Block::candidates).toList().toString()
        : graph.toString();
  }

  private static List<LatencyTarget> targets(
      SearchSettings settings, PricedSpace priced, List<Limit> others) {
    if (settings.targetsMillis() == null) {
      return List.of(Feasibility.required(settings, settings.targetMillis(), priced, others));
    }
    return settings.targetsMillis().stream()
        .map(millis -> Feasibility.required(settings, millis, priced, others))
        .toList();
  }

  /** The one target, or the greatest. */
  public LatencyTarget target() {
    return targets.get(targets.size() - 1);
  }

  private static SecondDevice second(
      SearchSettings settings, SearchSpace space, TableSource tables) {
    PricedSpace priced =
        price(
            settings.alsoDevice(),
            settings.alsoTable(),
            settings.allowForeignTable(),
            space,
            tables);
    return new SecondDevice(
        priced,
        LatencyTarget.of(settings.alsoTargetMillis(), settings.targetPercentile(), priced.table()));
  }

  private static List<Limit> others(
      SearchSettings settings,
      SearchSpace space,
      List<String> classNames,
      Optional<SecondDevice> second) {
    List<Limit> limits = new ArrayList<>();
    if (settings.maxParams() != null) {
      limits.add(
          Limit.of("--max-params", settings.maxParams(), space.graph(), Operator::parameters));
    }
    if (settings.maxMacs() != null) {
      limits.add(Limit.of("--max-macs", settings.maxMacs(), space.graph(), Operator::macs));
    }
    if (settings.deployed() != null) {
      limits.addAll(new FootprintLimits(settings.deployed(), space, classNames).all());
    }
    second.map(SecondDevice::limit).ifPresent(limits::add);
    return limits;
  }

  @Override
  public void close() {
    dataset.close();
  }
}
