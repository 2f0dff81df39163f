package org.proxyless.search.cli.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.TypeConversionException;

class ConvertersTest {
  private final Converters.TimeSpan timeSpan = new Converters.TimeSpan();

  @Test
  void aTimeSpanHasUnitsUnlessThereIsNothingToCount() {
    assertThat(timeSpan.convert("1h30m")).isEqualTo(Duration.ofMinutes(90));
    assertThat(timeSpan.convert("0s")).isZero();
    assertThat(timeSpan.convert("0")).isZero();
    assertThatThrownBy(() -> timeSpan.convert("5"))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("'5' is no time span");
  }
}
