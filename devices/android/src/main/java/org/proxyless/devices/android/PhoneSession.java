package org.proxyless.devices.android;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.proxyless.base.InvalidInputException;

/**
 * A folder on a phone with benchmark_model and the files that it runs. It is there for as long as
 * somebody uses it, and then deleted, also where this program is stopped; what a killed one left is
 * deleted by the next.
 */
final class PhoneSession {
  /** Where Android lets adb's shell run programs. */
  static final String FOLDER = "/data/local/tmp/proxyless";

  private static final String PROGRAM = FOLDER + "/benchmark_model";
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final double WARM_UP = 0.5;
  private static final int FEWEST_RUNS = 3;
  private static final double MILLIS_A_SECOND = 1000;

  private static final List<PhoneSession> OPEN = new ArrayList<>();

  private final AndroidSettings settings;
  private final Adb adb;
  private final CoolDown coolDown;
  private final Thread stopped = new Thread(this::tryToDelete, "delete-from-phone");
  private int users;
  private int files;
  private boolean saidThatUnknown;

  private PhoneSession(AndroidSettings settings, Adb adb) {
    this.settings = settings;
    this.adb = adb;
    this.coolDown =
        new CoolDown(
            adb.serial(),
            this::thermometer,
            settings.maxTemperatureCelsius(),
            settings.coolDown(),
            time -> Thread.sleep(time.toMillis()));
  }

  /**
   * The open one for these settings, or a new one. Whoever has got one must {@link #release} it.
   *
   * @throws InvalidInputException if the phone is not there, or cannot be used
   */
  static PhoneSession acquire(AndroidSettings settings) {
    synchronized (OPEN) {
      for (PhoneSession session : OPEN) {
        if (session.settings.equals(settings)) {
          session.users++;
          return session;
        }
      }
      PhoneSession session = new PhoneSession(settings, Phone.of(settings).adb());
      session.open();
      OPEN.add(session);
      session.users++;
      return session;
    }
  }

  private void open() {
    delete();
    Runtime.getRuntime().addShutdownHook(stopped);
    try {
      require(adb.shell("mkdir -p " + FOLDER), "make " + FOLDER);
      adb.push(settings.benchmarkModel(), PROGRAM);
      require(adb.shell("chmod 755 " + PROGRAM), "run programs in " + FOLDER);
    } catch (RuntimeException e) {
      tryToDelete();
      forgetHook();
      throw e;
    }
  }

  private void require(Adb.Output output, String what) {
    if (output.exitCode() != 0) {
      throw new InvalidInputException(
          "phone '"
              + adb.serial()
              + "' does not let adb's shell "
              + what
              + " ("
              + Adb.lastLine(output.text())
              + "). Use a phone whose shell may.");
    }
  }

  private void delete() {
    adb.shell("rm -rf " + FOLDER);
  }

  /** At the end of this program, when there is nobody to tell. */
  private void tryToDelete() {
    try {
      delete();
    } catch (RuntimeException e) {
      // The phone is gone. The next session deletes what is there.
    }
  }

  private void forgetHook() {
    try {
      Runtime.getRuntime().removeShutdownHook(stopped);
    } catch (IllegalStateException e) {
      // This program is ending: the hook is running.
    }
  }

  /** Ends one use. With the last, what is on the phone is deleted. */
  void release() {
    synchronized (OPEN) {
      users--;
      if (users > 0) {
        return;
      }
      OPEN.remove(this);
    }
    try {
      delete();
    } finally {
      forgetHook();
    }
  }

  /**
   * Copies a file to the phone.
   *
   * @return its path there
   */
  String push(byte[] content) {
    String path = FOLDER + "/" + files++ + ".tflite";
    try {
      Path local = Files.createTempFile("proxyless-phone", ".tflite");
      try {
        Files.write(local, content);
        adb.push(local, path);
      } finally {
        Files.delete(local);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot use a temporary file", e);
    }
    return path;
  }

  /** Deletes a file on the phone. */
  void remove(String path) {
    adb.shell("rm -f " + path);
  }

  /**
   * Waits until the phone is cool, and runs a file there for about so long, after half as long for
   * warming up.
   *
   * @param millis how long; at least three calls
   * @param notes told if it has to wait
   */
  BenchmarkOutput run(String path, long millis, Consumer<String> notes) {
    Thermometer now = coolDown.await(notes);
    if (!saidThatUnknown && now.sensor().isEmpty()) {
      saidThatUnknown = true;
      notes.accept("phone '" + adb.serial() + "' tells no temperature: it is measured as it is");
    }
    double seconds = millis / MILLIS_A_SECOND;
    return run(
        path,
        List.of(
            "--num_runs=" + FEWEST_RUNS,
            option("min_secs", seconds),
            "--warmup_runs=1",
            option("warmup_min_secs", WARM_UP * seconds)));
  }

  /** Runs a file on the phone once. */
  BenchmarkOutput runOnce(String path) {
    return run(path, List.of("--num_runs=1", "--min_secs=0", "--warmup_runs=0"));
  }

  private static String option(String name, double value) {
    return String.format(Locale.ROOT, "--%s=%.3f", name, value);
  }

  private BenchmarkOutput run(String path, List<String> howOften) {
    List<String> words = new ArrayList<>();
    words.add("taskset " + settings.cores().hexMask());
    words.add(PROGRAM);
    words.add("--graph=" + path);
    words.add("--num_threads=" + settings.threads());
    words.addAll(howOften);
    words.add(settings.delegate().flags());
    Adb.Output output = adb.shell(String.join(" ", words) + " 2>&1", PATIENCE);
    if (output.exitCode() != 0) {
      throw failed(output.text());
    }
    return BenchmarkOutput.of(output.text());
  }

  private InvalidInputException failed(String text) {
    String what =
        text.lines()
            .filter(line -> line.contains("ERROR") || line.contains("not executable"))
            .findFirst()
            .orElseGet(() -> Adb.lastLine(text))
            .strip();
    return new InvalidInputException(
        "benchmark_model failed on phone '"
            + adb.serial()
            + "' with cores "
            + settings.cores().list()
            + ", delegate "
            + settings.delegate().text()
            + " and "
            + settings.threads()
            + " thread(s): "
            + what
            + ". Look whether the program is built for the phone, and the phone has these cores and"
            + " that delegate.");
  }

  private Thermometer thermometer() {
    return Thermometer.of(adb.shell(Thermometer.COMMAND).text());
  }

  /** For messages. */
  String serial() {
    return adb.serial();
  }
}
