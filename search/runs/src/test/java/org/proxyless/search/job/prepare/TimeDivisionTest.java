package org.proxyless.search.job.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class TimeDivisionTest {
  @Test
  void phasesThatCanUseItGetWhatTheyAreWorth() {
    TimeDivision divided = TimeDivision.of(100, new TimeDivision(1000, 1000, 1000));
    assertThat(divided.warmUp()).isCloseTo(100 * TimeDivision.WORTH.warmUp(), within(1e-9));
    assertThat(divided.fineTune()).isCloseTo(100 * TimeDivision.WORTH.fineTune(), within(1e-9));
    assertThat(TimeDivision.WORTH.total()).isCloseTo(1, within(1e-9));
  }

  @Property
  void allIsUsedAsFarAsItCanBe(
      @ForAll @DoubleRange(max = 1000) double seconds,
      @ForAll @DoubleRange(max = 500) double warmUp,
      @ForAll @DoubleRange(max = 500) double search,
      @ForAll @DoubleRange(max = 500) double fineTune) {
    TimeDivision most = new TimeDivision(warmUp, search, fineTune);
    TimeDivision divided = TimeDivision.of(seconds, most);
    assertThat(divided.total()).isCloseTo(Math.min(seconds, most.total()), within(1e-6));
    assertThat(divided.warmUp()).isBetween(0.0, warmUp);
    assertThat(divided.search()).isBetween(0.0, search);
    assertThat(divided.fineTune()).isBetween(0.0, fineTune);
  }
}
