package org.proxyless.latency;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class FingerprintTest {
  private final Fingerprint fingerprint = Fingerprint.of(Map.of("cores", "2", "system", "Linux"));

  @Test
  void theSameFactsDoNotDiffer() {
    assertThat(fingerprint.differences(Fingerprint.of(Map.of("system", "Linux", "cores", "2"))))
        .isEmpty();
  }

  @Test
  void everyDifferingFactIsNamedWithBothValues() {
    assertThat(fingerprint.differences(Fingerprint.of(Map.of("cores", "4", "driver", "550"))))
        .containsExactly(
            "cores: '2' against '4'",
            "driver: absent against '550'",
            "system: 'Linux' against absent");
  }
}
