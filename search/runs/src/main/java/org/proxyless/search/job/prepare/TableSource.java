package org.proxyless.search.job.prepare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.proxyless.base.CacheFolder;
import org.proxyless.base.InvalidInputException;
import org.proxyless.benchmarks.sites.MeasuringSites;
import org.proxyless.benchmarks.tables.Profiler;
import org.proxyless.benchmarks.tables.ProfilingTask;
import org.proxyless.benchmarks.tables.Quality;
import org.proxyless.benchmarks.tables.TableCheck;
import org.proxyless.devices.DeviceProfile;
import org.proxyless.latency.Fingerprint;
import org.proxyless.latency.LatencyTable;
import org.proxyless.latency.LatencyTables;
import org.proxyless.latency.SpaceLatency;
import org.proxyless.network.BlockGraph;
import org.proxyless.search.run.progress.Progress;
import org.proxyless.search.space.SearchSpace;

/**
 * Where a search gets its latency table: from a file, from the user's cache, or by measuring. The
 * cache's file names carry a hash of everything a table depends on, so a table that is found fits.
 */
public final class TableSource {
  private static final String CACHE = "tables";
  private static final long SEED = 1;

  /** Changes with what a table's figures mean: older ones are not found. */
  private static final String MEASURED_HOW = "beside the second of two reference calls\n";

  private final Progress progress;
  private final Path cache;
  private final boolean checks;
  private final boolean strict;

  /** Uses the cache in the user's home, or where {@code XDG_CACHE_HOME} says. */
  public TableSource(Progress progress) {
    this(progress, CacheFolder.of(CACHE));
  }

  public TableSource(Progress progress, Path cache) {
    this(progress, cache, false, false);
  }

  private TableSource(Progress progress, Path cache, boolean checks, boolean strict) {
    this.progress = progress;
    this.cache = cache;
    this.checks = checks;
    this.strict = strict;
  }

  /** The same, but every table of this machine is compared with what the machine does now. */
  public TableSource withCheck() {
    return new TableSource(progress, cache, true, false);
  }

  /** The same, and one whose operators have moved by different factors is refused. */
  public TableSource withStrictCheck() {
    return new TableSource(progress, cache, true, true);
  }

  /**
   * Reads a table that the user named.
   *
   * @param allowForeign whether it may come from another machine
   * @throws InvalidInputException if it comes from another machine and may not, or lacks an
   *     operator
   */
  public PricedSpace read(
      Path file, SearchSpace space, DeviceProfile device, boolean allowForeign) {
    LatencyTable table = LatencyTables.read(file);
    if (device.isRemote()) {
      requireOf(device, table, file.toString());
      return new PricedSpace(space, device, table, false);
    }
    List<String> differences =
        table.fingerprint().differences(MeasuringSites.of(device).fingerprint(device));
    boolean here = differences.isEmpty() && table.device().equals(device.name());
    if (!here && !allowForeign) {
      throw new InvalidInputException(
          "table "
              + file
              + " was measured elsewhere ("
              + (differences.isEmpty()
                  ? "device " + table.device() + ", not " + device.name()
                  : String.join("; ", differences))
              + "). Measure one here with 'profile', or add --allow-foreign-table to search for that"
              + " machine.");
    }
    if (!here) {
      return new PricedSpace(space, device, table, false);
    }
    return checked(table, device)
        .map(current -> priced(space, device, current))
        .orElseGet(
            () -> {
              progress.note(file + " stays as it is");
              return measuredAnew(space, device);
            });
  }

  /**
   * The table that comes with a remote device: prices are predicted only.
   *
   * @param source where it is
   * @throws InvalidInputException if it cannot be read or is another device's
   */
  public PricedSpace ofRemote(SearchSpace space, DeviceProfile device, URI source) {
    LatencyTable table = LatencyTables.read(source);
    requireOf(device, table, source.toString());
    return new PricedSpace(space, device, table, false);
  }

  private static void requireOf(DeviceProfile device, LatencyTable table, String source) {
    if (!table.device().equals(device.name())) {
      throw new InvalidInputException(
          "table "
              + source
              + " is of device '"
              + table.device()
              + "', not of '"
              + device.name()
              + "'. Name that device, or a table of this one.");
    }
  }

