package org.proxyless.search.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.proxyless.latency.InvalidInputException;

class LocalSlotsTest {
  @ParameterizedTest
  @CsvSource({"8,64000,8", "8,6500,3", "1,64000,1"})
  void asManyAtATimeAsProcessorsAndMemoryAllow(int processors, long mebibytes, int slots) {
    try (LocalSlots local = LocalSlots.of(new CellNeeds(1, 0, 2000, 1), processors, mebibytes)) {
      assertThat(local.slots()).isEqualTo(slots);
    }
  }

  @Test
  void cellsOfSeveralProcessorsTakeThem() {
    try (LocalSlots local = LocalSlots.of(new CellNeeds(3, 0, 600, 1), 8, 64_000)) {
      assertThat(local.slots()).isEqualTo(2);
    }
  }

  @Test
  void aMachineTooSmallForOneIsRefused() {
    assertThatThrownBy(() -> LocalSlots.of(new CellNeeds(4, 0, 2000, 1), 2, 64_000))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("a cell needs 4 processors and 2000 MiB; this machine has 2");
    assertThatThrownBy(() -> LocalSlots.of(new CellNeeds(1, 0, 4000, 1), 2, 3000))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("3000 free");
  }

  @Test
  void gpusOfOneMachineAreNotSharedOut() {
    assertThatThrownBy(() -> LocalSlots.of(new CellNeeds(1, 1, 2000, 1), 8, 64_000))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("gpus is 1");
  }
}
