package org.proxyless.search.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.proxyless.base.InvalidInputException;

class MavenArgumentsTest {
  @Test
  void whiteSpaceSeparatesExceptBetweenQuotes() {
    assertThat(MavenArguments.split("a b 'c d'")).containsExactly("a", "b", "c d");
    assertThat(MavenArguments.split(" a\t\n\"b 'c'\" --out='d e'f "))
        .containsExactly("a", "b 'c'", "--out=d ef");
    assertThat(MavenArguments.split("'' C:\\x\\y \"\"")).containsExactly("", "C:\\x\\y", "");
    assertThat(MavenArguments.split("  ")).isEmpty();
  }

  @Test
  void aQuoteWithoutPartnerIsRefused() {
    assertThatThrownBy(() -> MavenArguments.split("a 'b c"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("a 'b c");
  }
}
