package org.proxyless.search.data.formats;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.proxyless.base.InvalidInputException;
import org.proxyless.search.data.image.DecodedImage;
import org.proxyless.search.data.image.EncodedImages;
import org.proxyless.search.data.image.ImageDecoder;
import org.proxyless.search.data.source.ContentHash;
import org.proxyless.search.data.source.RecordFeatures;
import org.proxyless.search.data.source.StoredLabels;

/** The examples of some TFRecord files, in their order: where each lies, and its class. */
final class RecordIndex implements EncodedImages {
  private final List<Shard> shards;
  private final RecordFeatures features;
  private final List<String> classNames;
  private final int[] labels;
  private final int[] shardOf;
  private final int[] recordOf;

  /** A file whose records were all read once. */
  record Shard(RecordFile file, String identity, long[] positions, int[] lengths, long[] labels) {
    /**
     * Reads a file.
     *
     * @throws InvalidInputException if it is damaged or holds something else
     */
    static Shard read(Path path, RecordFeatures features) {
      RecordFile file = RecordFile.open(path);
      try {
        LongStream.Builder positions = LongStream.builder();
        IntStream.Builder lengths = IntStream.builder();
        LongStream.Builder labels = LongStream.builder();
        file.visit(
            (number, position, data) -> {
              String name = nameOf(number, file);
              features.image(data, name);
              labels.add(features.label(data, name));
              positions.add(position);
              lengths.add(data.length);
            });
        String identity =
            "%s\n%d\n%d"
                .formatted(
                    path.toAbsolutePath(),
                    Files.size(path),
                    Files.getLastModifiedTime(path).toMillis());
        return new Shard(
            file,
            identity,
            positions.build().toArray(),
            lengths.build().toArray(),
            labels.build().toArray());
      } catch (IOException e) {
        file.close();
        throw new InvalidInputException(path + " cannot be read: " + e.getMessage() + ".", e);
      } catch (RuntimeException e) {
        file.close();
        throw e;
      }
    }

    byte[] record(int number) {
      return file.read(positions[number], lengths[number]);
    }
  }

  private RecordIndex(
      List<Shard> shards,
      RecordFeatures features,
      List<String> classNames,
      int[] labels,
      int[] shardOf,
      int[] recordOf) {
    this.shards = shards;
    this.features = features;
    this.classNames = classNames;
    this.labels = labels;
    this.shardOf = shardOf;
    this.recordOf = recordOf;
  }

  /**
   * All records of these files.
   *
   * @throws InvalidInputException if a label stands for no class
   */
  static RecordIndex of(List<Shard> shards, RecordFeatures features, StoredLabels classes) {
    List<int[]> labels = new ArrayList<>();
    for (Shard shard : shards) {
      labels.add(classes.classes(shard.labels, shard.file.name()));
    }
    int[] shardOf =
        IntStream.range(0, shards.size())
            .flatMap(i -> IntStream.generate(() -> i).limit(labels.get(i).length))
            .toArray();
    int[] recordOf =
        labels.stream().flatMapToInt(some -> IntStream.range(0, some.length)).toArray();
    return new RecordIndex(
        shards,
        features,
        classes.names(),
        labels.stream().flatMapToInt(IntStream::of).toArray(),
        shardOf,
        recordOf);
  }

  private static String nameOf(int number, RecordFile file) {
    return "record " + number + " of " + file.name();
  }

  @Override
  public int size() {
    return labels.length;
  }

  @Override
  public List<String> classNames() {
    return classNames;
  }

  @Override
  public int label(int index) {
    return labels[index];
  }

  @Override
  public String name(int index) {
    return nameOf(recordOf[index], shards.get(shardOf[index]).file);
  }

  @Override
  public String identity(int index) {
    return shards.get(shardOf[index]).identity + "\n" + features.image() + "\n" + recordOf[index];
  }

  private byte[] encoded(int index) {
    return features.image(shards.get(shardOf[index]).record(recordOf[index]), name(index));
  }

  @Override
  public <T> T decode(int index, Function<DecodedImage, T> use) {
    try {
      return ImageDecoder.decode(encoded(index), use);
    } catch (IOException e) {
      throw new InvalidInputException(
          "the image in %s cannot be read: %s. Write the file without it."
              .formatted(name(index), e.getMessage()),
          e);
    }
  }

  @Override
  public RecordIndex without(BitSet unreadable) {
    int[] kept = IntStream.range(0, size()).filter(index -> !unreadable.get(index)).toArray();
    return new RecordIndex(
        shards,
        features,
        classNames,
        IntStream.of(kept).map(index -> labels[index]).toArray(),
        IntStream.of(kept).map(index -> shardOf[index]).toArray(),
        IntStream.of(kept).map(index -> recordOf[index]).toArray());
  }

  /** Adds labels and lengths of all records, and the image of each or of a sample. */
  @Override
  public void digest(MessageDigest digest) {
    long bytes = 0;
    for (int index = 0; index < size(); index++) {
      int length = shards.get(shardOf[index]).lengths[recordOf[index]];
      ContentHash.add(digest, labels[index]);
      ContentHash.add(digest, length);
      bytes += length;
    }
    ContentHash.sampled(size(), bytes).forEach(index -> digest.update(encoded(index)));
  }

  @Override
  public void close() {
    shards.forEach(shard -> shard.file.close());
  }
}
