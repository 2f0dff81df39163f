package org.proxyless.latency;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Timestamp;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.proxyless.base.InvalidInputException;
import org.proxyless.latency.proto.Entry;
import org.proxyless.latency.proto.Estimate;
import org.proxyless.latency.proto.Kind;
import org.proxyless.latency.proto.Table;
import org.proxyless.latency.proto.Term;
import org.proxyless.latency.proto.Unit;

/** The Protobuf message of a {@link LatencyTable}, its canonical bytes and its JSON. */
final class TableMessages {
  /** Knew neither linear models nor corrections. */
  private static final int FIRST_VERSION = 1;

  /** Knew no estimates. */
  private static final int SECOND_VERSION = 2;

  private static final int NEWEST_VERSION = 3;

  private TableMessages() {}

  static Table toMessage(LatencyTable table) {
    boolean linear = table.kind() == TableKind.LINEAR_MODEL;
    boolean corrected = !table.correction().equals(Correction.NONE);
    Table.Builder message =
        Table.newBuilder()
            .setFormatVersion(version(table))
            .setDevice(table.device())
            .setSpace(table.space())
            .setUnit(Unit.MILLISECONDS)
            .setCreated(timestamp(table.created()))
            .putAllFingerprint(table.fingerprint().facts())
            .putAllSettings(table.settings())
            .putAllToolVersions(table.toolVersions());
    if (linear) {
      message.setKind(Kind.LINEAR_MODEL);
    }
    if (corrected) {
      message.setCorrection(toMessage(table.correction()));
    }
    table.verification().ifPresent(last -> message.setVerification(toMessage(last)));
    table.entries().forEach((key, entry) -> message.addEntries(toMessage(key, entry)));
    table.timings().forEach(timing -> message.addTimings(toMessage(timing)));
    table.estimate().ifPresent(estimate -> message.setEstimate(toMessage(estimate)));
    return message.build();
  }

  /** The oldest that reads the table right. */
  private static int version(LatencyTable table) {
    if (table.estimate().isPresent() || !table.timings().isEmpty()) {
      return NEWEST_VERSION;
    }
    boolean plain =
        table.kind() == TableKind.LOOKUP_TABLE && table.correction().equals(Correction.NONE);
    return plain ? FIRST_VERSION : SECOND_VERSION;
  }

  private static Entry toMessage(String key, LatencyEntry entry) {
    Entry.Builder message = Entry.newBuilder().setKey(key).setMedianMillis(entry.medianMillis());
    entry.meanMillis().ifPresent(message::setMeanMillis);
    entry.low95Millis().ifPresent(message::setLow95Millis);
    entry.high95Millis().ifPresent(message::setHigh95Millis);
    entry.standardDeviationMillis().ifPresent(message::setStandardDeviationMillis);
    entry.samples().ifPresent(message::setSamples);
    entry.forks().ifPresent(message::setForks);
    entry.standardErrorMillis().ifPresent(message::setStandardErrorMillis);
    return message.build();
  }

  private static org.proxyless.latency.proto.NetworkTiming toMessage(NetworkTiming timing) {
    return org.proxyless.latency.proto.NetworkTiming.newBuilder()
        .addAllOperators(timing.operators())
        .setMillis(timing.millis())
        .setStandardErrorMillis(timing.standardErrorMillis())
        .build();
  }

  private static Estimate toMessage(TableEstimate estimate) {
    Estimate.Builder message = Estimate.newBuilder().setDiscrepancy(estimate.discrepancy());
    List<String> keys = estimate.keys();
    for (int row = 0; row < keys.size(); row++) {
      String key = keys.get(row);
      message.addTerms(Term.newBuilder().setKey(key).setMillis(estimate.millis(key)));
      for (int column = 0; column <= row; column++) {
        message.addCovariance(estimate.covariance(row, column));
      }
    }
    return message.build();
  }

  private static org.proxyless.latency.proto.Correction toMessage(Correction correction) {
    return org.proxyless.latency.proto.Correction.newBuilder()
        .setConstantMillis(correction.constantMillis())
        .putAllOperatorMillis(correction.operatorMillis())
        .build();
  }

  private static org.proxyless.latency.proto.Verification toMessage(Verification last) {
    return org.proxyless.latency.proto.Verification.newBuilder()
        .setCreated(timestamp(last.created()))
        .setNetworks(last.networks())
        .setLowMillis(last.lowMillis())
        .setHighMillis(last.highMillis())
        .addAllResidual95(last.residual95())
        .setMeanAbsoluteRelativeError(last.meanAbsoluteRelativeError())
        .setWithin5Percent(last.within5Percent())
        .setWithin10Percent(last.within10Percent())
        .setSpearman(last.spearman())
        .build();
  }

  private static Timestamp timestamp(Instant time) {
    return Timestamp.newBuilder()
        .setSeconds(time.getEpochSecond())
        .setNanos(time.getNano())
        .build();
  }

