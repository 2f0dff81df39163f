package org.proxyless.devices.android;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CoresTest {
  @ParameterizedTest
  @CsvSource({"7, 80, 1, 7", "4-7, f0, 4, 4", "'0,2', 5, 2, 0", "'4-5, 7', b0, 3, 4"})
  void listsAreMasks(String list, String mask, int count, int first) {
    Cores cores = Cores.of(list).orElseThrow();
    assertThat(cores.hexMask()).isEqualTo(mask);
    assertThat(cores.count()).isEqualTo(count);
    assertThat(cores.first()).isEqualTo(first);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "f0", "7-4", "64", "1,", "-1", "1-"})
  void otherTextIsNone(String list) {
    assertThat(Cores.of(list)).isEmpty();
  }
}
