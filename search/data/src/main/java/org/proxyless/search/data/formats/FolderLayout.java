package org.proxyless.search.data.formats;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.proxyless.base.InvalidInputException;
import org.proxyless.search.data.source.StoredImages;

/**
 * Which folders hold the class folders of which split. Either there is a folder {@code train}, with
 * or without one for validation and one for the test beside it, or the class folders lie at the top
 * and all images are for training. One more folder may stand around all of that.
 *
 * <p>Where there are images for validation but none for the test, they are the test: whoever set
 * them aside wants to know how good the network is on them, which only holds if nothing was learned
 * from them.
 *
 * @param train has the class folders of the training images
 * @param validation has those for the architecture, or empty to take some of the training images
 * @param test has those for the test, or empty to hold some of the training images out
 * @param leftOut folders beside these, which are not looked at
 */
record FolderLayout(
    Path train, Optional<Path> validation, Optional<Path> test, List<Path> leftOut) {
  private static final String TRAIN = "train";
  private static final String TEST = "test";
  private static final List<String> VALIDATION = List.of("val", "valid", "validation");

  /**
   * Finds the folders.
   *
   * @param name what messages call the place
   * @throws InvalidInputException if there are neither class folders nor a folder {@code train}
   */
  static FolderLayout of(Path top, String name) {
    if (hasTrain(top)) {
      return ofSplits(top);
    }
    List<Path> folders = ImageFolder.folders(top);
    if (folders.stream().anyMatch(FolderLayout::isOtherSplit)) {
      throw refused(name);
    }
    List<Path> withTrain = folders.stream().filter(FolderLayout::hasTrain).toList();
    if (withTrain.size() == 1) {
      return ofSplits(withTrain.get(0));
    }
    if (folders.size() == 1 && !ImageFolder.folders(folders.get(0)).isEmpty()) {
      return new FolderLayout(folders.get(0), Optional.empty(), Optional.empty(), List.of());
    }
    if (withTrain.isEmpty() && !folders.isEmpty()) {
      return new FolderLayout(top, Optional.empty(), Optional.empty(), List.of());
    }
    throw refused(name);
  }

  private static InvalidInputException refused(String name) {
    return new InvalidInputException(
        name
            + " has no folder 'train' and no class folders; images must lie in train/CLASS/*.jpg"
            + " or in CLASS/*.jpg.");
  }

  /** Whether it can't be a class folder, since it is the second half of something. */
  private static boolean isOtherSplit(Path folder) {
    String name = ImageFolder.nameOf(folder);
    return name.equals(TEST) || VALIDATION.contains(name);
  }

  private static boolean hasTrain(Path folder) {
    return Files.isDirectory(folder.resolve(TRAIN));
  }

  private static FolderLayout ofSplits(Path root) {
    List<Path> leftOut = new ArrayList<>();
    List<Path> validation = new ArrayList<>();
    Optional<Path> test = Optional.empty();
    for (Path folder : ImageFolder.folders(root)) {
      String folderName = ImageFolder.nameOf(folder);
      if (folderName.equals(TEST)) {
        test = Optional.of(folder);
      } else if (VALIDATION.contains(folderName)) {
        validation.add(folder);
      } else if (!folderName.equals(TRAIN)) {
        leftOut.add(folder);
      }
    }
    if (validation.size() > 1) {
      throw new InvalidInputException(
          root + " has several folders for validation: " + validation + ". Keep one of them.");
    }
    Optional<Path> only = validation.stream().findFirst();
    List<Path> taken = new ArrayList<>(List.of(root.resolve(TRAIN)));
    Stream.of(only, test).flatMap(Optional::stream).forEach(folder -> addOther(taken, folder));
    return new FolderLayout(
        root.resolve(TRAIN),
        test.isPresent() ? only : Optional.empty(),
        test.isPresent() ? test : only,
        List.copyOf(leftOut));
  }

  /** Links could make one folder of two: the network would be tested on what it was trained on. */
  private static void addOther(List<Path> taken, Path folder) {
    for (Path other : taken) {
      try {
        if (Files.isSameFile(other, folder)) {
          throw new InvalidInputException(
              folder + " is the same folder as " + other + "; each needs images of its own.");
        }
      } catch (IOException e) {
        throw new InvalidInputException(folder + " cannot be read: " + e.getMessage() + ".", e);
      }
    }
    taken.add(folder);
  }

  /** What messages say of where the images of each purpose come from. */
  StoredImages.Origins origins() {
    boolean atTop = validation.isEmpty() && test.isEmpty();
    return new StoredImages.Origins(
        atTop ? "the training images" : "folder " + TRAIN,
        validation.map(folder -> "folder " + ImageFolder.nameOf(folder)).orElse(""),
        test.map(FolderLayout::originOfTest).orElse(""));
  }

  private static String originOfTest(Path folder) {
    String name = ImageFolder.nameOf(folder);
    return name.equals(TEST)
        ? "folder test"
        : "folder %s: there is no folder test, so it decides nothing".formatted(name);
  }
}
