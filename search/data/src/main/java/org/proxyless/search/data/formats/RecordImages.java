package org.proxyless.search.data.formats;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.proxyless.base.InvalidInputException;
import org.proxyless.network.Shape;
import org.proxyless.search.data.image.DecodedImage;
import org.proxyless.search.data.image.DecodingSource;
import org.proxyless.search.data.image.EncodedImages;
import org.proxyless.search.data.image.ImageCheck;
import org.proxyless.search.data.source.DatasetOptions;
import org.proxyless.search.data.source.ImageSource;
import org.proxyless.search.data.source.OpeningProgress;
import org.proxyless.search.data.source.Purpose;
import org.proxyless.search.data.source.PurposedImages;
import org.proxyless.search.data.source.RecordFeatures;
import org.proxyless.search.data.source.StoredImages;
import org.proxyless.search.data.source.StoredLabels;

/** A data set in TFRecord files of {@code tf.train.Example}. */
final class RecordImages {
  private RecordImages() {}

  /**
   * Reads all files once, for the places of the records and their labels.
   *
   * @param place their folder, or one file
   * @throws InvalidInputException if a file is missing or damaged, or holds something else
   */
  static StoredImages open(Path place, DatasetOptions options, OpeningProgress progress) {
    RecordNames names = RecordNames.in(place);
    Map<Purpose, List<RecordIndex.Shard>> shards = new EnumMap<>(Purpose.class);
    try {
      for (Purpose purpose : Purpose.values()) {
        if (!names.files(purpose).isEmpty()) {
          shards.put(purpose, new ArrayList<>());
          read(names.files(purpose), options.features(), shards.get(purpose), progress);
        }
      }
      return images(place, shards, options, progress);
    } catch (RuntimeException e) {
      shards.values().forEach(some -> some.forEach(shard -> shard.file().close()));
      throw e;
    }
  }

  private static void read(
      List<Path> files,
      RecordFeatures features,
      List<RecordIndex.Shard> shards,
      OpeningProgress progress) {
    try (OpeningProgress.Steps steps = progress.begin("read records", files.size())) {
      for (Path file : files) {
        shards.add(RecordIndex.Shard.read(file, features));
        steps.step();
      }
    }
  }

  private static StoredImages images(
      Path place,
      Map<Purpose, List<RecordIndex.Shard>> shards,
      DatasetOptions options,
      OpeningProgress progress) {
    Path folder = Files.isDirectory(place) ? place : place.toAbsolutePath().getParent();
    long[] trainLabels =
        shards.get(Purpose.TRAIN).stream()
            .flatMapToLong(shard -> LongStream.of(shard.labels()))
            .toArray();
    StoredLabels classes = StoredLabels.of(folder, trainLabels, place.toString());
    List<Purpose> purposes = List.copyOf(shards.keySet());
    List<EncodedImages> indices = new ArrayList<>();
    for (Purpose purpose : purposes) {
      indices.add(RecordIndex.of(shards.get(purpose), options.features(), classes));
    }
    ImageCheck check = new ImageCheck(options, progress);
    List<EncodedImages> good = check.checked(place.toString(), indices);
    Shape shape = options.shape(DecodedImage.naturalShape(good.get(0)));
    List<ImageSource> decoding = DecodingSource.of(good, shape, place.toString(), options);
    Map<Purpose, ImageSource> sources = new EnumMap<>(Purpose.class);
    for (int i = 0; i < purposes.size(); i++) {
      sources.put(purposes.get(i), decoding.get(i));
    }
    return PurposedImages.of(sources, true, check.remarks());
  }
}
