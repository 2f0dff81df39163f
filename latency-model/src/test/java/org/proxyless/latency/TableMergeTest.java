package org.proxyless.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.proxyless.base.InvalidInputException;

class TableMergeTest {
  private static LatencyTable.Builder table(String space, String key, double millis) {
    return LatencyTable.builder("d", space)
        .put(key, LatencyEntry.ofMillis(millis))
        .put("shared", LatencyEntry.ofMillis(5))
        .settings(Map.of("threads", "1", "space", space))
        .created(Instant.ofEpochSecond(space.length()));
  }

  @Test
  void theWholeHasTheEntriesOfAll() {
    LatencyTable whole =
        new TableMerge(false)
            .add("1.table", table("s", "a", 1).verification(Samples.VERIFICATION).build())
            .add("2.table", table("other", "b", 2).build())
            .table();
    assertThat(whole.entries().keySet()).containsExactly("a", "b", "shared");
    assertThat(whole.space()).isEqualTo("s+other");
    assertThat(whole.created()).isEqualTo(Instant.ofEpochSecond(5));
    assertThat(whole.settings()).isEqualTo(Map.of("threads", "1"));
    assertThat(whole.isVerified()).isFalse();
  }

  @Test
  void entriesThatContradictAreRefusedUnlessTheFirstIsToBeKept() {
    LatencyTable one = table("s", "a", 1).build();
    LatencyTable other = table("s", "a", 2).build();
    assertRefused(one, other, "'a' is 1.0 ms in 1.table and 2.0 ms in 2.table");
    LatencyTable whole = new TableMerge(true).add("1", one).add("2", other).table();
    assertThat(whole.entries())
        .hasEntrySatisfying("a", a -> assertThat(a.medianMillis()).isEqualTo(1));
  }

  @Test
  void tablesOfDifferentDevicesAreRefused() {
    LatencyTable one = table("s", "a", 1).build();
    assertRefused(one, LatencyTable.builder("phone", "s").build(), "device: 'd' against 'phone'");
    assertRefused(one, LatencyTable.linearModel("d", "s").bias(1).build(), "kind: ");
    LatencyTable elsewhere =
        table("s", "a", 1).fingerprint(Fingerprint.of(Map.of("cores", "4"))).build();
    assertRefused(one, elsewhere, "cores: absent against '4'");
  }

  @Test
  void aCorrectionHoldsForItsOwnTableAlone() {
    Correction correction = Correction.of(1, Map.of());
    LatencyTable one = table("s", "a", 1).build();
    assertRefused(one, table("s", "b", 1).correction(correction).build(), "has a correction");
  }

  private static void assertRefused(LatencyTable one, LatencyTable other, String reason) {
    assertThatThrownBy(() -> new TableMerge(false).add("1.table", one).add("2.table", other))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("2.table")
        .hasMessageContaining(reason);
  }
}
