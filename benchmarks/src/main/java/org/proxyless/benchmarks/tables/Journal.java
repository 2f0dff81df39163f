package org.proxyless.benchmarks.tables;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.proxyless.base.InvalidInputException;
import org.proxyless.benchmarks.jmh.Messages;
import org.proxyless.benchmarks.sites.Visit;

/**
 * The visits of a campaign, kept in a file so that one that is killed goes on where it stopped. The
 * first line says what is measured, each other one is a visit; a last line that is not whole was
 * being written when the program died, and does not count.
 */
final class Journal implements AutoCloseable {
  private static final ObjectMapper JSON = Messages.JSON;

  private final Optional<Path> file;
  private final Optional<FileChannel> channel;
  private final List<Visit> visits = new ArrayList<>();
  private boolean startedAfresh;

  private Journal(Optional<Path> file, Optional<FileChannel> channel) {
    this.file = file;
    this.channel = channel;
  }

  /** Keeps visits as long as the program runs. */
  static Journal inMemory() {
    return new Journal(Optional.empty(), Optional.empty());
  }

  /**
   * Opens a file, and reads it if it is of the same campaign; else it begins anew.
   *
   * @param header everything that decides what is measured
   * @throws InvalidInputException if another program is using it
   */
  static Journal open(Path file, Object header) {
    try {
      FileChannel channel = FileChannel.open(file, CREATE, READ, WRITE);
      Journal journal = new Journal(Optional.of(file), Optional.of(channel));
      try {
        journal.lock();
        journal.read(JSON.valueToTree(header));
        return journal;
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot use the journal " + file, e);
    }
  }

  private void lock() throws IOException {
    boolean mine;
    try {
      mine = channel.orElseThrow().tryLock() != null;
    } catch (OverlappingFileLockException e) {
      mine = false;
    }
    if (!mine) {
      throw new InvalidInputException(
          "the journal "
              + file.orElseThrow()
              + " is in use: this table is being measured. Wait for that to end.");
    }
  }

  private void read(JsonNode header) throws IOException {
    FileChannel open = channel.orElseThrow();
    String text = new String(Channels.newInputStream(open).readAllBytes(), StandardCharsets.UTF_8);
    String whole = text.substring(0, text.lastIndexOf('\n') + 1);
    List<String> lines = whole.lines().toList();
    if (!lines.isEmpty() && isHeader(lines.get(0), header)) {
      for (String line : lines.subList(1, lines.size())) {
        visits.add(visit(line));
      }
      open.truncate(whole.getBytes(StandardCharsets.UTF_8).length);
      open.position(open.size());
    } else {
      startedAfresh = !lines.isEmpty();
      open.truncate(0);
      write(header);
    }
  }

  private static boolean isHeader(String line, JsonNode header) {
    try {
      // Through text on both sides: a number may be int here and long there.
      return JSON.readTree(line).equals(JSON.readTree(header.toString()));
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  private Visit visit(String line) {
    try {
      return JSON.readValue(line, Visit.class);
    } catch (JsonProcessingException e) {
      throw new InvalidInputException(
          "the journal "
              + file.orElseThrow()
              + " is damaged ("
              + e.getOriginalMessage()
              + "). Delete it to measure from the beginning.",
          e);
    }
  }

  /** Whether there was a file, but of another campaign. */
  boolean startedAfresh() {
    return startedAfresh;
  }

  /** All visits so far, in the order in which they were made. */
  List<Visit> visits() {
    return Collections.unmodifiableList(visits);
  }

  /** Keeps a visit; once this returns, a crash does not lose it. */
  void add(Visit visit) {
    visits.add(visit);
    write(visit);
  }

  private void write(Object line) {
    if (channel.isEmpty()) {
      return;
    }
    try {
      byte[] text = (JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8);
      ByteBuffer rest = ByteBuffer.wrap(text);
      while (rest.hasRemaining()) {
        channel.get().write(rest);
      }
      channel.get().force(false);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the journal " + file.orElseThrow(), e);
    }
  }

  /** Deletes the file: what it was for is complete. */
  void delete() {
    try {
      if (file.isPresent()) {
        Files.delete(file.get());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete the journal " + file.get(), e);
    }
  }

  @Override
  public void close() {
    try {
      if (channel.isPresent()) {
        channel.get().close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close the journal " + file.orElseThrow(), e);
    }
  }
}
