package org.proxyless.search.data.formats;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.proxyless.base.InvalidInputException;

/**
 * A file that is read by position. One that is gzipped is unpacked into a temporary file, which
 * goes away when this is closed or the process ends.
 */
final class BinaryFile implements AutoCloseable {
  private static final int GZIP_FIRST = 0x1f;
  private static final int GZIP_SECOND = 0x8b;

  private final String name;
  private final FileChannel channel;
  private final long bytes;

  private BinaryFile(String name, FileChannel channel) throws IOException {
    this.name = name;
    this.channel = channel;
    this.bytes = channel.size();
  }

  /** Opens a file; whether it is gzipped is told by its first two bytes. */
  static BinaryFile open(Path file) {
    requireThere(file);
    try {
      if (startsLikeGzip(file)) {
        try (InputStream packed = Files.newInputStream(file)) {
          return unpack(file.toString(), packed);
        }
      }
      return new BinaryFile(file.toString(), FileChannel.open(file, StandardOpenOption.READ));
    } catch (IOException e) {
      throw new InvalidInputException(file + " cannot be read: " + e.getMessage() + ".", e);
    }
  }

  private static void requireThere(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new InvalidInputException(
          file + " is missing. The data set needs it; is this the right folder?");
    }
  }

  /** Opens a file as it is, gzipped or not. */
  static BinaryFile openPlain(Path file) {
    requireThere(file);
    try {
      return new BinaryFile(file.toString(), FileChannel.open(file, StandardOpenOption.READ));
    } catch (IOException e) {
      throw new InvalidInputException(file + " cannot be read: " + e.getMessage() + ".", e);
    }
  }

  /** Unpacks a gzipped stream; {@code name} is what messages call it. */
  static BinaryFile unpack(String name, InputStream packed) {
    try {
      return copied(name, new GZIPInputStream(packed, 1 << 16));
    } catch (EOFException | ZipException e) {
      throw new InvalidInputException(
          name + " is truncated or damaged: gzip says '" + e.getMessage() + "'. Fetch it again.",
          e);
    } catch (IOException e) {
      throw new InvalidInputException(name + " cannot be unpacked: " + e.getMessage() + ".", e);
    }
  }

  /**
   * Copies a stream into a temporary file; {@code name} is what messages call it.
   *
   * @throws IOException if the stream cannot be read or there is no space
   */
  static BinaryFile copied(String name, InputStream content) throws IOException {
    Path temporary = Files.createTempFile("proxyless-data-", ".bin");
    // Deleted by the operating system even when the process is killed, where it can do that.
    FileChannel channel =
        FileChannel.open(
            temporary,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
    try {
      content.transferTo(Channels.newOutputStream(channel));
      return new BinaryFile(name, channel);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static boolean startsLikeGzip(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.read() == GZIP_FIRST && in.read() == GZIP_SECOND;
    }
  }

  /** What messages call it. */
  String name() {
    return name;
  }

  /** Its length, unpacked. */
  long bytes() {
    return bytes;
  }

  /** Fills {@code target[0 … length)} with the bytes from {@code position} on. */
  void read(long position, byte[] target, int length) {
    ByteBuffer buffer = ByteBuffer.wrap(target, 0, length);
    try {
      while (buffer.hasRemaining()) {
        if (channel.read(buffer, position + buffer.position()) < 0) {
          throw new InvalidInputException(
              name + " is truncated: it ends before byte " + (position + length) + ".");
        }
      }
    } catch (IOException e) {
      throw new InvalidInputException(name + " cannot be read: " + e.getMessage() + ".", e);
    }
  }

  /** So many bytes from {@code position} on. */
  byte[] part(long position, int length) {
    byte[] part = new byte[length];
    read(position, part, length);
    return part;
  }

  /** The first {@code length} bytes as big-endian integers. */
  ByteBuffer header(int length) {
    return ByteBuffer.wrap(part(0, length));
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
