package org.proxyless.search.data.formats;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.proxyless.base.InvalidInputException;
import org.proxyless.search.data.source.Purpose;

/**
 * Which TFRecord files of a folder serve which purpose, told by a word of their names: {@code
 * train-00000-of-01024}, {@code cifar10-test.tfrecord-00000-of-00001}, {@code val.tfrecords.gz}.
 * Without such words all of them are for training.
 */
final class RecordNames {
  private static final Pattern SHARD = Pattern.compile("(.*)-(\\d{5})-of-(\\d{5})(.*)");

  private final Path place;
  private final Map<Purpose, List<Path>> files = new TreeMap<>();

  private RecordNames(Path place) {
    this.place = place;
  }

  /**
   * Finds the files.
   *
   * @param place a folder, or one file
   * @throws InvalidInputException if there are none for training, or a shard is missing
   */
  static RecordNames in(Path place) {
    RecordNames names = new RecordNames(place);
    if (!Files.isDirectory(place)) {
      names.files.put(Purpose.TRAIN, List.of(place));
      return names;
    }
    List<Path> found = ImageFolder.children(place).stream().filter(RecordNames::isRecords).toList();
    for (Path file : found) {
      Purpose.of(Arrays.asList(words(file)))
          .ifPresent(
              purpose -> names.files.computeIfAbsent(purpose, p -> new ArrayList<>()).add(file));
    }
    if (names.files.isEmpty() && !found.isEmpty()) {
      names.files.put(Purpose.TRAIN, found);
    }
    if (!names.files.containsKey(Purpose.TRAIN)) {
      throw new InvalidInputException(
          "%s has no TFRecord files for training, such as train-00000-of-00010 or train.tfrecord."
              .formatted(place));
    }
    names.checkShards();
    return names;
  }

  private static boolean isRecords(Path file) {
    String name = ImageFolder.nameOf(file).toLowerCase(Locale.ROOT);
    return Files.isRegularFile(file)
        && (name.contains("tfrecord") || SHARD.matcher(name).matches());
  }

  private static String[] words(Path file) {
    return ImageFolder.nameOf(file).toLowerCase(Locale.ROOT).split("[^a-z]+");
  }

  private void checkShards() {
    for (List<Path> some : files.values()) {
      for (Path file : some) {
        Matcher matcher = SHARD.matcher(ImageFolder.nameOf(file));
        if (matcher.matches()) {
          checkShards(some, matcher);
        }
      }
    }
  }

  private void checkShards(List<Path> some, Matcher one) {
    List<String> there = some.stream().map(ImageFolder::nameOf).toList();
    int count = Integer.parseInt(one.group(3));
    for (int i = 0; i < count; i++) {
      String name = "%s-%05d-of-%s%s".formatted(one.group(1), i, one.group(3), one.group(4));
      if (!there.contains(name)) {
        throw new InvalidInputException(
            "%s is missing: there must be %d files like it. Fetch it again."
                .formatted(place.resolve(name), count));
      }
    }
  }

  /** The files for a purpose in the order of their names; may be none. */
  List<Path> files(Purpose purpose) {
    return files.getOrDefault(purpose, List.of());
  }
}
