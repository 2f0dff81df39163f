package org.proxyless.devices.android;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.proxyless.base.InvalidInputException;

class ThermometerTest {
  private static final String SERVICE =
      """
      IsStatusOverride: false
      Thermal Status: 0
      Cached temperatures:
      \tTemperature{mValue=54.600002, mType=0, mName=cpu0-silver-usr, mStatus=0}
      \tTemperature{mValue=99.0, mType=3, mName=skin, mStatus=0}
      HAL Ready: true
      Current temperatures from HAL:
      \tTemperature{mValue=55.3, mType=0, mName=cpu3-gold-usr, mStatus=0}
      \tTemperature{mValue=NaN, mType=3, mName=skin2, mStatus=0}
      \tTemperature{mValue=32.6, mType=3, mName=skin, mStatus=0}
      \tTemperature{mValue=28.0, mType=2, mName=battery, mStatus=0}
      Current cooling devices from HAL:
      \tCoolingDevice{mValue=0, mType=2, mName=thermal-cpufreq-0}
      """;

  private static final String ZONES =
      """
      zone cpu-1-0-usr 45200
      zone cpu-1-1-usr 47100
      zone battery 30100
      zone modem
      zone gpuss-0 41000
      """;

  @Test
  void theSkinCountsAsItIsNow() {
    Thermometer thermometer = Thermometer.of(SERVICE + ZONES);
    assertThat(thermometer.sensor().orElseThrow().name()).isEqualTo("skin");
    assertThat(thermometer.sensor().orElseThrow().celsius()).isEqualTo(32.6);
    assertThat(thermometer.throttles()).isFalse();
    assertThat(thermometer.text()).isEqualTo("32.6 °C (sensor skin)");
  }

  @Test
  void withoutASkinTheBatteryCountsAndThenTheWarmestCore() {
    assertThat(Thermometer.of(ZONES).sensor().orElseThrow().name()).isEqualTo("battery");
    assertThat(Thermometer.of(ZONES.replace("battery", "usb")).sensor())
        .hasValueSatisfying(sensor -> assertThat(sensor.celsius()).isEqualTo(47.1));
  }

  @Test
  void aPhoneMayTellNothing() {
    Thermometer thermometer = Thermometer.of("zone\nzone\n");
    assertThat(thermometer.sensor()).isEmpty();
    assertThat(thermometer.isAbove(10)).isFalse();
  }

  @Test
  void aWarmPhoneIsWaitedFor() {
    List<String> notes = new ArrayList<>();
    Deque<String> looks =
        new ArrayDeque<>(
            List.of(warm(40.5), throttled(38), warm(39.5), warm(38.5), warm(37.9), warm(50)));
    coolDown(looks, 60).await(notes::add);
    assertThat(looks).hasSize(1);
    assertThat(notes)
        .containsExactly(
            "phone 'X' has 40.5 °C (sensor skin): waiting up to 60 s for it to cool down");
  }

  @Test
  void aCoolPhoneIsNotWaitedFor() {
    coolDown(new ArrayDeque<>(List.of(warm(39.9))), 0).await(note -> {});
  }

  @Test
  void aPhoneThatStaysWarmIsRefused() {
    Deque<String> looks = new ArrayDeque<>();
    for (int i = 0; i < 5; i++) {
      looks.add(throttled(45));
    }
    assertThatThrownBy(() -> coolDown(looks, 12).await(note -> {}))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(
            "phone 'X' still has 45.0 °C (sensor skin), throttled (thermal status 2) after 12 s; it"
                + " must not throttle and have at most 40.0 °C.")
        .hasMessageContaining("android.max-temperature-celsius");
    assertThat(looks).hasSize(1);
  }

  private static CoolDown coolDown(Deque<String> looks, int seconds) {
    return new CoolDown(
        "X",
        () -> Thermometer.of(looks.pop()),
        OptionalDouble.empty(),
        Duration.ofSeconds(seconds),
        time -> assertThat(time).isLessThanOrEqualTo(Duration.ofSeconds(5)));
  }

  private static String warm(double celsius) {
    return SERVICE.replace("mValue=32.6", "mValue=" + celsius);
  }

  private static String throttled(double celsius) {
    return warm(celsius).replace("Thermal Status: 0", "Thermal Status: 2");
  }
}
