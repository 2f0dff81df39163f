package org.proxyless.search.data;

/** What is in each batch of a stream. Its answers depend on the batch's number alone. */
interface BatchPlan {
  /** The number of batches; {@link Long#MAX_VALUE} when they never end. */
  long batches();

  /** The number of images in a batch. */
  int size(long batch);

  /** The number of floats of one image. */
  int imageElements();

  /**
   * Fills arrays of exactly the batch's size. Only one thread may do so at a time.
   *
   * @param batch from 0 on
   */
  void fill(long batch, float[] images, int[] labels);
}
