package org.proxyless.devices;

/** Something that was loaded into a runtime with all that it needs, to be run again and again. */
public interface LoadedCall extends AutoCloseable {
  /** Runs it once and waits until it is done. */
  void run();

  @Override
  void close();
}
