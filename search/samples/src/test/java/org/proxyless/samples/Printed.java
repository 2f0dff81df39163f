package org.proxyless.samples;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** What a lesson prints. */
final class Printed {
  /** A lesson's {@code main}. */
  interface Lesson {
    void main(String[] args) throws Exception;
  }

  private Printed() {}

  static String by(Lesson lesson, Object folder) throws Exception {
    PrintStream before = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      System.setOut(out);
      lesson.main(new String[] {folder.toString()});
    } finally {
      System.setOut(before);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
