package org.proxyless.search.data.formats;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import org.proxyless.base.InvalidInputException;
import org.proxyless.search.data.image.DecodedImage;

/** Finds the image files in a class folder and in the folders below it. */
final class ImageFileWalk extends SimpleFileVisitor<Path> {
  private final Path top;
  private final LeftOutFiles leftOut;
  private final List<String> names = new ArrayList<>();

  private ImageFileWalk(Path top, LeftOutFiles leftOut) {
    this.top = top;
    this.leftOut = leftOut;
  }

  /**
   * The images' paths from the folder on, with slashes on every system, in the order of their
   * names. Hidden files and folders are passed over; links are followed.
   *
   * @param leftOut gets the other files
   * @throws InvalidInputException if a folder cannot be listed or links go in a circle
   */
  static List<String> below(Path folder, LeftOutFiles leftOut) {
    ImageFileWalk walk = new ImageFileWalk(folder, leftOut);
    try {
      Files.walkFileTree(folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, walk);
    } catch (IOException e) {
      throw new InvalidInputException(folder + " cannot be listed: " + e + ".", e);
    }
    Collections.sort(walk.names);
    return walk.names;
  }

  @Override
  public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
    return folder.equals(top) || ImageFolder.counts(folder)
        ? FileVisitResult.CONTINUE
        : FileVisitResult.SKIP_SUBTREE;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
    if (!ImageFolder.counts(file)) {
      return FileVisitResult.CONTINUE;
    }
    if (DecodedImage.isNamedLikeImage(ImageFolder.nameOf(file))) {
      names.add(top.relativize(file).toString().replace('\\', '/'));
    } else {
      leftOut.add(file, LeftOutFiles.NO_IMAGE);
    }
    return FileVisitResult.CONTINUE;
  }
}
