package org.proxyless.search.job;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.proxyless.search.run.Progress;
import org.proxyless.search.run.StopSignal;

/** Progress that stops the run it shows. */
public final class StoppingProgress {
  private StoppingProgress() {}

  /** Shows every step on a line, and asks to stop at the one that begins like this. */
  public static Progress at(String line, StopSignal stop, OutputStream shown) {
    AtomicLong nanos = new AtomicLong();
    PrintStream out =
        new PrintStream(shown, true, StandardCharsets.UTF_8) {
          @Override
          public void println(String text) {
            super.println(text);
            if (text.startsWith(line)) {
              stop.request();
            }
          }
        };
    return new Progress(
        out,
        false,
        Progress.Verbosity.NORMAL,
        () -> nanos.addAndGet(Duration.ofSeconds(10).toNanos()),
        () -> 80);
  }
}
