package org.proxyless.benchmarks.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.proxyless.base.InvalidInputException;
import org.proxyless.benchmarks.process.MeasuringProgress;
import org.proxyless.benchmarks.sites.SimulatedDevice;
import org.proxyless.devices.DeviceProfile;
import org.proxyless.devices.DeviceProfiles;
import org.proxyless.latency.LatencyEntry;
import org.proxyless.latency.LatencyTable;
import org.proxyless.network.Operator;
import org.proxyless.network.Shape;
import org.proxyless.network.operators.MBConv;

/** On a simulated device. */
class TableCheckTest {
  private static final Shape SHAPE = new Shape(14, 14, 16);
  private static final List<String> KEYS =
      List.of(3, 5, 7).stream()
          .flatMap(
              kernel ->
                  List.of(1, 2, 3, 4, 5, 6).stream()
                      .map(ratio -> new Operator(new MBConv(kernel, ratio), SHAPE, 16, 1, true)))
          .map(Operator::key)
          .toList();
  private static final String SENTINEL = KEYS.get(KEYS.size() - 1);
  private static final Map<String, Double> MILLIS = millis();
  private static final LatencyTable TABLE = table();

  private final List<String> notes = new ArrayList<>();
  private final List<Duration> pauses = new ArrayList<>();

  private static Map<String, Double> millis() {
    Map<String, Double> millis = new TreeMap<>();
    for (int i = 0; i < KEYS.size(); i++) {
      millis.put(KEYS.get(i), 1 + 0.1 * i);
    }
    return millis;
  }

  private static LatencyTable table() {
    Map<String, String> settings =
        new HashMap<>(
            new Reference(SimulatedDevice.REFERENCE_NANOS, SimulatedDevice.REFERENCE_NANOS)
                .settings());
    settings.put(Profiler.SENTINEL, SENTINEL);
    settings.put(Profiler.NEIGHBOURS, SENTINEL);
    LatencyTable.Builder table =
        LatencyTable.builder("d", "s").settings(settings).call(LatencyEntry.ofMillis(2));
    MILLIS.forEach(
        (key, millis) ->
            table.put(key, LatencyEntry.ofMillis(millis).withStandardError(0.01 * millis)));
    return table.build();
  }

  private static List<String> checked() {
    return TableSample.of(TABLE).keys();
  }

  private Optional<TableCheck.Current> check(SimulatedDevice device, boolean strict) {
    DeviceProfile profile = DeviceProfiles.load(DeviceProfile.DEFAULT);
    return new TableCheck(TABLE, profile, device, pauses::add, MeasuringProgress.notes(notes::add))
        .update(strict);
  }

  private static SimulatedDevice device(
      Map<String, Double> factors, SimulatedDevice.Weather weather) {
    Map<String, Double> millis = new TreeMap<>(MILLIS);
    factors.forEach((key, factor) -> millis.put(key, MILLIS.get(key) * factor));
    return new SimulatedDevice(millis, weather, 0.005);
  }

  private static SimulatedDevice.Weather always(double slower) {
    return (visit, key) -> new SimulatedDevice.Moment(slower, 0);
  }

  /** What a machine takes for a while is not what its table keeps. */
  @Test
  void aTableIsScaledForNowAndKeptAsItIs() {
    TableCheck.Current slow = new TableCheck.Current(TABLE, 1.5);
    assertThat(slow.forNow().callMillis()).isEqualTo(3);
    assertThat(slow.lasting()).isEqualTo(TABLE);
    assertThat(new TableCheck.Current(TABLE, 1).forNow()).isEqualTo(TABLE);
  }

  @Test
  void aTableThatHoldsIsUsedAfterOneLook() {
    SimulatedDevice device = device(Map.of(), always(1));
    assertThat(check(device, true)).contains(new TableCheck.Current(TABLE, 1));
    assertThat(device.visitsOf(checked().get(0))).isEqualTo(1);
    assertThat(notes).isEmpty();
  }

  @Test
  void aMachineThatIsSlowerScalesTheTable() {
    TableCheck.Current current = check(device(Map.of(), always(1.2)), true).orElseThrow();
    assertThat(current.drift()).isCloseTo(1.2, within(0.01));
    assertThat(current.lasting()).isEqualTo(TABLE);
    assertThat(notes).singleElement().asString().contains("1.200 times");
  }

  @Test
  void aMachineThatIsQuickerForAMomentIsNotTrusted() {
    SimulatedDevice.Weather quickAtFirst =
        (visit, key) -> new SimulatedDevice.Moment(visit < 14 ? 0.8 : 1, 0);
    TableCheck.Current current = check(device(Map.of(), quickAtFirst), false).orElseThrow();
    assertThat(current.drift()).isEqualTo(1);
    assertThat(pauses).containsExactly(Duration.ofSeconds(20));

    TableCheck.Current lasting = check(device(Map.of(), always(0.8)), false).orElseThrow();
    assertThat(lasting.drift()).isCloseTo(0.8, within(0.01));
  }

  @Test
  void oneOperatorThatMovedIsMeasuredAgainAndReplaced() {
    String moved = checked().get(0);
    TableCheck.Current current = check(device(Map.of(moved, 1.4), always(1)), false).orElseThrow();
    assertThat(current.lasting().entries().get(moved).medianMillis())
        .isCloseTo(1.4 * MILLIS.get(moved), within(0.02));
    String other = checked().get(1);
    assertThat(current.lasting().entries().get(other)).isEqualTo(TABLE.entries().get(other));
    assertThat(current.drift()).isEqualTo(1);
    assertThat(notes).singleElement().asString().contains(moved).endsWith("measured again");
  }

  @Test
  void severalOperatorsThatMovedTakeANewTable() {
    Map<String, Double> moved = Map.of(checked().get(0), 1.4, checked().get(1), 0.7);
    assertThat(check(device(moved, always(1)), false)).isEmpty();
    assertThat(notes).singleElement().asString().endsWith("a new latency table is measured");
  }

  @Test
  void whoIsStrictIsToldWhatMoved() {
    String moved = checked().get(0);
    assertThatThrownBy(() -> check(device(Map.of(moved, 1.4), always(1)), true))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(moved)
        .hasMessageContaining("no longer fits this machine");
  }

  @Test
  void whatOtherProgramsMayHaveDoneIsNotBlamedOnTheTable() {
    Map<String, Double> moved = Map.of(checked().get(0), 1.3, checked().get(1), 0.8);
    SimulatedDevice device = device(moved, (visit, key) -> new SimulatedDevice.Moment(1, 1));
    assertThat(check(device, false)).contains(new TableCheck.Current(TABLE, 1));
    assertThat(notes).last().asString().startsWith("Other programs disturb this machine too much");

    // No other program makes one operator in turns with the rest twice as slow.
    Map<String, Double> far = Map.of(checked().get(0), 2.5, checked().get(1), 0.5);
    assertThat(check(device(far, (visit, key) -> new SimulatedDevice.Moment(1, 1)), false))
        .isEmpty();
  }
}
