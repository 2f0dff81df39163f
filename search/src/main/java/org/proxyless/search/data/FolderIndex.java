package org.proxyless.search.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.proxyless.latency.InvalidInputException;

/** Which image files lie in a folder's class folders, and of which class they are. */
final class FolderIndex {
  private final Path folder;
  private final List<String> classNames;
  private final List<String> fileNames = new ArrayList<>(); // class by class
  private final List<Integer> firstOfClass = new ArrayList<>();

  /**
   * Lists the images.
   *
   * @param classNames the class folders that there must be, and no others
   * @throws InvalidInputException if a class folder is missing, unexpected or empty
   */
  FolderIndex(Path folder, List<String> classNames) {
    this.folder = folder;
    this.classNames = classNames;
    for (Path found : ImageFolder.folders(folder)) {
      if (!classNames.contains(ImageFolder.nameOf(found))) {
        throw new InvalidInputException(
            found + " is a class that train doesn't have; there are " + classNames + ".");
      }
    }
    for (String className : classNames) {
      firstOfClass.add(fileNames.size());
      addClass(folder.resolve(className));
    }
  }

  /** The images of a training folder, whose folders say which classes there are. */
  static FolderIndex ofTraining(Path folder) {
    List<String> classNames =
        ImageFolder.folders(folder).stream().map(ImageFolder::nameOf).toList();
    if (classNames.size() < 2) {
      throw new InvalidInputException(
          folder + " has the class folders " + classNames + "; there must be at least two.");
    }
    return new FolderIndex(folder, classNames);
  }

  private void addClass(Path classFolder) {
    if (!java.nio.file.Files.isDirectory(classFolder)) {
      throw new InvalidInputException(
          classFolder + " is missing: every class of train must be in test too.");
    }
    int before = fileNames.size();
    for (Path file : ImageFolder.children(classFolder)) {
      String name = ImageFolder.nameOf(file);
      if (DecodedImage.isNamedLikeImage(name)) {
        fileNames.add(name);
      }
    }
    if (fileNames.size() == before) {
      throw new InvalidInputException(
          "class folder "
              + classFolder
              + " has no images (*.jpg, *.jpeg, *.png). Fill or remove it.");
    }
  }

  int size() {
    return fileNames.size();
  }

  List<String> classNames() {
    return classNames;
  }

  int label(int index) {
    int found = Collections.binarySearch(firstOfClass, index);
    return found >= 0 ? found : -found - 2;
  }

  Path path(int index) {
    return folder.resolve(classNames.get(label(index))).resolve(fileNames.get(index));
  }

  /** The path from {@link #folder} on, with slashes on every system. */
  String relativeName(int index) {
    return classNames.get(label(index)) + "/" + fileNames.get(index);
  }
}
