package org.proxyless.search.supernet;

import java.util.Arrays;

/**
 * What a step ran, for messages.
 *
 * @param description such as "path [1, 0]"
 * @param path the active candidate of every edge; empty where all were active
 */
record Ran(String description, int[] path) {
  /** All candidates, whatever their shares. */
  static final Ran MIXTURE = new Ran("a mixture of all candidates", new int[0]);

  static Ran path(int[] path) {
    return new Ran("path " + Arrays.toString(path), path);
  }
}
