package org.proxyless.devices.lite;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.proxyless.base.InvalidInputException;
import org.proxyless.devices.DeviceProfile;
import org.proxyless.devices.LoadedCall;
import org.proxyless.network.Operator;

/**
 * Whether several threads are any use now. XNNPACK's threads wait for each other by spinning, at
 * every operator: where one loses its processor to another program, all wait for it, and a network
 * takes a hundred times as long as with one thread. Such times are no property of the device.
 */
final class ThreadCheck {
  /** A chain of operators with enough work for several threads. */
  private static final List<Operator> OPERATORS =
      List.of(
          Operator.ofKey("MBConv(kernel=3,expansion=6) 28x28x32->28x28x32 s1 shortcut"),
          Operator.ofKey("MBConv(kernel=5,expansion=6) 28x28x32->14x14x64 s2"),
          Operator.ofKey("MBConv(kernel=3,expansion=6) 14x14x64->14x14x64 s1 shortcut"),
          Operator.ofKey("Conv(kernel=1) 7x7x320->7x7x1280 s1"));

  private static final int ROUNDS = 15;
  private static final int CALLS = 4;

  private ThreadCheck() {}

  /**
   * Times some operators with one thread and with the profile's, in turns.
   *
   * @throws InvalidInputException if more threads are slower
   */
  static void require(DeviceProfile profile) {
    if (profile.threads() == 1) {
      return;
    }
    LiteDevice device = new LiteDevice();
    DeviceProfile single =
        new DeviceProfile(
            profile.name(), profile.kind(), profile.runtime(), 1, 1, profile.precision());
    try (LoadedCall one = device.operators(OPERATORS, single, new SplittableRandom(1));
        LoadedCall several = device.operators(OPERATORS, profile, new SplittableRandom(1))) {
      long[] oneNanos = new long[ROUNDS];
      long[] severalNanos = new long[ROUNDS];
      for (int i = 0; i < ROUNDS; i++) {
        oneNanos[i] = nanos(one);
        severalNanos[i] = nanos(several);
      }
      requireQuicker(profile, lowerQuartile(oneNanos), lowerQuartile(severalNanos));
    }
  }

  /** Refuses several threads that take longer than one. */
  static void requireQuicker(DeviceProfile profile, double oneNanos, double severalNanos) {
    if (severalNanos > oneNanos) {
      throw new InvalidInputException(
          String.format(
              Locale.ROOT,
              "device '%s' has %d threads, which take %.2f ms for what one does in %.2f ms: another"
                  + " program uses the processors, and TensorFlow Lite's threads wait for each"
                  + " other. Take 1 thread, or measure on a machine that does nothing else.",
              profile.name(),
              profile.threads(),
              severalNanos / 1e6,
              oneNanos / 1e6));
    }
  }

  private static long nanos(LoadedCall call) {
    call.run(); // caches as this one needs them
    long start = System.nanoTime();
    for (int i = 0; i < CALLS; i++) {
      call.run();
    }
    return (System.nanoTime() - start) / CALLS;
  }

  private static double lowerQuartile(long[] nanos) {
    Arrays.sort(nanos);
    return nanos[nanos.length / 4];
  }
}
