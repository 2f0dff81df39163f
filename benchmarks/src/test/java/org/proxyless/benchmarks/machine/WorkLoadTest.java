package org.proxyless.benchmarks.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class WorkLoadTest {
  @Test
  void onALargeMachineMoreOtherWorkFindsRoomBesideAMeasurement() {
    assertThat(WorkLoad.disturbs(0.3, 1)).isTrue();
    assertThat(WorkLoad.disturbs(0.3, 2)).isTrue();
    assertThat(WorkLoad.disturbs(0.2, 2)).isFalse();
    assertThat(WorkLoad.disturbs(0.3, 16)).isFalse();
    assertThat(WorkLoad.disturbs(1.1, 16)).isTrue();
  }

  @Test
  void theProgramThatDoesMostOfTheWorkIsNamed() {
    assertThat(new WorkLoad(1, Optional.of("java"), 0.97).text())
        .isEqualTo("another program, 'java', uses 97 % of one processor");
    assertThat(new WorkLoad(1, Optional.of("java"), 0.4).text())
        .isEqualTo("other work, of programs that cannot be told, uses 100 % of one processor");
  }
}
