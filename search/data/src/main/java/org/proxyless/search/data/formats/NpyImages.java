package org.proxyless.search.data.formats;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.proxyless.base.InvalidInputException;
import org.proxyless.search.data.source.ImageSource;
import org.proxyless.search.data.source.Purpose;
import org.proxyless.search.data.source.PurposedImages;
import org.proxyless.search.data.source.StoredImages;
import org.proxyless.search.data.source.StoredLabels;

/** A data set in NumPy's arrays of images and of labels. */
final class NpyImages {
  /** What arrays are called: by Keras, by MedMNIST, and by others. */
  private static final List<String> IMAGES = List.of("x_%s", "%s_images", "images_%s", "%s_x");

  private static final List<String> LABELS = List.of("y_%s", "%s_labels", "labels_%s", "%s_y");

  private NpyImages() {}

  private record Pair(NpyArray images, long[] labels) {}

  /**
   * Opens the arrays; labels are read at once.
   *
   * @param place an {@code .npz} file, or a folder with one or with {@code .npy} files
   * @throws InvalidInputException if an array is missing, or not what it should be
   */
  static StoredImages open(Path place) {
    NpyFiles files = NpyFiles.in(place);
    try {
      return images(place, files);
    } catch (RuntimeException e) {
      files.close();
      throw e;
    }
  }

  private static StoredImages images(Path place, NpyFiles files) {
    Map<Purpose, Pair> pairs = new EnumMap<>(Purpose.class);
    for (Purpose purpose : Purpose.values()) {
      pair(place, files, names(IMAGES, purpose), names(LABELS, purpose))
          .ifPresent(found -> pairs.put(purpose, found));
    }
    if (!pairs.containsKey(Purpose.TRAIN)) {
      pair(place, files, List.of("x", "images"), List.of("y", "labels"))
          .ifPresent(found -> pairs.put(Purpose.TRAIN, found));
    }
    if (!pairs.containsKey(Purpose.TRAIN)) {
      throw new InvalidInputException(
          "%s has the arrays %s; there must be x_train and y_train, and maybe x_test and y_test, or x and y."
              .formatted(place, files.names()));
    }
    Path folder = Files.isDirectory(place) ? place : place.toAbsolutePath().getParent();
    StoredLabels classes =
        StoredLabels.of(folder, pairs.get(Purpose.TRAIN).labels, place.toString());
    Map<Purpose, ImageSource> sources = new LinkedHashMap<>();
    pairs.forEach(
        (purpose, pair) ->
            sources.put(
                purpose,
                new NpySource(
                    pair.images,
                    classes.classes(pair.labels, pair.images.file().name()),
                    classes.names())));
    files.closeExcept(pairs.values().stream().map(pair -> pair.images.file()).toList());
    boolean colour = sources.get(Purpose.TRAIN).shape().channels() > 1; // grey may be digits
    return PurposedImages.of(sources, colour, List.of());
  }

  private static List<String> names(List<String> forms, Purpose purpose) {
    return purpose.words().stream()
        .flatMap(word -> forms.stream().map(form -> form.formatted(word)))
        .toList();
  }

  private static Optional<Pair> pair(
      Path place, NpyFiles files, List<String> images, List<String> labels) {
    Optional<NpyArray> x = files.array(images);
    Optional<NpyArray> y = files.array(labels);
    if (x.isPresent() != y.isPresent()) {
      throw new InvalidInputException(
          "%s has the arrays %s; %s is missing beside %s."
              .formatted(
                  place,
                  files.names(),
                  x.isPresent() ? labels.get(0) : images.get(0),
                  x.isPresent() ? "its images" : "its labels"));
    }
    return x.map(array -> new Pair(array, y.orElseThrow().integers()));
  }
}
