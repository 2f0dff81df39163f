package org.proxyless.latency;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The latency of every operator of a search space on one device (the lookup table of ProxylessNAS,
 * section 3.3), and where the figures come from. Files: {@link LatencyTables}.
 *
 * @param device name of the device profile
 * @param space name of the search space it was measured for; informative, lookups go by key alone
 * @param fingerprint of the machine it was measured on; without facts when imported
 * @param settings of the device profile that were in force
 * @param toolVersions what measured it
 * @param created when
 * @param entries by {@link Operator#key()}, and {@link #CALL} for the cost of the call
 */
public record LatencyTable(
    String device,
    String space,
    Fingerprint fingerprint,
    SortedMap<String, String> settings,
    SortedMap<String, String> toolVersions,
    Instant created,
    SortedMap<String, LatencyEntry> entries)
    implements LatencyModel {

  /** The key of the entry for what a call of the deployed network costs besides its operators. */
  public static final String CALL = "call";

  /**
   * @throws InvalidInputException if an entry holds a value that cannot be a latency
   */
  public LatencyTable {
    settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
    toolVersions = Collections.unmodifiableSortedMap(new TreeMap<>(toolVersions));
    entries = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
    entries.forEach((key, entry) -> entry.requireSound(key));
  }

  /** What a call costs; 0 in a table without that entry, as imported ones are. */
  @Override
  public double callMillis() {
    LatencyEntry call = entries.get(CALL);
    return call == null ? 0 : call.medianMillis();
  }

  @Override
  public double operatorMillis(int place, Operator operator) {
    return latencyMillis(operator);
  }

  /**
   * The median latency of an operator; Zero costs 0 and needs no entry.
   *
   * @throws InvalidInputException if the table has no entry for it: there is no default
   */
  public double latencyMillis(Operator operator) {
    if (operator.isZero()) {
      return 0;
    }
    LatencyEntry entry = entries.get(operator.key());
    if (entry == null) {
      throw new InvalidInputException(
          "the latency table of device '"
              + device
              + "' for space '"
              + space
              + "' has no entry for operator '"
              + operator.key()
              + "'. Use a table that was measured for this space and input size, or measure one with"
              + " `profile`.");
    }
    return entry.medianMillis();
  }

  /** Collects a table of a device. */
  public static Builder builder(String device, String space) {
    return new Builder(device, space);
  }

  /** Collects a table; what is not set is empty, the time is the epoch. */
  public static final class Builder {
    private final String device;
    private final String space;
    private final TreeMap<String, LatencyEntry> entries = new TreeMap<>();
    private Fingerprint fingerprint = Fingerprint.of(Map.of());
    private Map<String, String> settings = Map.of();
    private Map<String, String> toolVersions = Map.of();
    private Instant created = Instant.EPOCH;

    private Builder(String device, String space) {
      this.device = device;
      this.space = space;
    }

    /** The machine that is measured. */
    public Builder fingerprint(Fingerprint fingerprint) {
      this.fingerprint = fingerprint;
      return this;
    }

    /** The settings of the device profile in force. */
    public Builder settings(Map<String, String> settings) {
      this.settings = settings;
      return this;
    }

    /** What measures. */
    public Builder toolVersions(Map<String, String> toolVersions) {
      this.toolVersions = toolVersions;
      return this;
    }

    /** The time of measuring. */
    public Builder created(Instant created) {
      this.created = created;
      return this;
    }

    /** The latency of an operator. */
    public Builder put(Operator operator, LatencyEntry entry) {
      return put(operator.key(), entry);
    }

    /** The cost of the call. */
    public Builder call(LatencyEntry entry) {
      return put(CALL, entry);
    }

    /**
     * An entry by its key.
     *
     * @throws InvalidInputException if the key is there already or the entry cannot be a latency
     */
    public Builder put(String key, LatencyEntry entry) {
      entry.requireSound(key);
      if (entries.putIfAbsent(key, entry) != null) {
        throw new InvalidInputException(
            "entry '" + key + "' is there twice; a table has one entry for each operator.");
      }
      return this;
    }

    /** The table. */
    public LatencyTable build() {
      return new LatencyTable(
          device,
          space,
          fingerprint,
          new TreeMap<>(settings),
          new TreeMap<>(toolVersions),
          created,
          entries);
    }
  }
}
