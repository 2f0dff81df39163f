package org.proxyless.latency;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.JsonFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.proxyless.latency.proto.Entry;
import org.proxyless.latency.proto.Table;
import org.proxyless.latency.proto.Unit;

/** The Protobuf message of a {@link LatencyTable}, its canonical bytes and its JSON. */
final class TableMessages {
  private static final int FORMAT_VERSION = 1;

  private TableMessages() {}

  static Table toMessage(LatencyTable table) {
    Table.Builder message =
        Table.newBuilder()
            .setFormatVersion(FORMAT_VERSION)
            .setDevice(table.device())
            .setSpace(table.space())
            .setUnit(Unit.MILLISECONDS)
            .setCreated(
                Timestamp.newBuilder()
                    .setSeconds(table.created().getEpochSecond())
                    .setNanos(table.created().getNano()))
            .putAllFingerprint(table.fingerprint().facts())
            .putAllSettings(table.settings())
            .putAllToolVersions(table.toolVersions());
    table.entries().forEach((key, entry) -> message.addEntries(toMessage(key, entry)));
    return message.build();
  }

  private static Entry toMessage(String key, LatencyEntry entry) {
    Entry.Builder message = Entry.newBuilder().setKey(key).setMedianMillis(entry.medianMillis());
    entry.meanMillis().ifPresent(message::setMeanMillis);
    entry.low95Millis().ifPresent(message::setLow95Millis);
    entry.high95Millis().ifPresent(message::setHigh95Millis);
    entry.standardDeviationMillis().ifPresent(message::setStandardDeviationMillis);
    entry.samples().ifPresent(message::setSamples);
    entry.forks().ifPresent(message::setForks);
    return message.build();
  }

  static LatencyTable toTable(Table message) {
    if (message.getFormatVersion() != FORMAT_VERSION) {
      throw new InvalidInputException(
          "format version "
              + message.getFormatVersion()
              + " is not "
              + FORMAT_VERSION
              + ", the one this program reads. Use the program that wrote it.");
    }
    if (message.getUnit() != Unit.MILLISECONDS) {
      throw new InvalidInputException(
          "unit is " + message.getUnit() + "; it must be MILLISECONDS. Convert the entries.");
    }
    LatencyTable.Builder table =
        LatencyTable.builder(message.getDevice(), message.getSpace())
            .fingerprint(Fingerprint.of(message.getFingerprintMap()))
            .settings(message.getSettingsMap())
            .toolVersions(message.getToolVersionsMap())
            .created(
                Instant.ofEpochSecond(
                    message.getCreated().getSeconds(), message.getCreated().getNanos()));
    message.getEntriesList().forEach(entry -> table.put(entry.getKey(), toEntry(entry)));
    return table.build();
  }

  private static LatencyEntry toEntry(Entry entry) {
    return new LatencyEntry(
        entry.getMedianMillis(),
        optional(entry.hasMeanMillis(), entry.getMeanMillis()),
        optional(entry.hasLow95Millis(), entry.getLow95Millis()),
        optional(entry.hasHigh95Millis(), entry.getHigh95Millis()),
        optional(entry.hasStandardDeviationMillis(), entry.getStandardDeviationMillis()),
        entry.hasSamples() ? OptionalInt.of(entry.getSamples()) : OptionalInt.empty(),
        entry.hasForks() ? OptionalInt.of(entry.getForks()) : OptionalInt.empty());
  }

  private static OptionalDouble optional(boolean present, double value) {
    return present ? OptionalDouble.of(value) : OptionalDouble.empty();
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

  static byte[] toJson(Table message) {
    try {
      String json = JsonFormat.printer().sortingMapKeys().print(message);
      return (json + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("the table has no JSON form", e);
    }
  }

  static Table fromJson(byte[] content) {
    Table.Builder message = Table.newBuilder();
    try {
      JsonFormat.parser().merge(new String(content, StandardCharsets.UTF_8), message);
    } catch (InvalidProtocolBufferException e) {
      String firstLine = e.getMessage().lines().findFirst().orElse("not a table");
      throw new InvalidInputException(
          "not a table in JSON (" + firstLine + "). Mend the file or write it anew.", e);
    }
    return message.build();
  }
}
