package org.proxyless.search.job;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.proxyless.search.run.RunControl;
import org.proxyless.search.run.RunStoppedException;
import org.proxyless.search.run.StopSignal;
import org.proxyless.search.run.progress.Progress;
import org.proxyless.search.run.settings.SearchSettings;

/** Progress that stops the run it shows. */
public final class StoppingProgress {
  private StoppingProgress() {}

  /**
   * Stops a search, or goes on with it and stops it again, where its progress begins like this; a
   * search that does not stop there fails the test.
   */
  public static void stop(SearchSettings settings, String line) {
    StopSignal stop = new StopSignal();
    Progress progress = at(line, stop, OutputStream.nullOutputStream());
    RunControl control = new RunControl(Duration.ofDays(1), stop);
    assertThatThrownBy(
            () -> {
              if (Files.exists(settings.out())) {
                SearchJob.resume(settings.out(), progress, control);
              } else {
                new SearchJob(settings, progress, control).run();
              }
            })
        .isInstanceOf(RunStoppedException.class);
  }

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
