package org.proxyless.benchmarks.process;

import java.time.Duration;
import org.proxyless.benchmarks.machine.OtherWork;
import org.proxyless.benchmarks.machine.ProcessWork;
import org.proxyless.benchmarks.machine.WorkLoad;

/**
 * Waits, before something is measured, until other programs are done with the machine; but in all
 * no longer than a program has patience, so that it gets on where they never are.
 */
public final class QuietWait {
  /** How long to wait where nothing else is asked for. */
  public static final Duration DEFAULT_PATIENCE = Duration.ofMinutes(2);

  /** The system property with another default, in seconds: tests must not wait for each other. */
  private static final String PATIENCE = "proxyless.waitForQuietSeconds";

  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final int QUIET_LOOKS = 2;

  /** That of this program: whatever it measures, it is on one machine. */
  private static final QuietWait PROGRAM = new QuietWait(new ProcessWork(), Pause.SLEEP);

  private final OtherWork work;
  private final Pause pause;
  private Duration allowed;
  private Duration patience;
  private long sinceNanos = System.nanoTime();
  private boolean asked;
  private boolean resigned;

  private QuietWait(OtherWork work, Pause pause) {
    this(work, pause, Duration.ofSeconds(Long.getLong(PATIENCE, DEFAULT_PATIENCE.toSeconds())));
  }

  /** One that waits as long where nobody says otherwise. */
  QuietWait(OtherWork work, Pause pause, Duration patience) {
    this.work = work;
    this.pause = pause;
    this.allowed = patience;
    this.patience = patience;
  }

  /** The one of this program. */
  static QuietWait ofProgram() {
    return PROGRAM;
  }

  /** Says how long this program may wait in all from now on; 0 for not at all. */
  public static void allow(Duration patience) {
    PROGRAM.setPatience(patience);
  }

  synchronized void setPatience(Duration patience) {
    this.allowed = patience;
    this.asked = true;
    renew();
  }

  /**
   * Lets a program that never ends wait as long as at its beginning, once it has not been told so
   * for a while.
   *
   * @param span since it was told last
   */
  public static void renewAfter(Duration span) {
    PROGRAM.renew(span);
  }

  synchronized void renew(Duration after) {
    if (System.nanoTime() - sinceNanos >= after.toNanos()) {
      renew();
    }
  }

  private void renew() {
    patience = allowed;
    sinceNanos = System.nanoTime();
    resigned = false;
  }

  /** Says that this program has little time: unless it was told how long to wait, at most that. */
  public static void hurry(Duration most) {
    PROGRAM.lowerPatience(most);
  }

  synchronized void lowerPatience(Duration most) {
    if (!asked && most.compareTo(patience) < 0) {
      patience = most;
    }
  }

  /** Waits until the machine is quiet or the patience is used up, and says so. */
  synchronized void await(MeasuringProgress progress) {
    if (patience.isZero() && resigned) {
      return; // it was said once
    }
    WorkLoad load = look();
    if (!load.disturbs()) {
      return;
    }
    if (!patience.isZero()) {
      progress.note(
          capitalised(load.text())
              + ": waiting up to "
              + patience.toSeconds()
              + " s for it to end (--wait-for-quiet)");
    }
    int quiet = 0;
    while (quiet < QUIET_LOOKS && !patience.isZero()) {
      WorkLoad now = look();
      load = now.disturbs() ? now : load;
      quiet = now.disturbs() ? 0 : quiet + 1;
      patience = patience.compareTo(LOOK) > 0 ? patience.minus(LOOK) : Duration.ZERO;
    }
    if (quiet < QUIET_LOOKS) {
      resigned = true;
      progress.note(
          capitalised(load.text())
              + ": measuring beside it, more often; predictions are less certain for it");
    }
  }

  private WorkLoad look() {
    OtherWork.Watch watch = work.watch();
    pause.of(LOOK);
    return watch.load();
  }

  private static String capitalised(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }
}
