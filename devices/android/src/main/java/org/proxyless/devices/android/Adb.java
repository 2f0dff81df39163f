package org.proxyless.devices.android;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.proxyless.base.InvalidInputException;
import org.proxyless.devices.DeviceFailedException;

/** Runs the program {@code adb}, with one phone. */
final class Adb {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String LIST = "List of devices attached";
  private static final String READY = "device";
  private static final String EXIT = "proxyless-exit=";
  private static final Pattern EXIT_CODE = Pattern.compile(EXIT + "(\\d{1,3})\\b");

  private final String program;
  private final String serial;

  private Adb(String program, String serial) {
    this.program = program;
    this.serial = serial;
  }

  /**
   * What adb printed, on both its streams.
   *
   * @param exitCode its own or, of a shell command, that command's
   */
  record Output(int exitCode, String text) {}

  /**
   * Finds the phone that settings name, or the only one there is.
   *
   * @throws InvalidInputException if adb cannot be run, or does not see that phone ready for use
   */
  static Adb of(AndroidSettings settings) {
    Map<String, String> states = states(settings);
    String serial = settings.serial().orElseGet(() -> only(settings, states));
    String state = states.get(serial);
    if (state == null) {
      throw new InvalidInputException(
          "phone '"
              + serial
              + "' of device '"
              + settings.device()
              + "' is not connected; adb sees "
              + (states.isEmpty() ? "none" : String.join(", ", states.keySet()))
              + ". Connect it, or correct android.serial.");
    }
    requireReady(serial, state);
    return new Adb(settings.adb(), serial);
  }

  private static Map<String, String> states(AndroidSettings settings) {
    String text = run(List.of(settings.adb(), "devices"), PATIENCE).text();
    int start = text.indexOf(LIST);
    if (start < 0) {
      throw new DeviceFailedException(
          "'" + settings.adb() + " devices' gave no list of devices but: " + firstLine(text));
    }
    Map<String, String> states = new LinkedHashMap<>();
    text.substring(start + LIST.length())
        .lines()
        .map(String::strip)
        .filter(line -> line.contains("\t") || line.contains(" "))
        .forEach(
            line -> {
              String[] parts = line.split("\\s+", 2);
              states.put(parts[0], parts[1].strip());
            });
    return states;
  }

  private static String only(AndroidSettings settings, Map<String, String> states) {
    if (states.isEmpty()) {
      throw new InvalidInputException(
          "device '"
              + settings.device()
              + "' needs an Android phone and adb sees none. Connect one, with USB debugging"
              + " switched on in its developer options.");
    }
    if (states.size() > 1) {
      throw new InvalidInputException(
          "adb sees "
              + states.size()
              + " devices ("
              + String.join(", ", states.keySet())
              + ") and device '"
              + settings.device()
              + "' does not say which. Name one with android.serial.");
    }
    return states.keySet().iterator().next();
  }

  private static void requireReady(String serial, String state) {
    if (state.equals(READY)) {
      return;
    }
    String what =
        switch (state.split(" ", 2)[0]) {
          case "unauthorized" ->
              "has not authorised this machine. Unlock it and allow USB debugging";
          case "offline" -> "is offline. Unplug it and plug it in again";
          case "no" ->
              "may not be used by this user ("
                  + state
                  + "). Give yourself access to USB devices, as adb's documentation says";
          default -> "is in state '" + state + "'. Start Android on it";
        };
    throw new InvalidInputException("phone '" + serial + "' " + what + ".");
  }

  /** The phone's serial number. */
  String serial() {
    return serial;
  }

  /**
   * Runs a command line in the phone's shell, for two minutes at most.
   *
   * @throws InvalidInputException if the phone is gone or does not answer
   */
  Output shell(String command) {
    return shell(command, PATIENCE);
  }

  /** Does the same, for so long at most. Old phones do not pass exit codes on, so it is printed. */
  Output shell(String command, Duration patience) {
    Output output =
        run(List.of(program, "-s", serial, "shell", command + "; echo " + EXIT + "$?"), patience);
    Matcher exit = EXIT_CODE.matcher(output.text());
    if (!exit.find()) {
      throw gone(output);
    }
    return new Output(Integer.parseInt(exit.group(1)), output.text().substring(0, exit.start()));
  }

  /**
   * Copies a file to the phone.
   *
   * @throws InvalidInputException if there is no space for it, the phone is gone, or does not
   *     answer
   */
  void push(Path file, String to) {
    Output output = run(List.of(program, "-s", serial, "push", file.toString(), to), PATIENCE);
    if (output.exitCode() == 0 && !output.text().contains("adb: error:")) {
      return;
    }
    if (output.text().contains("No space left on device")) {
      throw new InvalidInputException(
          "phone '"
              + serial
              + "' has no space left for "
              + to
              + " ("
              + kibibytes(file)
              + " KiB). Free some space on it.");
    }
    if (output.text().contains("failed to copy")) {
      throw new InvalidInputException(
          "phone '"
              + serial
              + "' does not take "
              + to
              + " ("
              + lastLine(output.text())
              + "). Look whether files can be copied there with 'adb push'.");
    }
    throw gone(output);
  }

  private InvalidInputException gone(Output output) {
    return new InvalidInputException(
        "phone '"
            + serial
            + "' does not answer any more ("
            + lastLine(output.text())
            + "). Connect it again.");
  }

  private static long kibibytes(Path file) {
    try {
      return (Files.size(file) + 1023) / 1024;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /** Into a file: where adb starts its server, that would keep a pipe open. */
  private static Output run(List<String> command, Duration patience) {
    try {
      Path text = Files.createTempFile("proxyless-adb", ".txt");
      try {
        Process process = start(command, text);
        try {
          if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new InvalidInputException(
                "'"
                    + String.join(" ", shortened(command))
                    + "' has not ended after "
                    + patience.toSeconds()
                    + " s. Look whether the phone answers, and connect it again.");
          }
        } finally {
          process.destroyForcibly();
        }
        return new Output(process.exitValue(), Files.readString(text, StandardCharsets.ISO_8859_1));
      } finally {
        Files.deleteIfExists(text);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot use a temporary file", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DeviceFailedException("interrupted while waiting for the phone", e);
    }
  }

  private static Process start(List<String> command, Path output) {
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(output.toFile())
          .redirectInput(ProcessBuilder.Redirect.from(nothing()))
          .start();
    } catch (IOException e) {
      throw new InvalidInputException(
          "adb cannot be run as '"
              + command.get(0)
              + "' ("
              + e.getMessage()
              + "). Install Android's platform tools, or say where it is with android.adb.",
          e);
    }
  }

  private static java.io.File nothing() {
    boolean windows = System.getProperty("os.name").startsWith("Windows");
    return new java.io.File(windows ? "NUL" : "/dev/null");
  }

  private static List<String> shortened(List<String> command) {
    List<String> words = new ArrayList<>(command.subList(0, Math.min(4, command.size())));
    words.add("…");
    return words;
  }

  static String firstLine(String text) {
    return text.lines().map(String::strip).filter(l -> !l.isEmpty()).findFirst().orElse("nothing");
  }

  static String lastLine(String text) {
    return text.lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .reduce((before, last) -> last)
        .orElse("nothing");
  }
}
