package org.proxyless.search.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.proxyless.base.InvalidInputException;
import org.proxyless.search.run.settings.SearchSettings;

class SearchArgumentsTest {
  @Test
  void wordsMeanWhatTheyMeanToTheCommand() {
    SearchSettings settings =
        SearchArguments.settings(List.of("--seed=7", "--no-proof", "--target-ms", "2"));
    assertThat(settings.seed()).isEqualTo(7);
    assertThat(settings.proof()).isFalse();
    assertThat(settings.targetMillis()).isEqualTo(2);
    assertThat(settings.space()).isEqualTo(SearchSettings.DEFAULT_SPACE);
  }

  @Test
  void mistakesAreOneLine() {
    assertThatThrownBy(() -> SearchArguments.settings(List.of("--sede=7")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("Unknown option: '--sede=7'. Maybe you meant --seed");
    assertThatThrownBy(() -> SearchArguments.settings(List.of("--width=0")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("--width is 0.0; it must be a number above 0.");
  }
}
