package org.proxyless.search.data.source;

/** Told how far the opening of a large data set is. */
public interface OpeningProgress {
  /** Shows nothing. */
  OpeningProgress SILENT =
      (what, steps) ->
          new Steps() {
            @Override
            public void step() {}

            @Override
            public void close() {}
          };

  /**
   * Something begins that may take a while.
   *
   * @param what a word or two, such as {@code check images}
   * @param steps how many there will be
   */
  Steps begin(String what, long steps);

  /** What has begun; closed when it ends. */
  interface Steps extends AutoCloseable {
    /** One step more is done. Several threads may say so at once. */
    void step();

    @Override
    void close();
  }
}
