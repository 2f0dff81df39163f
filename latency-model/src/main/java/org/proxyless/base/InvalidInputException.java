package org.proxyless.base;

import org.jspecify.annotations.Nullable;

/**
 * Something the user gave is wrong: a file, an option, a target. The message is one line that names
 * the thing, its value, the rule it breaks and what to do; the command line prints it and exits
 * with 2.
 */
public final class InvalidInputException extends RuntimeException {
  /** The message is shown to the user as it is. */
  public InvalidInputException(String message) {
    super(message);
  }

  /** The message is shown to the user as it is; the cause only with {@code --debug}. */
  public InvalidInputException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
