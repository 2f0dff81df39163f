package org.proxyless.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.proxyless.latency.LatencyEntry;
import org.proxyless.latency.LatencyTable;

class TableCheckTest {
  private static final LatencyTable TABLE =
      LatencyTable.builder("d", "s").call(LatencyEntry.ofMillis(2)).build();

  /** What a machine takes for a while is not what its table keeps. */
  @Test
  void aTableIsScaledForNowAndKeptAsItIs() {
    TableCheck.Current slow = new TableCheck.Current(TABLE, 1.5);
    assertThat(slow.forNow().callMillis()).isEqualTo(3);
    assertThat(slow.lasting()).isEqualTo(TABLE);
    assertThat(new TableCheck.Current(TABLE, 1).forNow()).isEqualTo(TABLE);
  }
}
