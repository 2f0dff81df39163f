package org.proxyless.devices.android;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How warm a phone is, by what {@code dumpsys thermalservice} (Android 10 and newer) and Linux's
 * thermal zones tell; either may be missing. The skin counts, since phones throttle by it; where
 * there is no such sensor the battery does and, without one, the warmest of the processor's.
 *
 * @param status Android's thermal status: 0 for none, from 1 on it throttles; empty if not told
 * @param sensor the one that counts, if there is any
 */
record Thermometer(OptionalInt status, Optional<Sensor> sensor) {
  /** Prints both, a line for each zone: {@code zone TYPE TEMPERATURE}. */
  static final String COMMAND =
      "dumpsys thermalservice 2>/dev/null; for z in /sys/class/thermal/thermal_zone*; do"
          + " echo zone $(cat $z/type 2>/dev/null) $(cat $z/temp 2>/dev/null); done";

  private static final Pattern STATUS = Pattern.compile("(?m)^\\s*Thermal Status: (\\d+)");
  private static final String NOW = "Current temperatures from HAL";
  private static final String COOLERS = "Current cooling devices";
  private static final Pattern TEMPERATURE =
      Pattern.compile("Temperature\\{mValue=([^,]+), mType=(-?\\d+), mName=([^,]+),");
  private static final Pattern ZONE = Pattern.compile("(?m)^zone (\\S+) (-?\\d+)\\s*$");
  private static final Pattern PROCESSOR = Pattern.compile("cpu|soc|tsens|big|little|mid|apc");
  private static final double MILLI = 1000;
  private static final double LEAST_BELIEVED = 1;
  private static final double MOST_BELIEVED = 150;

  /** What a sensor is on; the first that there is counts. */
  enum Place {
    SKIN(40),
    BATTERY(40),
    PROCESSOR(60);

    private final double usualMaxCelsius;

    Place(double usualMaxCelsius) {
      this.usualMaxCelsius = usualMaxCelsius;
    }

    /** Above which one should wait. */
    double usualMaxCelsius() {
      return usualMaxCelsius;
    }
  }

  /** A sensor and what it reads. */
  record Sensor(Place place, String name, double celsius) {
    String text() {
      return String.format(Locale.ROOT, "%.1f °C (sensor %s)", celsius, name);
    }
  }

  /** Reads what {@link #COMMAND} printed. */
  static Thermometer of(String text) {
    List<Sensor> sensors = new ArrayList<>(ofService(text));
    Matcher zones = ZONE.matcher(text);
    while (zones.find()) {
      double value = Double.parseDouble(zones.group(2));
      String name = zones.group(1);
      place(name)
          .ifPresent(
              place ->
                  sensors.add(
                      new Sensor(place, name, Math.abs(value) >= MILLI ? value / MILLI : value)));
    }
    Matcher status = STATUS.matcher(text);
    return new Thermometer(
        status.find() ? OptionalInt.of(Integer.parseInt(status.group(1))) : OptionalInt.empty(),
        sensors.stream()
            .filter(s -> s.celsius() > LEAST_BELIEVED && s.celsius() < MOST_BELIEVED)
            .min(
                Comparator.comparing(Sensor::place)
                    .thenComparing(Comparator.comparingDouble(Sensor::celsius).reversed())));
  }

  /** What it reads now if it says so, rather than what it remembers. */
  private static List<Sensor> ofService(String text) {
    String part = text.contains(NOW) ? text.substring(text.indexOf(NOW)) : text;
    part = part.contains(COOLERS) ? part.substring(0, part.indexOf(COOLERS)) : part;
    List<Sensor> sensors = new ArrayList<>();
    Matcher matcher = TEMPERATURE.matcher(part);
    while (matcher.find()) {
      Optional<Place> place =
          switch (matcher.group(2)) { // android.hardware.thermal's TemperatureType
            case "0" -> Optional.of(Place.PROCESSOR);
            case "2" -> Optional.of(Place.BATTERY);
            case "3" -> Optional.of(Place.SKIN);
            default -> Optional.empty();
          };
      try {
        double celsius = Double.parseDouble(matcher.group(1));
        place.ifPresent(at -> sensors.add(new Sensor(at, matcher.group(3), celsius)));
      } catch (NumberFormatException e) {
        // a sensor that reads nothing
      }
    }
    return sensors;
  }

  private static Optional<Place> place(String zone) {
    String name = zone.toLowerCase(Locale.ROOT);
    if (name.contains("skin")) {
      return Optional.of(Place.SKIN);
    }
    if (name.contains("battery")) {
      return Optional.of(Place.BATTERY);
    }
    return PROCESSOR.matcher(name).find() ? Optional.of(Place.PROCESSOR) : Optional.empty();
  }

  /** Whether Android slows the phone down. */
  boolean throttles() {
    return status.orElse(0) > 0;
  }

  /**
   * Whether it is warmer than that.
   *
   * @param celsius the limit
   */
  boolean isAbove(double celsius) {
    return sensor.isPresent() && sensor.get().celsius() > celsius;
  }

  /** For a person. */
  String text() {
    String warm = sensor.map(Sensor::text).orElse("no temperature");
    return throttles() ? warm + ", throttled (thermal status " + status.getAsInt() + ")" : warm;
  }
}
