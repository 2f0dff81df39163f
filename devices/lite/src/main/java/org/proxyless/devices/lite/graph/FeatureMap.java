package org.proxyless.devices.lite.graph;

/**
 * What an operation gives, for one image.
 *
 * @param name of the operation that gives it
 * @param extents [1, height, width, channels]; behind a global pool, [1, channels]
 */
public record FeatureMap(String name, int... extents) {
  /** The number of values. */
  int elements() {
    int elements = 1;
    for (int extent : extents) {
      elements *= extent;
    }
    return elements;
  }
}
