package org.proxyless.search.data.formats;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.proxyless.search.data.source.ClassNames;
import org.proxyless.search.data.source.ImageSource;
import org.proxyless.search.data.source.StoredImages;

/** Where CIFAR-10 and CIFAR-100 find the files of their binary versions. */
final class CifarFiles {
  private static final int LABEL_BYTES_10 = 1;
  private static final int LABEL_BYTES_100 = 2; // coarse, fine

  private CifarFiles() {}

  static StoredImages cifar10(Path folder) {
    List<String> classNames = ClassNames.read(folder.resolve("batches.meta.txt"));
    List<Path> train = new ArrayList<>();
    for (int batch = 1; batch <= 5; batch++) {
      train.add(folder.resolve("data_batch_" + batch + ".bin"));
    }
    return open(train, folder.resolve("test_batch.bin"), LABEL_BYTES_10, classNames);
  }

  /** With its fine labels. */
  static StoredImages cifar100(Path folder) {
    List<String> classNames = ClassNames.read(folder.resolve("fine_label_names.txt"));
    List<Path> train = List.of(folder.resolve("train.bin"));
    return open(train, folder.resolve("test.bin"), LABEL_BYTES_100, classNames);
  }

  private static StoredImages open(
      List<Path> trainFiles, Path testFile, int labelBytes, List<String> classNames) {
    ImageSource train = source(trainFiles, labelBytes, classNames);
    try {
      ImageSource test = source(List.of(testFile), labelBytes, classNames);
      return new StoredImages(train, Optional.of(test), true);
    } catch (RuntimeException e) {
      train.close();
      throw e;
    }
  }

  private static ImageSource source(List<Path> paths, int labelBytes, List<String> classNames) {
    List<BinaryFile> files = new ArrayList<>();
    try {
      for (Path path : paths) {
        files.add(BinaryFile.open(path));
      }
      return new CifarSource(files, labelBytes, classNames);
    } catch (RuntimeException e) {
      files.forEach(BinaryFile::close);
      throw e;
    }
  }
}
