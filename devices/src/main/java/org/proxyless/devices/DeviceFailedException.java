package org.proxyless.devices;

/**
 * A device that is linked to this machine, or a program on it, did what is not understood. The
 * message is one line that says what.
 */
public final class DeviceFailedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public DeviceFailedException(String message) {
    super(message);
  }

  public DeviceFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
