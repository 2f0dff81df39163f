package org.proxyless.search.train;

/** A trained network that another learns from (Hinton et al., Distilling the Knowledge, 2015). */
public interface Teacher extends AutoCloseable {
  /**
   * What it says of images.
   *
   * @param images normalized pixels as [size, height, width, channels]
   * @param size how many
   * @return probabilities, row-major [size, classes]
   */
  float[] probabilities(float[] images, int size);

  /** Frees what it holds. */
  @Override
  void close();
}
