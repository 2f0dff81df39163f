package org.proxyless.search.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class FineTuningScheduleTest {
  @Test
  void theValidationImagesAreLookedAtWhileTheyDecide() {
    FineTuningSchedule schedule = new FineTuningSchedule(100, 200);
    assertThat(LongStream.rangeClosed(0, 300).filter(schedule::looksAfter))
        .containsExactly(25L, 50L, 75L, 100L, 150L, 200L, 250L, 300L);
  }

  @Property
  void theLastLookOfAPhaseIsAfterItsLastStep(@ForAll @LongRange(min = 1, max = 500) long n) {
    FineTuningSchedule schedule = FineTuningSchedule.of(n);
    assertThat(schedule.steps()).isEqualTo(n);
    assertThat(schedule.looksAfter(schedule.decidedSteps())).isTrue();
    assertThat(schedule.looksAfter(n)).isTrue();
    assertThat(
            LongStream.rangeClosed(0, schedule.decidedSteps()).filter(schedule::looksAfter).count())
        .isEqualTo(schedule.looks());
  }
}
