package org.proxyless.search.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.proxyless.latency.InvalidInputException;

/** Which image files lie in or below a folder's class folders, and of which class they are. */
final class FolderIndex {
  private final Path folder;
  private final List<String> classNames;
  private final List<String> fileNames = new ArrayList<>(); // class by class
  private final List<Integer> firstOfClass = new ArrayList<>();
  private final LeftOutFiles leftOut = new LeftOutFiles();

  /**
   * Lists the images.
   *
   * @param classNames the class folders that there must be, and no others
   * @throws InvalidInputException if a class folder is missing, unexpected or empty
   */
  FolderIndex(Path folder, List<String> classNames) {
    this.folder = folder;
    this.classNames = classNames;
    for (Path found : ImageFolder.children(folder)) {
      if (!Files.isDirectory(found)) {
        leftOut.add(found, LeftOutFiles.BESIDE_CLASSES);
      } else if (!classNames.contains(ImageFolder.nameOf(found))) {
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
    if (!Files.isDirectory(classFolder)) {
      throw new InvalidInputException(
          classFolder
              + " is missing: every class of train must be in "
              + ImageFolder.nameOf(folder)
              + " too.");
    }
    List<String> found = ImageFileWalk.below(classFolder, leftOut);
    if (found.isEmpty()) {
      throw new InvalidInputException(
          "class folder "
              + classFolder
              + " has no images ("
              + DecodedImage.NAME_PATTERNS
              + "). Fill or remove it.");
    }
    fileNames.addAll(found);
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

  /** Files in this folder that are not taken. */
  LeftOutFiles leftOut() {
    return leftOut;
  }
}
