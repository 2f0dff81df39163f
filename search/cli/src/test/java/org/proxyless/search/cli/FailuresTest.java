package org.proxyless.search.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.proxyless.base.InvalidInputException;

class FailuresTest {
  private final StringWriter err = new StringWriter();
  private final Interruption interruption = Interruption.install(System.err);
  private final Failures failures = new Failures(new PrintWriter(err), interruption);

  FailuresTest() {
    interruption.finished(); // the tests' own end is no interruption
  }

  @Test
  void aMistakeIsOneLineAnd2() {
    assertThat(failures.report(new InvalidInputException("x is 1;\n it must be 2."), false))
        .isEqualTo(2);
    assertThat(err.toString()).isEqualTo("error: x is 1; it must be 2." + System.lineSeparator());
  }

  @Test
  void aDefectIsOneLineThatNamesTheLogAnd1() throws IOException {
    assertThat(failures.report(new IllegalStateException("broken"), false)).isEqualTo(1);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString()).startsWith("error: this is a defect of the program: broken ");
    assertThat(logNamedIn(err.toString())).contains("IllegalStateException: broken", "\tat ");
  }

  @Test
  void aDefectWithoutMessageIsNamedByItsKind() throws IOException {
    failures.report(new NullPointerException(), false);
    assertThat(err.toString()).contains("NullPointerException");
    logNamedIn(err.toString());
  }

  @Test
  void aFullDiskIsNotCalledADefect() throws IOException {
    IOException cause = new IOException("No space left on device");
    assertThat(failures.report(new UncheckedIOException("cannot write a.csv", cause), false))
        .isEqualTo(1);
    assertThat(err.toString()).contains("cannot write a.csv").doesNotContain("defect");
    assertThat(err.toString()).contains("No space left on device");
    logNamedIn(err.toString());
  }

  @Test
  void debugShowsWhereAnErrorArose() {
    failures.report(new InvalidInputException("x is 1."), true);
    assertThat(err.toString()).contains("\tat " + FailuresTest.class.getName());
  }

  private static String logNamedIn(String line) throws IOException {
    Matcher matcher = Pattern.compile("(\\S+\\.log)\\)").matcher(line);
    assertThat(matcher.find()).isTrue();
    Path log = Path.of(matcher.group(1));
    String text = Files.readString(log);
    Files.delete(log);
    return text;
  }
}
