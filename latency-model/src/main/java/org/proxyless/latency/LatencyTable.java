package org.proxyless.latency;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.proxyless.base.InvalidInputException;
import org.proxyless.network.Operator;

/**
 * The latency of every operator of a search space on one device (the lookup table of ProxylessNAS,
 * section 3.3) or the terms of a linear model of it, and where the figures come from. Files: {@link
 * LatencyTables}.
 *
 * @param kind what the entries are
 * @param device name of the device profile
 * @param space name of the search space it was measured for; informative, lookups go by key alone
 * @param fingerprint of the machine it was measured on; without facts when imported
 * @param settings of the device profile that were in force
 * @param toolVersions what measured it
 * @param created when
 * @param entries by keys as in {@link TableKeys}, of which the most particular counts; and {@link
 *     #CALL} for the cost of the call or, in a linear model, {@link #BIAS}
 * @param correction added to the sums of entries
 * @param verification how well it predicted when it was last verified; empty if it never was
 * @param timings whole networks that were measured with the entries
 * @param estimate what sums use in place of entries and correction, fitted to entries and timings
 *     at once; empty for tables of which too little is known
 */
public record LatencyTable(
    TableKind kind,
    String device,
    String space,
    Fingerprint fingerprint,
    SortedMap<String, String> settings,
    SortedMap<String, String> toolVersions,
    Instant created,
    SortedMap<String, LatencyEntry> entries,
    Correction correction,
    Optional<Verification> verification,
    List<NetworkTiming> timings,
    Optional<TableEstimate> estimate)
    implements LatencyModel {

  /** The key of the entry for what a call of the deployed network costs besides its operators. */
  public static final String CALL = "call";

  /** The key of a linear model's bias. */
  public static final String BIAS = "bias";

  /**
   * @throws InvalidInputException if an entry holds a value that cannot be what the kind says, a
   *     linear model has no bias, or an estimate lacks an entry's key
   */
  public LatencyTable {
    settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
    toolVersions = Collections.unmodifiableSortedMap(new TreeMap<>(toolVersions));
    entries = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
    timings = List.copyOf(timings);
    for (Map.Entry<String, LatencyEntry> entry : entries.entrySet()) {
      entry.getValue().requireSound(entry.getKey(), kind);
    }
    if (kind == TableKind.LINEAR_MODEL && !entries.containsKey(BIAS)) {
      throw new InvalidInputException(
          "a linear model needs an entry '" + BIAS + "'; without it no total is a latency.");
    }
    if (estimate.isPresent() && !estimate.get().keys().containsAll(entries.keySet())) {
      TreeSet<String> missing = new TreeSet<>(entries.keySet());
      missing.removeAll(estimate.get().keys());
      throw new InvalidInputException(
          "the estimate lacks '" + missing.first() + "'. Measure the table again.");
    }
  }

  /** A table that was not fitted to whole networks: sums of entries, corrected. */
  public LatencyTable(
      TableKind kind,
      String device,
      String space,
      Fingerprint fingerprint,
      SortedMap<String, String> settings,
      SortedMap<String, String> toolVersions,
      Instant created,
      SortedMap<String, LatencyEntry> entries,
      Correction correction,
      Optional<Verification> verification) {
    this(
        kind,
        device,
        space,
        fingerprint,
        settings,
        toolVersions,
        created,
        entries,
        correction,
        verification,
        List.of(),
        Optional.empty());
  }

  /**
   * What every network costs besides its operators: the call or the bias, corrected. 0 in a lookup
   * table without an entry for the call, as imported ones are.
   */
  @Override
  public double callMillis() {
    if (estimate.isPresent()) {
      return estimate.get().keys().contains(CALL) ? estimate.get().millis(CALL) : 0;
    }
    LatencyEntry constant = entries.get(kind == TableKind.LINEAR_MODEL ? BIAS : CALL);
    return (constant == null ? 0 : constant.medianMillis()) + correction.constantMillis();
  }

  /**
   * What an operator at a place adds, corrected; Zero costs 0 in a lookup table and needs no entry.
   *
   * @throws InvalidInputException if the table has no entry for it: there is no default
   */
  @Override
  public double operatorMillis(int place, Operator operator) {
    if (estimate.isPresent() && estimate.get().keys().contains(operator.key())) {
      return estimate.get().millis(operator.key());
    }
    return entryMillis(TableKeys.of(place, operator), operator)
        + correction.millis(place, operator);
  }

  /** Whether there is a price for an operator at a place. */
  public boolean covers(int place, Operator operator) {
    return find(TableKeys.of(place, operator), operator).isPresent();
  }

  private double entryMillis(List<String> keys, Operator operator) {
    return find(keys, operator)
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "the latency table of device '"
                        + device
                        + "' for space '"
                        + space
                        + "' has no entry for operator '"
                        + (kind == TableKind.LINEAR_MODEL ? keys.get(0) : operator.key())
                        + "'. Use a table that was measured for this space and input size, or"
                        + " measure one with `profile`."));
  }

  private OptionalDouble find(List<String> keys, Operator operator) {
    for (String key : keys) {
      LatencyEntry entry = entries.get(key);
      if (entry != null) {
        return OptionalDouble.of(entry.medianMillis());
      }
    }
    boolean free = operator.isZero() && kind == TableKind.LOOKUP_TABLE;
    return free ? OptionalDouble.of(0) : OptionalDouble.empty();
  }

  /**
   * The median latency of an operator as its entry states it, wherever it stands and without the
   * correction; Zero costs 0 and needs no entry. Networks are priced by {@link NetworkLatency}.
   *
   * @throws InvalidInputException if the table has no entry for it: there is no default
   */
  public double latencyMillis(Operator operator) {
    return entryMillis(List.of(operator.key()), operator);
  }

  /**
   * How much dearer than predicted a network may turn out, as a share: for a target T predictions
   * are kept at T/(1 + margin). See {@link TableEstimate#margin} and {@link Verification#margin}.
   *
   * @param latencyMillis the prediction at hand
   * @return 0 if the table was never verified: see {@link #isVerified()}
   */
  public double margin(double latencyMillis) {
    return estimate
        .map(TableEstimate::margin)
        .or(() -> verification.map(last -> last.margin(latencyMillis)))
        .orElse(0.0);
  }

  /**
   * Standard deviation of what a network takes around its prediction, as a share of it, in the mean
   * over the networks that were measured; empty where it is not known.
   */
  public OptionalDouble relativeDeviation() {
    return estimate.isEmpty()
        ? OptionalDouble.empty()
        : timings.stream().mapToDouble(estimate.get()::relativeDeviation).average();
  }

  /** Whether the table's predictions were ever compared with measurements. */
  public boolean isVerified() {
    return verification.isPresent();
  }

  /** This table with other measurements or what was fitted to them; unverified. */
  public LatencyTable withEstimate(TableEstimate estimate) {
    Builder estimated = toBuilder().correction(Correction.NONE).estimate(estimate);
    estimated.verification = Optional.empty();
    return estimated.build();
  }

  /** This table with the outcome of a verification. */
  public LatencyTable withVerification(Verification verification) {
    return toBuilder().verification(verification).build();
  }

  /** This table with another correction, and unverified: residuals are those of the old sums. */
  public LatencyTable withCorrection(Correction correction) {
    Builder corrected = toBuilder().correction(correction);
    corrected.verification = Optional.empty();
    return corrected.build();
  }

  /** Collects a table that begins as this one. */
  public Builder toBuilder() {
    Builder builder = new Builder(kind, device, space);
    builder.fingerprint(fingerprint).settings(settings).toolVersions(toolVersions);
    builder.created(created).correction(correction);
    builder.verification = verification;
    builder.entries.putAll(entries);
    builder.timings.addAll(timings);
    builder.estimate = estimate;
    return builder;
  }

  /** Collects the latencies of a device. */
  public static Builder builder(String device, String space) {
    return new Builder(TableKind.LOOKUP_TABLE, device, space);
  }

  /** Collects the terms of a linear model of a device. */
  public static Builder linearModel(String device, String space) {
    return new Builder(TableKind.LINEAR_MODEL, device, space);
  }

  /** Collects a table; what is not set is empty, the time is the epoch. */
  public static final class Builder {
    private final TableKind kind;
    private final String device;
    private final String space;
    private final TreeMap<String, LatencyEntry> entries = new TreeMap<>();
    private Fingerprint fingerprint = Fingerprint.of(Map.of());
    private Map<String, String> settings = Map.of();
    private Map<String, String> toolVersions = Map.of();
    private Instant created = Instant.EPOCH;
    private Correction correction = Correction.NONE;
    private Optional<Verification> verification = Optional.empty();
    private final List<NetworkTiming> timings = new ArrayList<>();
    private Optional<TableEstimate> estimate = Optional.empty();

    private Builder(TableKind kind, String device, String space) {
      this.kind = kind;
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

    /** What is added to the sums of entries. */
    public Builder correction(Correction correction) {
      this.correction = correction;
      return this;
    }

    /** The outcome of the last verification. */
    public Builder verification(Verification verification) {
      this.verification = Optional.of(verification);
      return this;
    }

    /** One more network that was measured. */
    public Builder timing(NetworkTiming timing) {
      timings.add(timing);
      return this;
    }

    /** What was fitted to entries and timings. */
    public Builder estimate(TableEstimate estimate) {
      this.estimate = Optional.of(estimate);
      return this;
    }

    /** An entry in place of the one that its key has, if any. */
    public Builder replace(String key, LatencyEntry entry) {
      entry.requireSound(key, kind);
      entries.put(key, entry);
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

    /** The bias of a linear model. */
    public Builder bias(double millis) {
      return put(BIAS, LatencyEntry.ofMillis(millis));
    }

    /**
     * An entry by its key.
     *
     * @throws InvalidInputException if the key is there already or the entry cannot be what the
     *     kind says
     */
    public Builder put(String key, LatencyEntry entry) {
      entry.requireSound(key, kind);
      if (entries.putIfAbsent(key, entry) != null) {
        throw new InvalidInputException(
            "entry '" + key + "' is there twice; a table has one entry for each operator.");
      }
      return this;
    }

    /** The table. */
    public LatencyTable build() {
      return new LatencyTable(
          kind,
          device,
          space,
          fingerprint,
          new TreeMap<>(settings),
          new TreeMap<>(toolVersions),
          created,
          entries,
          correction,
          verification,
          timings,
          estimate);
    }
  }
}
