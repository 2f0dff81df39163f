package org.proxyless.search.data.formats;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;
import org.proxyless.base.InvalidInputException;
import org.proxyless.search.data.image.DecodedImage;
import org.proxyless.search.data.image.EncodedImages;
import org.proxyless.search.data.source.ContentHash;

/** Which image files lie in or below a folder's class folders, and of which class they are. */
public final class FolderIndex implements EncodedImages {
  private final ImageFolder container;
  private final Path folder;
  private final List<String> classNames;
  private final List<String> fileNames; // class by class
  private final int[] firstOfClass;
  private final LeftOutFiles leftOut;

  private FolderIndex(
      ImageFolder container,
      Path folder,
      List<String> classNames,
      List<String> fileNames,
      int[] firstOfClass,
      LeftOutFiles leftOut) {
    this.container = container;
    this.folder = folder;
    this.classNames = classNames;
    this.fileNames = fileNames;
    this.firstOfClass = firstOfClass;
    this.leftOut = leftOut;
  }

  /**
   * Lists the images.
   *
   * @param container closed with this; several may share it
   * @param classNames the class folders that there must be, and no others
   * @throws InvalidInputException if a class folder is missing, unexpected or empty
   */
  static FolderIndex of(ImageFolder container, Path folder, List<String> classNames) {
    LeftOutFiles leftOut = new LeftOutFiles();
    for (Path found : ImageFolder.children(folder)) {
      if (!Files.isDirectory(found)) {
        leftOut.add(found, LeftOutFiles.BESIDE_CLASSES);
      } else if (!classNames.contains(ImageFolder.nameOf(found))) {
        throw new InvalidInputException(
            found + " is a class that train doesn't have; there are " + classNames + ".");
      }
    }
    List<String> fileNames = new ArrayList<>();
    int[] firstOfClass = new int[classNames.size()];
    for (int label = 0; label < firstOfClass.length; label++) {
      firstOfClass[label] = fileNames.size();
      fileNames.addAll(filesOf(folder, classNames.get(label), leftOut));
    }
    return new FolderIndex(container, folder, classNames, fileNames, firstOfClass, leftOut);
  }

  /** The images of a training folder, whose folders say which classes there are. */
  public static FolderIndex ofTraining(ImageFolder container, Path folder) {
    List<String> classNames =
        ImageFolder.folders(folder).stream().map(ImageFolder::nameOf).toList();
    if (classNames.size() < 2) {
      throw new InvalidInputException(
          folder
              + " has the class folders "
              + classNames
              + "; there must be at least two, or there is nothing to tell apart. Add one.");
    }
    return of(container, folder, classNames);
  }

  private static List<String> filesOf(Path folder, String className, LeftOutFiles leftOut) {
    Path classFolder = folder.resolve(className);
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
    return found;
  }

  @Override
  public FolderIndex without(BitSet unreadable) {
    List<String> kept = new ArrayList<>(size() - unreadable.cardinality());
    int[] first = new int[firstOfClass.length];
    for (int label = 0; label < first.length; label++) {
      first[label] = kept.size();
      int end = label + 1 < first.length ? firstOfClass[label + 1] : size();
      for (int index = firstOfClass[label]; index < end; index++) {
        if (!unreadable.get(index)) {
          kept.add(fileNames.get(index));
        }
      }
      if (kept.size() == first[label]) {
        throw new InvalidInputException(
            "class folder "
                + folder.resolve(classNames.get(label))
                + " has no image that can be read. Fill or remove it.");
      }
    }
    return new FolderIndex(container, folder, classNames, kept, first, leftOut);
  }

  @Override
  public int size() {
    return fileNames.size();
  }

  @Override
  public List<String> classNames() {
    return classNames;
  }

  @Override
  public int label(int index) {
    int found = Arrays.binarySearch(firstOfClass, index);
    return found >= 0 ? found : -found - 2;
  }

  private Path path(int index) {
    return folder.resolve(classNames.get(label(index))).resolve(fileNames.get(index));
  }

  @Override
  public String name(int index) {
    return DecodedImage.display(path(index));
  }

  @Override
  public String identity(int index) {
    Path file = path(index);
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return "%s\n%d\n%d"
          .formatted(
              DecodedImage.display(file.toAbsolutePath()),
              attributes.size(),
              attributes.lastModifiedTime().toMillis());
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  @Override
  public <T> T decode(int index, Function<DecodedImage, T> use) {
    return DecodedImage.read(path(index), use);
  }

  /** Adds names, labels and sizes of all files, and the content of all or of a sample. */
  @Override
  public void digest(MessageDigest digest) {
    try {
      long bytes = 0;
      for (int index = 0; index < size(); index++) {
        long fileBytes = Files.size(path(index));
        ContentHash.add(digest, classNames.get(label(index)) + "/" + fileNames.get(index));
        ContentHash.add(digest, fileBytes);
        bytes += fileBytes;
      }
      for (int index : ContentHash.sampled(size(), bytes).toArray()) {
        digest.update(Files.readAllBytes(path(index)));
      }
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private InvalidInputException unreadable(IOException e) {
    return new InvalidInputException(
        container.name() + " cannot be read: " + e.getMessage() + ".", e);
  }

  /** Files in this folder that are not taken. */
  LeftOutFiles leftOut() {
    return leftOut;
  }

  @Override
  public void close() {
    container.close();
  }
}
