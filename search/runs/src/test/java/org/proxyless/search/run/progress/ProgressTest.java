package org.proxyless.search.run.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.proxyless.search.run.progress.Progress.Verbosity;

class ProgressTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  private long now = 7_000;

  @Test
  void aTerminalGetsABarWithRateTimeLeftAndText() {
    try (Phase phase = progress(true, Verbosity.NORMAL, 100).phase("search", 40)) {
      pass(Duration.ofSeconds(2));
      phase.step(10, "loss 1.23");
      assertThat(lastDrawn())
          .isEqualTo("search [#####...............] 10/40, 5.0/s, 6.0 s left, loss 1.23");
    }
    assertThat(text()).endsWith("\r\u001b[Ksearch took 2.0 s, loss 1.23" + System.lineSeparator());
  }

  @Test
  void theBarIsNeverAsWideAsTheTerminal() {
    try (Phase phase = progress(true, Verbosity.NORMAL, 40).phase("search", 40)) {
      for (int i = 0; i < 40; i++) {
        pass(Duration.ofSeconds(1));
        phase.step("a text that is much too long for such a narrow window");
        assertThat(lastDrawn().length()).isLessThan(40);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "90 | search [#####...............] 10/40, 5.0/s, 6.0 s left, loss 1.23, expected 3 of 4 ms",
        "71 | search [#....] 10/40, 5.0/s, 6.0 s left, loss 1.23, expected 3 of 4 ms",
        "66 | search 10/40, 5.0/s, 6.0 s left, loss 1.23, expected 3 of 4 ms",
        "60 | search 10/40, 6.0 s left, loss 1.23, expected 3 of 4 ms",
        "50 | search 10/40, loss 1.23, expected 3 of 4 ms",
        "30 | search 10/40, loss 1.23, expe",
      })
  void aNarrowTerminalKeepsTheFiguresRatherThanTheBar(int columns, String drawn) {
    try (Phase phase = progress(true, Verbosity.NORMAL, columns).phase("search", 40)) {
      pass(Duration.ofSeconds(2));
      phase.step(10, "loss 1.23, expected 3 of 4 ms");
      assertThat(lastDrawn()).isEqualTo(drawn);
    }
  }

  @Test
  void aTerminalIsDrawnAtMostTenTimesASecond() {
    try (Phase phase = progress(true, Verbosity.NORMAL, 80).phase("search", 1000)) {
      for (int i = 0; i < 1000; i++) {
        pass(Duration.ofMillis(1));
        phase.step("");
      }
    }
    assertThat(text().split("\r").length - 1).isBetween(10, 12);
  }

  @Test
  void elsewhereAPlainLineAppearsEveryFiveSeconds() {
    try (Phase phase = progress(false, Verbosity.NORMAL, 80).phase("search", 100)) {
      for (int i = 0; i < 100; i++) {
        pass(Duration.ofMillis(110));
        phase.step("loss 2");
      }
    }
    assertThat(text()).doesNotContain("\r").doesNotContain("\u001b");
    assertThat(text().lines())
        .containsExactly(
            "search 0/100",
            "search 46/100, 9.1/s, 5.9 s left, loss 2",
            "search 92/100, 9.1/s, 0.9 s left, loss 2",
            "search took 11 s, loss 2");
  }

  @Test
  void aPhaseOfUnknownLengthShowsWhatIsDone() {
    try (Phase phase = progress(false, Verbosity.NORMAL, 80).phase("reading", 0)) {
      pass(Duration.ofSeconds(20));
      phase.step(5, "");
    }
    assertThat(text().lines()).contains("reading 5, 4.0 s each");
  }

  @Test
  void quietShowsNothingAndVerboseShowsDetails() {
    for (Verbosity verbosity : List.of(Verbosity.QUIET, Verbosity.NORMAL, Verbosity.VERBOSE)) {
      bytes.reset();
      Progress progress = progress(false, verbosity, 80);
      progress.phase("search", 0).close();
      progress.note("a note");
      progress.detail("a detail");
      List<String> expected =
          switch (verbosity) {
            case QUIET -> List.of();
            case NORMAL -> List.of("search", "search took 0.0 s", "a note");
            case VERBOSE -> List.of("search", "search took 0.0 s", "a note", "a detail");
          };
      assertThat(text().lines()).containsExactlyElementsOf(expected);
    }
  }

  @Test
  void aNoteDoesNotTearTheBar() {
    Progress progress = progress(true, Verbosity.NORMAL, 80);
    try (Phase phase = progress.phase("search", 4)) {
      phase.step("");
      progress.note("a note");
      assertThat(text()).contains("\r\u001b[Ka note" + System.lineSeparator() + "search [#####");
    }
  }

  @Test
  void theTimeOfEveryPhaseIsKept() {
    Progress progress = progress(false, Verbosity.QUIET, 80);
    for (String name : List.of("table", "search", "table")) {
      try (Phase phase = progress.phase(name, 1)) {
        pass(Duration.ofMillis(1500));
        phase.step("");
      }
    }
    assertThat(progress.phaseSeconds()).containsEntry("table", 3.0).containsEntry("search", 1.5);
    assertThat(progress.phaseSeconds().keySet()).containsExactly("table", "search");
  }

  @Test
  void phasesDoNotOverlap() {
    Progress progress = progress(false, Verbosity.QUIET, 80);
    try (Phase phase = progress.phase("one", 1)) {
      assertThatThrownBy(() -> progress.phase("two", 1))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining(phase.name());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0.04, 0.0 s",
    "9.94, 9.9 s",
    "9.97, 10 s",
    "59.6, 1 min 00 s",
    "187, 3 min 07 s",
    "3599.7, 1 h 00 min",
    "7500, 2 h 05 min",
  })
  void durationsAreWrittenForPeople(double seconds, String text) {
    assertThat(Durations.text(seconds)).isEqualTo(text);
  }

  private Progress progress(boolean terminal, Verbosity verbosity, int columns) {
    return new Progress(out, terminal, verbosity, () -> now, () -> columns);
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }

  private String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private String lastDrawn() {
    String text = text();
    return text.substring(text.lastIndexOf("\u001b[K") + 3);
  }
}
