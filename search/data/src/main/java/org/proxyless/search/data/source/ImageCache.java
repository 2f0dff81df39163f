package org.proxyless.search.data.source;

import java.nio.file.Path;
import org.proxyless.base.InvalidInputException;

/**
 * Where decoded, resized images are kept on disk, so that later epochs and runs need not decode
 * them.
 *
 * @param folder made where it is not there; may be shared by data sets
 * @param mostBytes that its files may take
 */
public record ImageCache(Path folder, long mostBytes) {
  public ImageCache {
    if (mostBytes < 1) {
      throw new InvalidInputException(
          "image cache of " + mostBytes + " bytes: it must be at least 1.");
    }
  }
}
