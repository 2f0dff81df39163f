package org.proxyless.search.data.image;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.LongStream;
import org.proxyless.base.AtomicFile;
import org.proxyless.search.data.source.ContentHash;

/**
 * Which images were found good before, kept in a file: eight bytes an image, of the hash of its
 * path, size and time of change. Only what {@link #save} was given is kept; an image that changed
 * is another.
 */
final class CheckedImages {
  /** A new one for every change of what counts as good. */
  private static final String RULES = "1";

  private final Optional<Path> file;
  private long[] known; // ascending

  private CheckedImages(Optional<Path> file, long[] known) {
    this.file = file;
    this.known = known;
  }

  /**
   * Those of a place.
   *
   * @param folder where such files are kept, or empty to know and keep nothing
   * @param place what was checked, such as the data set's folder
   */
  static CheckedImages of(Optional<Path> folder, String place) {
    Optional<Path> file =
        folder.map(kept -> kept.resolve("%016x.checked".formatted(ContentHash.start(place))));
    return new CheckedImages(file, file.map(CheckedImages::read).orElseGet(() -> new long[0]));
  }

  /** None if the file is not there or not whole: the images are then checked again. */
  private static long[] read(Path file) {
    if (!Files.exists(file)) {
      return new long[0];
    }
    try {
      byte[] bytes = Files.readAllBytes(file);
      long[] keys = new long[bytes.length / Long.BYTES];
      ByteBuffer.wrap(bytes).asLongBuffer().get(keys);
      Arrays.sort(keys);
      return keys;
    } catch (IOException e) {
      return new long[0];
    }
  }

  /** What is remembered of an image with this {@link EncodedImages#identity}. */
  static long key(String identity) {
    return ContentHash.start(RULES + "\n" + identity);
  }

  /** Whether it was found good before. */
  boolean contains(long key) {
    return Arrays.binarySearch(known, key) >= 0;
  }

  /** Remembers these beside what was known. */
  void save(LongStream good) {
    known = LongStream.concat(Arrays.stream(known), good).sorted().distinct().toArray();
    file.ifPresent(target -> AtomicFile.write(target, this::writeTo));
  }

  private void writeTo(OutputStream stream) throws IOException {
    DataOutputStream out = new DataOutputStream(stream);
    for (long key : known) {
      out.writeLong(key);
    }
    out.flush();
  }
}
