package org.proxyless.search.supernet;

/** The numbers of a training went wrong: a loss or a gradient is not finite. */
public final class DivergedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * @param message what isn't finite, on which path, and where it began
   */
  public DivergedException(String message) {
    super(message);
  }

  private DivergedException(String message, DivergedException cause) {
    super(message, cause);
  }

  /**
   * The same with what only the caller knows.
   *
   * @param step such as "step 7 of the warm-up"
   */
  public DivergedException in(String step) {
    return new DivergedException(step + ": " + getMessage(), this);
  }
}
