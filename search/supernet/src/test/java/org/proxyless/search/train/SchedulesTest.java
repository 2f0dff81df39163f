package org.proxyless.search.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.proxyless.search.strategy.ArchitectureRate;

class SchedulesTest {
  @Test
  void theRateClimbsThenFallsAlongACosineToZero() {
    CosineSchedule schedule = new CosineSchedule(0.2, 1000);
    assertThat(schedule.rate(0)).isCloseTo(0.2 / 50, within(1e-6));
    assertThat(schedule.rate(49)).isCloseTo(0.2, within(2e-3));
    assertThat(schedule.rate(500)).isCloseTo(0.1, within(1e-12));
    assertThat(schedule.rate(999)).isBetween(0.0, 1e-5);
  }

  @Test
  void aLongSearchHasThePublishedSchedule() {
    // 40 + 120 epochs of 1.28 M images in batches of 256, an architecture step every 5.
    SearchSchedule schedule = SearchSchedule.of(40, 120, 5000, 256);
    assertThat(schedule.warmupSteps()).isEqualTo(200_000);
    assertThat(schedule.architectureInterval()).isEqualTo(5);
    assertThat(schedule.firstArchitectureStep()).isEqualTo(5000);
    assertThat(schedule.architectureSteps()).isEqualTo(119_000);
    assertThat(ArchitectureRate.PROXYLESS_NAS.of(schedule.architectureSteps())).isEqualTo(1e-3);
    assertThat(schedule.warmupRate()).isEqualTo(0.05);
    assertThat(schedule.searchRate()).isEqualTo(0.025);
  }

  @Test
  void aShortSearchStillDecidesSomething() {
    for (int steps : new int[] {100, 600, 3000}) {
      SearchSchedule schedule = SearchSchedule.ofSteps(steps, steps, 100, 32);
      long taken = 0;
      for (long step = 0; step < steps; step++) {
        taken += schedule.architectureStepAfter(step) ? 1 : 0;
      }
      assertThat(taken).isEqualTo(schedule.architectureSteps());
      assertThat(taken * ArchitectureRate.PROXYLESS_NAS.of(schedule.architectureSteps()))
          .isGreaterThanOrEqualTo(5);
      assertThat(schedule.proposalAfter(steps - 1)).isTrue();
      assertThat(schedule.proposalAfter(steps / 2)).isFalse();
    }
  }

  @Test
  void everyEpochANetworkIsProposedAndThoseOfTheLastQuarterMayBeChosen() {
    SearchSchedule schedule = SearchSchedule.of(0, 8, 150, 32);
    List<Long> proposed =
        LongStream.range(0, 1200).filter(schedule::proposalAfter).boxed().toList();
    assertThat(proposed)
        .containsExactly(149L, 299L, 449L, 599L, 749L, 899L, 974L, 1049L, 1124L, 1199L);
    assertThat(proposed.stream().filter(schedule::choosesAfter))
        .containsExactly(974L, 1049L, 1124L, 1199L);
  }

  @Test
  void shortEpochsAreNotFilledWithProposals() {
    SearchSchedule schedule = SearchSchedule.of(0, 100, 5, 32);
    assertThat(LongStream.range(0, 500).filter(schedule::proposalAfter))
        .containsExactly(99L, 199L, 299L, 375L, 406L, 437L, 468L, 499L);
  }

  @Test
  void aLongerSearchHasMoreNetworksToChooseFromUpToABound() {
    assertThat(SearchSchedule.ofSteps(0, 120, 60, 32).finalists()).isEqualTo(4);
    assertThat(SearchSchedule.ofSteps(0, 2000, 200, 32).finalists()).isEqualTo(8);
    assertThat(SearchSchedule.ofSteps(0, 9000, 200, 32).finalists()).isEqualTo(12);
    assertThat(SearchSchedule.of(0, 8, 150, 32).choices()).isEqualTo(4);
  }

  @Test
  void aSearchOfOneEpochHasSeveralToChooseFromToo() {
    SearchSchedule schedule = SearchSchedule.of(1, 1, 700, 64);
    assertThat(LongStream.range(0, 700).filter(schedule::proposalAfter))
        .hasSize(5)
        .allMatch(schedule::choosesAfter);
  }
}
