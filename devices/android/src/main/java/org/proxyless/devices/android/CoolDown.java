package org.proxyless.devices.android;

import java.time.Duration;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.proxyless.base.InvalidInputException;
import org.proxyless.devices.DeviceFailedException;

/** Waits, before something is measured, until a phone is cool and runs at its full speed. */
final class CoolDown {
  private static final Duration LOOK = Duration.ofSeconds(5);

  /** A phone that had to cool down is used again when it is so much below the limit. */
  private static final double BELOW_CELSIUS = 2;

  private final String serial;
  private final Supplier<Thermometer> look;
  private final OptionalDouble maxCelsius;
  private final Duration patience;
  private final Sleep sleep;

  /** Lets time pass. */
  interface Sleep {
    void of(Duration time) throws InterruptedException;
  }

  /**
   * @param look at the thermometer
   * @param maxCelsius empty for what suits the sensor
   * @param patience how long to wait, each time
   */
  CoolDown(
      String serial,
      Supplier<Thermometer> look,
      OptionalDouble maxCelsius,
      Duration patience,
      Sleep sleep) {
    this.serial = serial;
    this.look = look;
    this.maxCelsius = maxCelsius;
    this.patience = patience;
    this.sleep = sleep;
  }

  /**
   * Returns when it is cool.
   *
   * @param notes told if it has to wait
   * @return what the thermometer says then
   * @throws InvalidInputException if that takes longer than it may
   */
  Thermometer await(Consumer<String> notes) {
    Thermometer now = look.get();
    if (!now.throttles() && !now.isAbove(limit(now))) {
      return now;
    }
    notes.accept(
        "phone '"
            + serial
            + "' has "
            + now.text()
            + ": waiting up to "
            + patience.toSeconds()
            + " s for it to cool down");
    Duration left = patience;
    while (now.throttles() || now.isAbove(limit(now) - BELOW_CELSIUS)) {
      if (left.isZero()) {
        throw new InvalidInputException(
            "phone '"
                + serial
                + "' still has "
                + now.text()
                + " after "
                + patience.toSeconds()
                + " s; it must not throttle and have at most "
                + limit(now)
                + " °C. Let it cool, unplug its charger, or raise android.cool-down-seconds or"
                + " android.max-temperature-celsius.");
      }
      Duration wait = left.compareTo(LOOK) < 0 ? left : LOOK;
      pass(wait);
      left = left.minus(wait);
      now = look.get();
    }
    return now;
  }

  private double limit(Thermometer now) {
    return maxCelsius.orElseGet(
        () -> now.sensor().map(sensor -> sensor.place().usualMaxCelsius()).orElse(0.0));
  }

  private void pass(Duration time) {
    try {
      sleep.of(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DeviceFailedException("interrupted while the phone cooled down", e);
    }
  }
}
