package org.proxyless.search.tensorboard;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.zip.CRC32C;
import org.tensorflow.proto.Event;

/**
 * A file of events in TensorFlow's record format, little-endian: {@code length (8 bytes), masked
 * CRC-32C of the length (4), content, masked CRC-32C of the content (4)}. A record goes to the
 * system in one write, so that a process that is killed leaves whole records.
 */
final class EventFile implements AutoCloseable {
  /** What readers expect in the first event. */
  private static final String VERSION = "brain.Event:2";

  private static final int MASK = 0xa282ead8;
  private static final int FRAME_BYTES = Long.BYTES + 2 * Integer.BYTES;

  private final Path file;
  private final FileChannel channel;

  private EventFile(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Starts a new file in a folder, which is made if it is not there. Its name has the parts that
   * TensorBoard sorts and recognises: time, host, process.
   */
  static EventFile create(Path folder, Instant start) {
    try {
      Files.createDirectories(folder);
      for (int number = 0; ; number++) {
        Path file =
            folder.resolve(
                String.format(
                    Locale.ROOT,
                    "events.out.tfevents.%010d.%s.%d.%d",
                    start.getEpochSecond(),
                    host(),
                    ProcessHandle.current().pid(),
                    number));
        try {
          EventFile events = new EventFile(file, FileChannel.open(file, CREATE_NEW, WRITE));
          events.append(
              Event.newBuilder().setWallTime(seconds(start)).setFileVersion(VERSION).build());
          return events;
        } catch (FileAlreadyExistsException e) {
          // Another part of this run began in this second: the next number is free.
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write events into " + folder, e);
    }
  }

  /** Since 1970, as events state their time. */
  static double seconds(Instant time) {
    return time.getEpochSecond() + time.getNano() / 1e9;
  }

  /** Adds an event, whole. */
  void append(Event event) {
    byte[] content = event.toByteArray();
    ByteBuffer record =
        ByteBuffer.allocate(FRAME_BYTES + content.length).order(ByteOrder.LITTLE_ENDIAN);
    record.putLong(content.length);
    record.putInt(maskedCrc(record.array(), 0, Long.BYTES));
    record.put(content);
    record.putInt(maskedCrc(content, 0, content.length));
    record.flip();
    try {
      while (record.hasRemaining()) {
        channel.write(record);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  /** Rotated and shifted, since a checksum of data that holds its own checksum tells little. */
  private static int maskedCrc(byte[] bytes, int offset, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, offset, length);
    return Integer.rotateRight((int) crc.getValue(), 15) + MASK;
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost"; // a machine without a name; the name only tells files apart
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}
