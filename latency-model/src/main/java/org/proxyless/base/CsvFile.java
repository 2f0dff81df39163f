package org.proxyless.base;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A table that grows by rows while a run goes on; each row is in the file when it was appended. */
public final class CsvFile implements AutoCloseable {
  private final Path file;
  private final int columns;
  private final Writer writer;

  private CsvFile(Path file, int columns, Writer writer) {
    this.file = file;
    this.columns = columns;
    this.writer = writer;
  }

  /**
   * Starts a new file with a header.
   *
   * @throws UncheckedIOException if the file is there already, or cannot be written
   */
  public static CsvFile create(Path file, List<String> header) {
    try {
      Writer writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8, CREATE_NEW, WRITE);
      CsvFile csv = new CsvFile(file, header.size(), writer);
      csv.append(header.toArray());
      return csv;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  /**
   * Goes on with a file as it was when it had so many bytes; what came later is cut off.
   *
   * @param bytes that {@link #bytes} told; 0 starts anew
   * @throws InvalidInputException if it has fewer, so that rows are missing
   */
  public static CsvFile resume(Path file, List<String> header, long bytes) {
    try {
      if (bytes == 0) {
        Files.deleteIfExists(file);
        return create(file, header);
      }
      try (FileChannel channel = FileChannel.open(file, WRITE)) {
        if (channel.size() < bytes) {
          throw new InvalidInputException(
              file
                  + " has "
                  + channel.size()
                  + " bytes, but had "
                  + bytes
                  + " when the run was kept. Put back what was, or start a new run.");
        }
        channel.truncate(bytes);
      }
      Writer writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8, APPEND);
      return new CsvFile(file, header.size(), writer);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  /** How long the file is, once what was appended so far is safe from a crash of the machine. */
  public long bytes() {
    try (FileChannel channel = FileChannel.open(file, WRITE)) {
      channel.force(true);
      return channel.size();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot sync " + file, e);
    }
  }

  /**
   * Appends a row.
   *
   * @param values one for each column; null leaves the cell empty. Numbers are written in full
   *     precision
   */
  public void append(@Nullable Object... values) {
    if (values.length != columns) {
      throw new IllegalArgumentException(
          file + " has " + columns + " columns, not " + values.length);
    }
    try {
      writer.write(Arrays.stream(values).map(CsvFile::cell).collect(Collectors.joining(",")));
      writer.write('\n');
      writer.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  private static String cell(@Nullable Object value) {
    String text = value == null ? "" : value.toString();
    boolean quoted = text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return quoted ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }

  @Override
  public void close() {
    try {
      writer.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}
