package org.proxyless.base;

import java.nio.file.Path;

/** A checkpoint is not what was written: the one before it has to do. */
final class DamagedCheckpointException extends Exception {
  private static final long serialVersionUID = 1;

  DamagedCheckpointException(Path file, String how) {
    super("Checkpoint " + file + " is damaged: " + how + ".");
  }
}
