package org.proxyless.latency;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Latency tables as files. The ending chooses the form: {@code .json} is readable and editable, any
 * other is binary Protobuf in a frame that betrays every damage. Both hold the same message.
 */
public final class LatencyTables {
  private LatencyTables() {}

  /**
   * Reads a table.
   *
   * @throws InvalidInputException if the file is not there, damaged, of a newer version, or holds
   *     an entry that cannot be a latency
   */
  public static LatencyTable read(Path file) {
    byte[] content;
    try {
      content = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new InvalidInputException(
          "latency table " + file + " cannot be read. Check the path.", e);
    }
    try {
      return TableMessages.toTable(
          isJson(file) ? TableMessages.fromJson(content) : TableFrame.unwrap(content));
    } catch (InvalidInputException e) {
      throw new InvalidInputException("latency table " + file + ": " + e.getMessage(), e);
    }
  }

  /**
   * Writes a table: whole or not at all.
   *
   * @throws java.io.UncheckedIOException if the file cannot be written
   */
  public static void write(LatencyTable table, Path file) {
    var message = TableMessages.toMessage(table);
    AtomicFile.write(file, isJson(file) ? TableMessages.toJson(message) : TableFrame.wrap(message));
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
    return file.getFileName().toString().endsWith(".json");
  }
}
