package org.proxyless.search.run.progress;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** How many columns the terminal has. */
final class TerminalWidth {
  /** What a terminal has had since the VT100; taken where the system doesn't say. */
  private static final int USUAL = 80;

  private TerminalWidth() {}

  /** Asks {@code stty}, which knows the terminal's size while it is being resized, too. */
  static int columns() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(Redirect.INHERIT)
              .redirectError(Redirect.DISCARD)
              .start();
      String answer =
          new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
      stty.waitFor(1, TimeUnit.SECONDS);
      return answer.matches("\\d+ [1-9]\\d*")
          ? Integer.parseInt(answer.substring(answer.indexOf(' ') + 1))
          : USUAL;
    } catch (IOException e) {
      return USUAL; // a system without stty
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return USUAL;
    }
  }
}