  /**
   * The cached table of this space, device profile and machine; measured quickly if there is none.
   */
  public PricedSpace cachedOrMeasured(SearchSpace space, DeviceProfile device) {
    Path file = cacheFile(space, device);
    Optional<LatencyTable> cached = cached(file);
    Optional<TableCheck.Current> current = cached.flatMap(found -> checked(found, device));
    if (current.isPresent() && !current.get().lasting().equals(cached.get())) {
      LatencyTables.write(current.get().lasting(), file);
    }
    return current
        .map(found -> priced(space, device, found))
        .orElseGet(() -> measuredAnew(space, device));
  }

  private static PricedSpace priced(
      SearchSpace space, DeviceProfile device, TableCheck.Current current) {
    return new PricedSpace(space, device, current.forNow(), current.lasting(), true);
  }

  private PricedSpace measuredAnew(SearchSpace space, DeviceProfile device) {
    LatencyTable table = measureAgain(space, device, Quality.QUICK, cacheFile(space, device));
    return new PricedSpace(space, device, table, true);
  }

  private Optional<LatencyTable> cached(Path file) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      LatencyTable table = LatencyTables.read(file);
      progress.note("Latency table: " + file);
      return Optional.of(table);
    } catch (InvalidInputException e) {
      progress.note("The cached table is damaged and is measured again: " + e.getMessage());
      return Optional.empty();
    }
  }

  /** A table of this machine, brought up to date; empty if it takes a new one. */
  private Optional<TableCheck.Current> checked(LatencyTable table, DeviceProfile device) {
    if (!checks) {
      return Optional.of(new TableCheck.Current(table, 1));
    }
    if (!TableCheck.canCheck(table)) {
      progress.note("The table does not say how it was measured, so it is not checked");
      return Optional.of(new TableCheck.Current(table, 1));
    }
    try (MeasuringPhase phase = new MeasuringPhase(progress, "check table")) {
      return TableCheck.update(table, device, strict, phase);
    }
  }

  /**
   * Measures every operator of a space and writes the table, with JMH's results beside it. A run
   * that was stopped is gone on with; if the file holds this very table, nothing is done.
   */
  public LatencyTable measure(SearchSpace space, DeviceProfile device, Quality quality, Path file) {
    Optional<LatencyTable> finished = Profiler.finished(task(space, device, quality), file);
    if (finished.isPresent()) {
      progress.note("The table is complete, nothing is measured; --again measures it anew");
      return finished.get();
    }
    return measureAgain(space, device, quality, file);
  }

  /** Measures even if the file holds this very table. */
  public LatencyTable measureAgain(
      SearchSpace space, DeviceProfile device, Quality quality, Path file) {
    try (MeasuringPhase phase = new MeasuringPhase(progress, "profile")) {
      return Profiler.profile(task(space, device, quality), file, phase);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the latency table " + file, e);
    }
  }

  private static ProfilingTask task(SearchSpace space, DeviceProfile device, Quality quality) {
    VerificationNetworks networks =
        VerificationNetworks.draw(
            space, arithmetic(space), quality.networks(), new SplittableRandom(SEED));
    return new ProfilingTask(
        device,
        space.name(),
        space.input(),
        space.classes(),
        space.distinctOperators(),
        Stream.concat(networks.uniform().stream(), networks.spread().stream()).toList(),
        quality,
        SEED);
  }

  /** What stands for latencies while there are none: multiply-accumulates, in billions. */
  private static SpaceLatency arithmetic(SearchSpace space) {
    BlockGraph.Sums macs = space.graph().sums(0, (block, operator) -> operator.macs() / 1e9);
    return new SpaceLatency(0, macs.options(), space.graph().couplings());
  }

  /** Where the table of a space, device profile and machine is cached. */
  public Path cacheFile(SearchSpace space, DeviceProfile device) {
    Fingerprint machine = MeasuringSites.of(device).fingerprint(device);
    String everything =
        MEASURED_HOW
            + device
            + "\n"
            + machine.facts()
            + "\n"
            + space.distinctOperators().stream()
                .map(operator -> operator.key())
                .sorted()
                .collect(Collectors.joining("\n"));
    String label = space.name() + "-" + device.name() + "-" + hash(everything).substring(0, 16);
    return cache.resolve(label.replaceAll("[^A-Za-z0-9._-]", "_") + ".table");
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
