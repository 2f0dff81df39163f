package org.proxyless.devices.agent;

/** The agent has forgotten a job: it was started anew meanwhile, or has given the job up. */
final class UnknownJobException extends RuntimeException {
  private static final long serialVersionUID = 1;

  UnknownJobException(Throwable cause) {
    super("the agent does not know the job", cause);
  }
}
