package org.proxyless.search.data.formats;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.proxyless.search.data.source.ClassNames;
import org.proxyless.search.data.source.ImageSource;
import org.proxyless.search.data.source.StoredImages;

/** Where the data sets of the MNIST family find their files. */
final class IdxFiles {
  private static final List<String> CLOTHES =
      List.of(
          "T-shirt/top",
          "Trouser",
          "Pullover",
          "Dress",
          "Coat",
          "Sandal",
          "Shirt",
          "Sneaker",
          "Bag",
          "Ankle boot");
  private static final List<String> DIGITS =
      IntStream.range(0, 10).mapToObj(Integer::toString).toList();
  private static final String IMAGES = "images-idx3-ubyte";
  private static final String LABELS = "labels-idx1-ubyte";

  private IdxFiles() {}

  /** The 10,000 images on the class path. */
  static StoredImages builtIn() {
    ImageSource images =
        IdxSource.open(
            resource("t10k-" + IMAGES + ".gz"), resource("t10k-" + LABELS + ".gz"), CLOTHES);
    return new StoredImages(images, Optional.empty(), true);
  }

  /** All of Fashion-MNIST. */
  static StoredImages clothes(Path folder) {
    return open(folder, CLOTHES, true);
  }

  /** Digits, or whatever {@code classes.txt} names. */
  static StoredImages digits(Path folder) {
    Path named = folder.resolve("classes.txt");
    return open(folder, Files.exists(named) ? ClassNames.read(named) : DIGITS, false);
  }

  private static StoredImages open(Path folder, List<String> classNames, boolean flips) {
    ImageSource train = pair(folder, "train-", classNames);
    try {
      boolean tested = exists(folder, "t10k-" + IMAGES) || exists(folder, "t10k-" + LABELS);
      Optional<ImageSource> test =
          tested ? Optional.of(pair(folder, "t10k-", classNames)) : Optional.empty();
      return new StoredImages(train, test, flips);
    } catch (RuntimeException e) {
      train.close();
      throw e;
    }
  }

  private static ImageSource pair(Path folder, String prefix, List<String> classNames) {
    BinaryFile images = BinaryFile.open(file(folder, prefix + IMAGES));
    try {
      return IdxSource.open(images, BinaryFile.open(file(folder, prefix + LABELS)), classNames);
    } catch (RuntimeException e) {
      images.close();
      throw e;
    }
  }

  private static boolean exists(Path folder, String name) {
    return Files.exists(file(folder, name));
  }

  /** The plain file if there is one, else the gzipped one, else the plain one that is missing. */
  private static Path file(Path folder, String name) {
    Path plain = folder.resolve(name);
    return Stream.of(plain, folder.resolve(name + ".gz"))
        .filter(Files::exists)
        .findFirst()
        .orElse(plain);
  }

  private static BinaryFile resource(String name) {
    try (InputStream packed = IdxFiles.class.getResourceAsStream(name)) {
      if (packed == null) {
        throw new IllegalStateException("resource " + name + " is not on the class path");
      }
      return BinaryFile.unpack("built-in " + name, packed);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