  /**
   * The table of a message; empty where faults were found.
   *
   * @param faults takes what is wrong
   */
  static Optional<LatencyTable> toTable(Table message, TableFaults faults) {
    if (!faults.check(() -> requireKnown(message))) {
      return Optional.empty();
    }
    LatencyTable.Builder table =
        message.getKind() == Kind.LINEAR_MODEL
            ? LatencyTable.linearModel(message.getDevice(), message.getSpace())
            : LatencyTable.builder(message.getDevice(), message.getSpace());
    table
        .fingerprint(Fingerprint.of(message.getFingerprintMap()))
        .settings(message.getSettingsMap())
        .toolVersions(message.getToolVersionsMap())
        .created(instant(message.getCreated()));
    if (message.hasCorrection()) {
      faults.check(() -> table.correction(toCorrection(message.getCorrection())));
    }
    if (message.hasVerification()) {
      faults.check(() -> table.verification(toVerification(message.getVerification())));
    }
    for (int i = 0; i < message.getEntriesCount(); i++) {
      Entry entry = message.getEntries(i);
      faults.checkEntry(i, () -> table.put(entry.getKey(), toEntry(entry)));
    }
    for (var timing : message.getTimingsList()) {
      faults.check(() -> table.timing(toTiming(timing)));
    }
    if (message.hasEstimate()) {
      faults.check(() -> table.estimate(toEstimate(message.getEstimate())));
    }
    if (faults.isEmpty()) {
      faults.check(table::build);
    }
    return faults.isEmpty() ? Optional.of(table.build()) : Optional.empty();
  }

  private static void requireKnown(Table message) {
    int version = message.getFormatVersion();
    if (version < FIRST_VERSION || version > NEWEST_VERSION) {
      throw new InvalidInputException(
          "format version "
              + version
              + " is not between "
              + FIRST_VERSION
              + " and "
              + NEWEST_VERSION
              + ", the ones this program reads. Use the program that wrote it.");
    }
    if (message.getUnit() != Unit.MILLISECONDS) {
      throw new InvalidInputException(
          "unit is " + message.getUnit() + "; it must be MILLISECONDS. Convert the entries.");
    }
    if (message.getKind() == Kind.UNRECOGNIZED) {
      throw new InvalidInputException(
          "kind " + message.getKindValue() + " is not known. Use the program that wrote it.");
    }
  }

  private static LatencyEntry toEntry(Entry entry) {
    if (!entry.hasMedianMillis()) {
      throw new InvalidInputException(
          "entry '" + entry.getKey() + "': medianMillis is missing. Measure it again.");
    }
    return new LatencyEntry(
        entry.getMedianMillis(),
        optional(entry.hasMeanMillis(), entry.getMeanMillis()),
        optional(entry.hasLow95Millis(), entry.getLow95Millis()),
        optional(entry.hasHigh95Millis(), entry.getHigh95Millis()),
        optional(entry.hasStandardDeviationMillis(), entry.getStandardDeviationMillis()),
        entry.hasSamples() ? OptionalInt.of(entry.getSamples()) : OptionalInt.empty(),
        entry.hasForks() ? OptionalInt.of(entry.getForks()) : OptionalInt.empty(),
        optional(entry.hasStandardErrorMillis(), entry.getStandardErrorMillis()));
  }

  private static NetworkTiming toTiming(org.proxyless.latency.proto.NetworkTiming message) {
    return new NetworkTiming(
        message.getOperatorsList(), message.getMillis(), message.getStandardErrorMillis());
  }

  private static TableEstimate toEstimate(Estimate message) {
    TreeMap<String, Double> millis = new TreeMap<>();
    message.getTermsList().forEach(term -> millis.put(term.getKey(), term.getMillis()));
    int terms = message.getTermsCount();
    if (millis.size() != terms || message.getCovarianceCount() != terms * (terms + 1) / 2) {
      throw new InvalidInputException(
          "the estimate has "
              + millis.size()
              + " different terms of "
              + terms
              + " and "
              + message.getCovarianceCount()
              + " covariances; "
              + terms
              + " terms have "
              + terms * (terms + 1) / 2
              + ". Measure the table again.");
    }
    double[][] covariance = new double[terms][terms];
    int next = 0;
    for (int row = 0; row < terms; row++) {
      for (int column = 0; column <= row; column++) {
        covariance[row][column] = covariance[column][row] = message.getCovariance(next++);
      }
    }
    return new TableEstimate(millis, covariance, message.getDiscrepancy());
  }

  private static OptionalDouble optional(boolean present, double value) {
    return present ? OptionalDouble.of(value) : OptionalDouble.empty();
  }

  private static Correction toCorrection(org.proxyless.latency.proto.Correction message) {
    return Correction.of(message.getConstantMillis(), message.getOperatorMillisMap());
  }

  private static Verification toVerification(org.proxyless.latency.proto.Verification message) {
    return new Verification(
        instant(message.getCreated()),
        message.getNetworks(),
        message.getLowMillis(),
        message.getHighMillis(),
        message.getResidual95List(),
        message.getMeanAbsoluteRelativeError(),
        message.getWithin5Percent(),
        message.getWithin10Percent(),
        message.getSpearman());
  }

  private static Instant instant(Timestamp time) {
    return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
  }

  /** The bytes that hashes and binary files use: maps in the order of their keys. */
  static byte[] bytes(Table message) {
    byte[] bytes = new byte[message.getSerializedSize()];
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.useDeterministicSerialization();
    try {
      message.writeTo(out);
    } catch (IOException e) {
      throw new IllegalStateException("the buffer has the size that Protobuf stated", e);
    }
    return bytes;
  }
}
