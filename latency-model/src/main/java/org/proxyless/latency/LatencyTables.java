package org.proxyless.latency;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.proxyless.base.AtomicFile;
import org.proxyless.base.InvalidInputException;
import org.proxyless.latency.proto.Table;

/**
 * Latency tables as files. The ending chooses the form: {@code .json} is readable and editable, any
 * other is binary Protobuf in a frame that betrays every damage. Both hold the same message.
 */
public final class LatencyTables {
  private static final String JSON = ".json";

  private LatencyTables() {}

  /**
   * Reads a table.
   *
   * @throws InvalidInputException if the file is not there, damaged, of a newer version, or holds
   *     an entry that cannot be a latency
   */
  public static LatencyTable read(Path file) {
    return read(file.toUri());
  }

  /**
   * Reads a table from a file or the class path.
   *
   * @throws InvalidInputException as {@link #read(Path)}
   */
  public static LatencyTable read(URI source) {
    TableFaults faults = new TableFaults("latency table " + name(source));
    return read(source, faults).orElseThrow(() -> new InvalidInputException(faults.found().get(0)));
  }

  /**
   * Everything that is wrong with a table's file, one line each, with the line in the file where
   * the form is JSON; empty if {@link #read} reads it.
   *
   * @throws InvalidInputException if the file cannot be read at all
   */
  public static List<String> faults(Path file) {
    TableFaults faults = new TableFaults(file.toString());
    read(file.toUri(), faults);
    return faults.found();
  }

  private static Optional<LatencyTable> read(URI source, TableFaults faults) {
    byte[] content;
    try (InputStream stream = source.toURL().openStream()) {
      content = stream.readAllBytes();
    } catch (IOException e) {
      throw new InvalidInputException(
          "latency table " + name(source) + " cannot be read. Check the path.", e);
    }
    Optional<Table> message =
        source.toString().endsWith(JSON)
            ? TableJson.read(content, faults)
            : TableFrame.read(content, faults);
    return message.flatMap(read -> TableMessages.toTable(read, faults));
  }

  private static String name(URI source) {
    return source.getScheme().equals("file") ? Path.of(source).toString() : source.toString();
  }

  /**
   * Writes a table: whole or not at all.
   *
   * @throws java.io.UncheckedIOException if the file cannot be written
   */
  public static void write(LatencyTable table, Path file) {
    var message = TableMessages.toMessage(table);
    AtomicFile.write(file, isJson(file) ? TableJson.write(message) : TableFrame.wrap(message));
  }

  /** SHA-256 of the table's canonical bytes in hexadecimal: equal tables have equal hashes. */
  public static String hash(LatencyTable table) {
    return HexFormat.of()
        .formatHex(sha256().digest(TableMessages.bytes(TableMessages.toMessage(table))));
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static boolean isJson(Path file) {
    return file.getFileName().toString().endsWith(JSON);
  }
}
