package org.proxyless.benchmarks.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.proxyless.benchmarks.process.MeasuringFailedException;
import org.proxyless.benchmarks.process.MeasuringProgress;
import org.proxyless.benchmarks.sites.SimulatedDevice;
import org.proxyless.benchmarks.sites.VisitMeasuring;
import org.proxyless.devices.DeviceProfile;
import org.proxyless.devices.DeviceProfiles;
import org.proxyless.devices.MachineFingerprint;
import org.proxyless.network.Shape;

/** On a simulated device. */
class CampaignTest {
  private static final Map<String, Double> MILLIS = Map.of("a", 1.0, "b", 2.0, "s", 4.0);

  private final DeviceProfile profile = DeviceProfiles.load(DeviceProfile.DEFAULT);
  private final List<String> notes = new ArrayList<>();

  private Readings run(
      SimulatedDevice device, int rounds, int repeats, Function<Readings, List<String>> doubts)
      throws IOException {
    VisitMeasuring.Subject subject =
        new VisitMeasuring.Subject(profile, new Shape(8, 8, 1), 2, List.of("s"), List.of(), 8, 10);
    Campaign.Plan plan = new Campaign.Plan(subject, List.of("a", "b"), "s", rounds, 2, repeats, 7);
    try (Journal journal = Journal.inMemory()) {
      return new Campaign(plan, device, journal, MeasuringProgress.notes(notes::add), doubts)
          .run(MachineFingerprint.of(profile));
    }
  }

  private Readings run(SimulatedDevice device) throws IOException {
    return run(device, 2, 1, readings -> List.of());
  }

  @Test
  void onACalmMachineEverythingIsVisitedAsPlannedAndNoMore() throws IOException {
    SimulatedDevice device =
        new SimulatedDevice(MILLIS, (visit, key) -> SimulatedDevice.Moment.CALM, 0.01);
    Readings readings = run(device);

    assertThat(readings.entry("a").medianMillis()).isCloseTo(1, within(0.01));
    assertThat(device.visitsOf("a")).isEqualTo(4);
    assertThat(device.visitsOf("b")).isEqualTo(4);
    assertThat(notes).isEmpty();
  }

  @Test
  void whatIsDoubtedIsMeasuredTwiceMoreAndThenBelieved() throws IOException {
    SimulatedDevice device =
        new SimulatedDevice(MILLIS, (visit, key) -> SimulatedDevice.Moment.CALM, 0.01);
    Readings readings = run(device, 1, 0, seen -> List.of("a"));

    assertThat(device.visitsOf("a")).as("two passes and two repeats").isEqualTo(4);
    assertThat(device.visitsOf("b")).isEqualTo(2);
    assertThat(readings.entry("a").medianMillis()).isCloseTo(1, within(0.01));
    assertThat(notes).containsExactly("1 of 2 are measured again", "1 of 2 are measured again");
  }

  @Test
  void whatOtherProgramsDisturbedIsMeasuredAgainAndDoesNotCount() throws IOException {
    SimulatedDevice device =
        new SimulatedDevice(
            MILLIS,
            (visit, key) ->
                visit < 6 && key.equals("a")
                    ? new SimulatedDevice.Moment(3, 0.9)
                    : SimulatedDevice.Moment.CALM,
            0.01);
    Readings readings = run(device, 1, 0, seen -> List.of());

    assertThat(device.visitsOf("a")).isEqualTo(3);
    assertThat(device.visitsOf("b")).isEqualTo(2);
    assertThat(readings.movedVisits()).isEqualTo(2);
    assertThat(readings.isUnsettled("a")).isFalse();
  }

  @Test
  void whereOtherProgramsNeverRestOneMoreRoundIsAllThereIs() throws IOException {
    SimulatedDevice device =
        new SimulatedDevice(MILLIS, (visit, key) -> new SimulatedDevice.Moment(1.3, 1), 0.01);
    Readings readings = run(device, 1, 0, seen -> List.of());

    assertThat(device.visitsOf("a")).isEqualTo(3);
    assertThat(readings.movedShare()).isEqualTo(1);
    assertThat(readings.entry("a").medianMillis())
        .as("for the reference")
        .isCloseTo(1.3, within(0.02));
  }

  @Test
  void whatDrownsInNoiseIsTriedThreeTimesMoreAndRefused() {
    SimulatedDevice device =
        new SimulatedDevice(
            Map.of("a", -0.1, "b", 2.0, "s", 4.0),
            (visit, key) -> SimulatedDevice.Moment.CALM,
            0.01);

    assertThatThrownBy(() -> run(device, 1, 0, seen -> List.of()))
        .isInstanceOf(MeasuringFailedException.class)
        .hasMessageStartingWith("the latency of a drowns in the machine's noise");
    assertThat(device.visitsOf("a")).isEqualTo(5);
  }

  @Test
  void aProcessThatGrewTooLargeIsFollowedByAnother() throws IOException {
    SimulatedDevice device =
        new SimulatedDevice(MILLIS, (visit, key) -> SimulatedDevice.Moment.CALM, 0.01, 3);
    Readings readings = run(device, 1, 0, seen -> List.of());

    assertThat(device.processes()).isEqualTo(2);
    assertThat(device.visitsOf("a")).isEqualTo(2);
    assertThat(device.visitsOf("b")).isEqualTo(2);
    assertThat(readings.entry("b").forks()).hasValue(2);
  }
}
