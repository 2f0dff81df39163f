package org.proxyless.devices.android;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.proxyless.base.InvalidInputException;
import org.proxyless.devices.DeviceProfile;
import org.proxyless.devices.DeviceProfiles;

/**
 * How a phone is reached and used: what a profile says under {@code android}.
 *
 * @param device the profile's name, for messages
 * @param adb the program
 * @param serial of the phone; empty where adb sees only one
 * @param benchmarkModel TensorFlow Lite's benchmark_model, built for the phone
 * @param cores that it is pinned to
 * @param threads of the kernels
 * @param maxTemperatureCelsius above which one waits; empty for what suits the sensor
 * @param coolDown how long to wait, at most
 */
record AndroidSettings(
    String device,
    String adb,
    Optional<String> serial,
    Path benchmarkModel,
    Cores cores,
    int threads,
    Delegate delegate,
    OptionalDouble maxTemperatureCelsius,
    Duration coolDown) {
  private static final String BENCHMARK_MODEL = "benchmark-model";
  private static final String CORES = "cores";
  private static final String DELEGATE = "delegate";
  private static final String MAX_TEMPERATURE = "max-temperature-celsius";
  private static final String COOL_DOWN = "cool-down-seconds";
  private static final List<String> KEYS =
      List.of("adb", "serial", BENCHMARK_MODEL, CORES, DELEGATE, MAX_TEMPERATURE, COOL_DOWN);
  private static final String DEFAULT_COOL_DOWN_SECONDS = "300";
  private static final int MOST_COOL_DOWN_SECONDS = 3600;
  private static final double LEAST_CELSIUS = 10;
  private static final double MOST_CELSIUS = 110;

  /**
   * Reads those of a profile.
   *
   * @throws InvalidInputException if one is missing or breaks a rule
   */
  static AndroidSettings of(DeviceProfile profile) {
    return new Reader(profile).settings();
  }

  /** A profile's settings, with its name for messages. */
  private record Reader(DeviceProfile profile) {
    AndroidSettings settings() {
      Map<String, String> all = profile.settings();
      for (String key : all.keySet()) {
        if (!KEYS.contains(key) && !key.equals(DeviceProfiles.FOLDER)) {
          throw wrong("has unknown key '" + key + "'", "be one of " + String.join(", ", KEYS));
        }
      }
      String list = required(CORES);
      Cores cores =
          Cores.of(list)
              .orElseThrow(() -> wrong(CORES, list, "name cores from 0, such as 7, 4-7 or 4,5"));
      if (profile.threads() > cores.count()) {
        throw new InvalidInputException(
            "device '"
                + profile.name()
                + "' has "
                + profile.threads()
                + " threads and is pinned to "
                + cores.count()
                + " core(s), android.cores "
                + cores.list()
                + "; threads would wait for each other. Name as many cores.");
      }
      AndroidSettings settings =
          new AndroidSettings(
              profile.name(),
              all.getOrDefault("adb", "adb"),
              Optional.ofNullable(all.get("serial")),
              place(required(BENCHMARK_MODEL)),
              cores,
              profile.threads(),
              delegate(),
              all.containsKey(MAX_TEMPERATURE)
                  ? OptionalDouble.of(number(MAX_TEMPERATURE, LEAST_CELSIUS, MOST_CELSIUS))
                  : OptionalDouble.empty(),
              Duration.ofSeconds((long) number(COOL_DOWN, 0, MOST_COOL_DOWN_SECONDS)));
      requireSuitable(settings);
      return settings;
    }

    private void requireSuitable(AndroidSettings settings) {
      DeviceProfile.Kind kind =
          settings.delegate() == Delegate.GPU ? DeviceProfile.Kind.GPU : DeviceProfile.Kind.CPU;
      if (profile.kind() != kind || profile.batch() != 1) {
        throw new InvalidInputException(
            "device '"
                + profile.name()
                + "' is a "
                + profile.kind()
                + " with batches of "
                + profile.batch()
                + "; a phone with delegate "
                + settings.delegate().text()
                + " is measured as a "
                + kind
                + " with single images. Set kind: "
                + kind.name().toLowerCase(Locale.ROOT)
                + " and batch: 1.");
      }
      if (settings.delegate() == Delegate.XNNPACK_FP16
          && profile.precision() == DeviceProfile.Precision.INT8) {
        throw wrong(DELEGATE, "xnnpack-fp16", "be xnnpack where precision is int8");
      }
    }

    private Delegate delegate() {
      String asked = profile.settings().getOrDefault(DELEGATE, Delegate.XNNPACK.text());
      return Arrays.stream(Delegate.values())
          .filter(delegate -> delegate.text().equals(asked))
          .findFirst()
          .orElseThrow(() -> wrong(DELEGATE, asked, "be one of " + Delegate.names()));
    }

    private String required(String key) {
      String value = profile.settings().get(key);
      if (value == null || value.isBlank()) {
        throw new InvalidInputException(
            "device '" + profile.name() + "': key 'android." + key + "' is missing. Add it.");
      }
      return value;
    }

    private Path place(String path) {
      String folder = profile.settings().getOrDefault(DeviceProfiles.FOLDER, "");
      return Path.of(folder).resolve(path);
    }

    private double number(String key, double least, double most) {
      String text = profile.settings().getOrDefault(key, DEFAULT_COOL_DOWN_SECONDS);
      try {
        double value = Double.parseDouble(text);
        if (value >= least && value <= most) {
          return value;
        }
      } catch (NumberFormatException e) {
        // The same message as for a number out of range.
      }
      throw wrong(key, text, "be a number from " + (int) least + " to " + (int) most);
    }

    private InvalidInputException wrong(String key, String value, String rule) {
      return wrong("has android." + key + " '" + value + "'", rule);
    }

    private InvalidInputException wrong(String what, String rule) {
      return new InvalidInputException(
          "device '" + profile.name() + "' " + what + "; it must " + rule + ".");
    }
  }
}
