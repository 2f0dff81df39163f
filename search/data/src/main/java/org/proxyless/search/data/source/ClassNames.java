package org.proxyless.search.data.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import org.proxyless.base.InvalidInputException;

/** Text files with the name of a class on each line. */
public final class ClassNames {
  private ClassNames() {}

  /**
   * The names in the file, blank lines left out.
   *
   * @throws InvalidInputException if it is missing or has fewer than two names or one twice
   */
  public static List<String> read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new InvalidInputException(
          file + " is missing: the names of the classes, one a line. Is this the right folder?");
    }
    List<String> names;
    try {
      names = Files.readAllLines(file).stream().map(String::strip).toList();
    } catch (IOException e) {
      throw new InvalidInputException(file + " cannot be read as UTF-8 text: " + e + ".", e);
    }
    names = names.stream().filter(name -> !name.isEmpty()).toList();
    if (names.size() < 2 || new HashSet<>(names).size() < names.size()) {
      throw new InvalidInputException(
          file + " has the class names " + names + "; there must be two or more, all different.");
    }
    return names;
  }
}
