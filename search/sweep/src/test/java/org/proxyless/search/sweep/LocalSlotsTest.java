package org.proxyless.search.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.proxyless.base.InvalidInputException;
import org.proxyless.search.run.RunStoppedException;
import org.proxyless.search.run.StopSignal;
import org.proxyless.search.sweep.cell.CellCommand;

class LocalSlotsTest {
  @ParameterizedTest
  @CsvSource({"8,64000,8", "8,6500,3", "1,64000,1"})
  void asManyAtATimeAsProcessorsAndMemoryAllow(int processors, long mebibytes, int slots) {
    try (LocalSlots local = slots(new CellNeeds(1, 0, 2000, 1), processors, mebibytes)) {
      assertThat(local.slots()).isEqualTo(slots);
    }
  }

  @Test
  void cellsOfSeveralProcessorsTakeThem() {
    try (LocalSlots local = slots(new CellNeeds(3, 0, 600, 1), 8, 64_000)) {
      assertThat(local.slots()).isEqualTo(2);
    }
  }

  @Test
  void aMachineTooSmallForOneIsRefused() {
    assertThatThrownBy(() -> slots(new CellNeeds(4, 0, 2000, 1), 2, 64_000))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("a cell needs 4 processors and 2000 MiB; this machine has 2");
    assertThatThrownBy(() -> slots(new CellNeeds(1, 0, 4000, 1), 2, 3000))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("3000 free");
  }

  @Test
  void noCellIsBegunAfterTheSweepWasToldToStop() {
    StopSignal stop = new StopSignal();
    stop.request();
    CellCommand command =
        new CellCommand(List.of("none"), Map.of(), List.of(), List.of(), "a/run", "a/log");
    try (LocalSlots local = LocalSlots.of(new CellNeeds(1, 0, 600, 1), stop, 2, 64_000)) {
      assertThat(local.run(command, Set.of()))
          .failsWithin(Duration.ofSeconds(30))
          .withThrowableThat()
          .withCauseInstanceOf(RunStoppedException.class);
    }
  }

  @Test
  void gpusOfOneMachineAreNotSharedOut() {
    assertThatThrownBy(() -> slots(new CellNeeds(1, 1, 2000, 1), 8, 64_000))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("gpus is 1");
  }

  private static LocalSlots slots(CellNeeds needs, int processors, long mebibytes) {
    return LocalSlots.of(needs, new StopSignal(), processors, mebibytes);
  }
}
