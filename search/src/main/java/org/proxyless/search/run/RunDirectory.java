package org.proxyless.search.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.proxyless.latency.AtomicFile;
import org.proxyless.latency.InvalidInputException;
import org.proxyless.search.file.CsvFile;
import org.proxyless.search.file.StrictYaml;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of one run, which no other run overwrites: {@code settings.yaml} (the values in
 * force), {@code log.txt}, {@code metrics.csv}, {@code alphas.csv}, {@code tensorboard/}, {@code
 * prices.yaml}, {@code network.json}, {@code data.yaml}, {@code weights/}, {@code provenance.json},
 * and {@code export/}; or {@code failure.txt}. Each file is there whole or not at all, but for the
 * logs and the CSV files, which grow.
 */
public final class RunDirectory implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunDirectory.class);
  private static final Path HOME = Path.of("runs");
  static final String SETTINGS = "settings.yaml";
  static final String METRICS = "metrics.csv";
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

  private final Path path;
  private final RunLog log;

  private RunDirectory(Path path, RunLog log) {
    this.path = path;
    this.log = log;
  }

  /**
   * Refuses, before any work is done, a folder that {@link #create} would refuse.
   *
   * @param out as in the settings, may be null
   * @throws InvalidInputException if it is a file, or a folder that is not empty
   */
  public static void requireFree(Path out) {
    if (out == null || !Files.exists(out)) {
      return;
    }
    if (!Files.isDirectory(out)) {
      throw new InvalidInputException("--out is " + out + "; it is a file: name a new folder.");
    }
    try (Stream<Path> entries = Files.list(out)) {
      if (entries.findAny().isPresent()) {
        throw new InvalidInputException(
            "--out is "
                + out
                + "; it is not empty, and a run never overwrites another: name a new folder.");
      }
    } catch (IOException e) {
      throw new InvalidInputException("--out is " + out + "; it cannot be read: " + e + ".", e);
    }
  }

  /**
   * Makes the folder of a new search, writes its settings, and leads the log there until {@link
   * #close}.
   *
   * @param start when the run began; names the folder where the settings name none
   * @throws InvalidInputException if the settings name a file, or a folder that is not empty
   */
  public static RunDirectory create(SearchSettings settings, LocalDateTime start) {
    Path folder =
        settings.out() != null
            ? asked(settings.out())
            : fresh(HOME, label(settings.space()) + "-" + label(settings.device()), start);
    RunDirectory directory = new RunDirectory(folder, RunLog.to(folder.resolve("log.txt")));
    AtomicFile.write(directory.file(SETTINGS), StrictYaml.write(settings));
    return directory;
  }

  /**
   * The folder of a search that was run before; its log goes on.
   *
   * @throws InvalidInputException if it is not such a folder
   */
  public static RunDirectory open(Path folder) {
    if (!isOne(folder)) {
      throw new InvalidInputException(
          folder + " is no run directory: it has no " + SETTINGS + ". Give the one of a search.");
    }
    Path absolute = folder.toAbsolutePath().normalize();
    return new RunDirectory(absolute, RunLog.to(absolute.resolve("log.txt")));
  }

  /** Absolute. */
  public Path path() {
    return path;
  }

  /** A file or folder in it, there or not. */
  public Path file(String name) {
    return path.resolve(name);
  }

  /**
   * The settings that were in force.
   *
   * @throws InvalidInputException if the file was damaged
   */
  public SearchSettings settings() {
    return settings(path);
  }

  static SearchSettings settings(Path run) {
    Path file = run.resolve(SETTINGS);
    try {
      return StrictYaml.read(file.toString(), Files.readAllBytes(file), SearchSettings.class);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /** Whether a folder is the directory of a run, finished or not. */
  public static boolean isOne(Path folder) {
    return Files.isRegularFile(folder.resolve(SETTINGS));
  }

  /** Starts {@code metrics.csv}: what was measured, by step. */
  public CsvFile metrics(String... columns) {
    return CsvFile.create(file(METRICS), List.of(columns));
  }

  /** Starts {@code alphas.csv}: the architecture parameters over time. */
  public CsvFile alphas(String... columns) {
    return CsvFile.create(file("alphas.csv"), List.of(columns));
  }

  /**
   * Does what the run is for; should it fail, the log says why, and {@code failure.txt} keeps it
   * until the run goes on.
   */
  public <T> T recorded(Supplier<T> work) {
    RunFailure.clear(path);
    try {
      return logged(work);
    } catch (RuntimeException | Error e) {
      RunFailure.record(path, e);
      throw e;
    }
  }

  /** Does some work on the run; should it fail, the log says why. */
  public <T> T logged(Supplier<T> work) {
    try {
      return work.get();
    } catch (InvalidInputException e) {
      LOG.error("{}", e.getMessage());
      throw e;
    } catch (RuntimeException | Error e) {
      RunLog.recordDefect(e);
      throw e;
    }
  }

  /** Ends the log. */
  @Override
  public void close() {
    log.close();
  }

  private static Path asked(Path out) {
    requireFree(out);
    try {
      return Files.createDirectories(out).toRealPath();
    } catch (IOException e) {
      throw new InvalidInputException(
          "--out is " + out + "; it cannot be made: " + e.getMessage() + ".", e);
    }
  }

  static Path fresh(Path home, String label, LocalDateTime start) {
    String name = label + "-" + start.format(TIME);
    try {
      Files.createDirectories(home);
      for (int number = 1; ; number++) {
        try {
          Path folder = home.resolve(number == 1 ? name : name + "-" + number);
          return Files.createDirectory(folder).toRealPath();
        } catch (FileAlreadyExistsException e) {
          // Another run began in this second: the next number is free.
        }
      }
    } catch (IOException e) {
      throw new InvalidInputException(
          "cannot make a run directory under "
              + home.toAbsolutePath()
              + ": "
              + e.getMessage()
              + ". Name one with --out.",
          e);
    }
  }

  /** The name of a space or device, also where a file describes it. */
  private static String label(String nameOrFile) {
    String name = Path.of(nameOrFile).getFileName().toString();
    return name.replaceFirst("\\.ya?ml$", "").replaceAll("[^A-Za-z0-9._-]", "_");
  }
}
