package org.proxyless.benchmarks.process;

/** A measurement did not come about. The message is one line that says what happened. */
public final class MeasuringFailedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * @param message one line
   */
  public MeasuringFailedException(String message) {
    super(message);
  }

  /**
   * @param message one line
   */
  public MeasuringFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
