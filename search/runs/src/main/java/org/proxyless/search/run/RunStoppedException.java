package org.proxyless.search.run;

/** A run was asked to stop, and has: its last checkpoint is where it can be gone on with. */
public final class RunStoppedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * @param message how far it came
   */
  public RunStoppedException(String message) {
    super(message);
  }
}
