package org.proxyless.benchmarks.sites;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.proxyless.base.FileTree;
import org.proxyless.devices.DeviceProfile;
import org.proxyless.devices.DeviceRuntimes;
import org.proxyless.network.Network;

/** A network that has not been trained, as a file for as long as it is timed. */
public final class UntrainedFile {
  /** Of its weights where nobody names another: they hardly change its latency. */
  public static final long SEED = 1;

  private UntrainedFile() {}

  /** Writes it with random weights. */
  static void write(Network network, Path model, DeviceProfile profile, long seed) {
    DeviceRuntimes.of(profile).exportUntrained(network, model, profile, new SplittableRandom(seed));
  }

  /**
   * Times it.
   *
   * @param seed of its weights
   * @param folder for the file, which is removed afterwards
   * @param stopwatch gets the file
   */
  static NetworkMeasuring.Answer timed(
      Network network,
      long seed,
      DeviceProfile profile,
      Path folder,
      Function<Path, NetworkMeasuring.Answer> stopwatch) {
    try {
      Path place = Files.createTempDirectory(folder, "proxyless-network");
      try {
        Path model = place.resolve("network");
        write(network, model, profile, seed);
        return stopwatch.apply(model);
      } finally {
        FileTree.delete(place);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot write network " + network.name() + " to measure it", e);
    }
  }
}
