package org.proxyless.devices;

import java.util.function.Consumer;

/** Something that was brought to a device that is linked to this machine, to be run there. */
public interface LinkedCall extends LoadedCall {
  /**
   * Warms up, then calls again and again for about so long.
   *
   * @param millis how long; a call that takes longer is made a few times nonetheless
   * @param notes told what is waited for
   * @return what calls took by the device's own clock
   * @throws org.proxyless.base.InvalidInputException if the device cannot be measured as it is
   */
  Times times(long millis, Consumer<String> notes);

  /**
   * What a block of calls took.
   *
   * @param typicalNanos the median where the device tells it, else the mean
   * @param p95Nanos 95 % of calls are at most as long; by mean and deviation where the device tells
   *     no more
   * @param calls how many there were
   * @param steady whether calls were alike; if not, something disturbed them
   */
  record Times(double typicalNanos, double p95Nanos, long calls, boolean steady) {}
}
