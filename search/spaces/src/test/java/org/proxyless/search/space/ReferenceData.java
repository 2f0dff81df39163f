package org.proxyless.search.space;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Real files that are not part of the project; a test that needs one is skipped without it. */
final class ReferenceData {
  private ReferenceData() {}

  static Path file(String path) {
    String folder = System.getProperty("proxyless.referenceData", "");
    Path file = Path.of(folder, path);
    assumeTrue(
        !folder.isEmpty() && Files.exists(file),
        () ->
            path + " is not in the folder that -Dproxyless.referenceData names: '" + folder + "'");
    return file;
  }
}
