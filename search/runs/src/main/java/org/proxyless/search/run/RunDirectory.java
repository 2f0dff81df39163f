package org.proxyless.search.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.proxyless.base.AtomicFile;
import org.proxyless.base.Checkpoints;
import org.proxyless.base.CsvFile;
import org.proxyless.base.FileTree;
import org.proxyless.base.InvalidInputException;
import org.proxyless.base.StrictYaml;
import org.proxyless.search.run.settings.SearchSettings;
import org.proxyless.search.run.settings.TrainSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of one run, which no other run overwrites and only one process at a time works in:
 * {@code settings.yaml} (the values in force), {@code latency.table}, {@code prices.yaml}, {@code
 * log.txt}, {@code metrics.csv}, {@code alphas.csv}, {@code candidates.csv}, {@code tensorboard/},
 * {@code network.json}, {@code data.yaml}, {@code weights/}, {@code provenance.json}, {@code
 * export/}, and until it has finished {@code checkpoints/} or {@code failure.txt}; that of training
 * a network again has {@code training.yaml} too. Each file is there whole or not at all, but for
 * the logs and the CSV files, which grow.
 */
public final class RunDirectory implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunDirectory.class);
  static final Path HOME = Path.of("runs");
  static final String SETTINGS = "settings.yaml";
  static final String METRICS = "metrics.csv";

  /** The latency table that a search uses. */
  public static final String TABLE = "latency.table";

  private static final String TRAINING = "training.yaml";
  private static final String UNFINISHED = ".part";
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

  private final Path path;
  private final RunLog log;
  private final Optional<RunLock> lock;

  private RunDirectory(Path path, Optional<RunLock> lock) {
    this.path = path;
    this.log = RunLog.to(path.resolve("log.txt"));
    this.lock = lock;
  }

  /**
   * Refuses, before any work is done, a folder that {@link #create} would refuse.
   *
   * @param out as in the settings, may be null
   * @throws InvalidInputException if it is a file, or a folder that is not empty
   */
  public static void requireFree(Path out) {
    if (out == null || !Files.exists(out)) {
      requireWritable(
          out == null ? HOME : out,
          out == null ? "runs are kept in " + HOME.toAbsolutePath() : "--out is " + out);
      return;
    }
    if (!Files.isDirectory(out)) {
      throw new InvalidInputException("--out is " + out + "; it is a file: name a new folder.");
    }
    try (Stream<Path> entries = Files.list(out)) {
      if (entries.anyMatch(RunDirectory::isOfARun)) {
        throw new InvalidInputException(
            "--out is "
                + out
                + "; it is not empty, and a run never overwrites another: name a new folder.");
      }
    } catch (IOException e) {
      throw new InvalidInputException("--out is " + out + "; it cannot be read: " + e + ".", e);
    }
  }

  /** Makes it and takes it away again, since only trying tells. */
  private static void requireWritable(Path folder, String named) {
    List<Path> missing = new ArrayList<>();
    Path there = folder.toAbsolutePath().normalize();
    while (there != null && !Files.exists(there)) {
      missing.add(there);
      there = there.getParent();
    }
    try {
      Files.createDirectories(folder);
      for (Path made : missing) {
        Files.deleteIfExists(made);
      }
    } catch (IOException e) {
      throw new InvalidInputException(
          named + "; it cannot be made (" + e + "): name a folder of your own with --out.", e);
    }
  }

  /** A run that was killed before it wrote its settings left nothing that counts. */
  private static boolean isOfARun(Path entry) {
    String name = entry.getFileName().toString();
    return !name.equals(RunLock.FILE) && !name.equals(TRAINING) && !name.endsWith(UNFINISHED);
  }

  /**
   * Makes the folder of a new search, locks it, writes its settings, and leads the log there until
   * {@link #close}.
   *
   * @param start when the run began; names the folder where the settings name none
   * @throws InvalidInputException if the settings name a file, or a folder that is not empty or in
   *     use
   */
  public static RunDirectory create(SearchSettings settings, LocalDateTime start) {
    return create(settings, Optional.empty(), start);
  }

  /**
   * The same for training the network of a search, whose settings are kept too.
   *
   * @throws InvalidInputException as {@link #create(SearchSettings, LocalDateTime)}
   */
  public static RunDirectory create(
      SearchSettings settings, TrainSettings training, LocalDateTime start) {
    return create(settings, Optional.of(training), start);
  }

  private static RunDirectory create(
      SearchSettings settings, Optional<TrainSettings> training, LocalDateTime start) {
    Path folder =
        settings.out() != null
            ? asked(settings.out())
            : fresh(HOME, label(settings.space()) + "-" + label(settings.device()), start);
    RunLock lock = RunLock.take(folder);
    try {
      requireFree(folder); // another run may have been quicker
      training.ifPresent(t -> AtomicFile.write(folder.resolve(TRAINING), StrictYaml.write(t)));
      // Last: from now on it is a run.
      AtomicFile.write(folder.resolve(SETTINGS), StrictYaml.write(settings));
      return new RunDirectory(folder, Optional.of(lock));
    } catch (RuntimeException | Error e) {
      lock.close();
      throw e;
    }
  }

  /**
   * The folder of a run that was cut short, locked again; what was half written is deleted.
   *
   * @throws InvalidInputException if it is no run directory, or in use
   */
  public static RunDirectory resume(Path folder) {
    Path absolute = requireRun(folder);
    RunLock lock = RunLock.take(absolute);
    try {
      deleteUnfinished(absolute);
      return new RunDirectory(absolute, Optional.of(lock));
    } catch (RuntimeException | Error e) {
      lock.close();
      throw e;
    }
  }

  /**
   * The folder of a run of another kind, whose settings are in a file of another name: made, locked
   * and logged to in the same way.
   *
   * @param out may be null
   * @param label names the folder where {@code out} does not
   * @param settings written last: from then on it is a run
   * @throws InvalidInputException if {@code out} is a file, or a folder that is not empty or in use
   */
  public static RunDirectory create(
      Path out, String label, String settingsFile, Object settings, LocalDateTime start) {
    Path folder = out != null ? asked(out) : fresh(HOME, label(label), start);
    RunLock lock = RunLock.take(folder);
    try {
      requireFree(folder);
      AtomicFile.write(folder.resolve(settingsFile), StrictYaml.write(settings));
      return new RunDirectory(folder, Optional.of(lock));
    } catch (RuntimeException | Error e) {
      lock.close();
      throw e;
    }
  }

  /**
   * Such a folder of a run that was cut short.
   *
   * @throws InvalidInputException if it is no such run directory, or in use
   */
  public static RunDirectory resume(Path folder, String settingsFile) {
    if (!Files.isRegularFile(folder.resolve(settingsFile))) {
      throw new InvalidInputException(
          folder + " is no such run directory: it has no " + settingsFile + ".");
    }
    Path absolute = folder.toAbsolutePath().normalize();
    RunLock lock = RunLock.take(absolute);
    try {
      deleteUnfinished(absolute);
      return new RunDirectory(absolute, Optional.of(lock));
    } catch (RuntimeException | Error e) {
      lock.close();
      throw e;
    }
  }

  private static void deleteUnfinished(Path folder) {
    try (Stream<Path> paths = Files.walk(folder)) {
      List<Path> unfinished =
          paths
              .filter(file -> file.toString().endsWith(UNFINISHED))
              .sorted(Comparator.reverseOrder()) // what is inside first
              .toList();
      for (Path path : unfinished) {
        FileTree.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete what was half written in " + folder, e);
    }
  }

  /**
   * The folder of a search that was run before; its log goes on.
   *
   * @throws InvalidInputException if it is not such a folder
   */
  public static RunDirectory open(Path folder) {
    return new RunDirectory(requireRun(folder), Optional.empty());
  }

  private static Path requireRun(Path folder) {
    if (!isOne(folder)) {
      throw new InvalidInputException(
          folder + " is no run directory: it has no " + SETTINGS + ". Give the one of a search.");
    }
    return folder.toAbsolutePath().normalize();
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

  /**
   * Settings to derive another network from a finished search with, which is left alone.
   *
   * @throws InvalidInputException if it is no run directory, or files of it are damaged or missing
   */
  public static SearchSettings.Builder derivation(Path folder) {
    Path run = requireRun(folder);
    return settings(run).derivation(run, run.resolve(TABLE));
  }

  static SearchSettings settings(Path run) {
    return read(run.resolve(SETTINGS), SearchSettings.class);
  }

  /**
   * The settings of training a network again; empty where the run is a search.
   *
   * @throws InvalidInputException if the file was damaged
   */
  public Optional<TrainSettings> training() {
    return Files.exists(file(TRAINING))
        ? Optional.of(read(file(TRAINING), TrainSettings.class))
        : Optional.empty();
  }

  private static <T> T read(Path file, Class<T> type) {
    try {
      return StrictYaml.read(file.toString(), Files.readAllBytes(file), type);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /** Whether a folder is the directory of a run, finished or not. */
  public static boolean isOne(Path folder) {
    return Files.isRegularFile(folder.resolve(SETTINGS));
  }

  /**
   * What was measured, by step, {@code metrics.csv}.
   *
   * @param keptBytes of the file that are kept; 0 starts anew
   */
  public CsvFile metrics(long keptBytes, String... columns) {
    return CsvFile.resume(file(METRICS), List.of(columns), keptBytes);
  }

  /**
   * The architecture parameters over time, {@code alphas.csv}.
   *
   * @param keptBytes of the file that are kept; 0 starts anew
   */
  public CsvFile alphas(long keptBytes, String... columns) {
    return CsvFile.resume(file("alphas.csv"), List.of(columns), keptBytes);
  }

  /** What the run goes on from when it is cut short; none once it has finished. */
  public Checkpoints checkpoints() {
    return new Checkpoints(file("checkpoints"));
  }

  /** Whether the run has done all of its work. */
  public boolean isFinished() {
    return Provenance.hasFigures(file(Provenance.FILE)) && !checkpoints().areThere();
  }

  /** Deletes a file or folder of the run, if it is there, to make it anew. */
  public void delete(String name) {
    try {
      if (Files.exists(file(name))) {
        FileTree.delete(file(name));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + file(name), e);
    }
  }

  /**
   * The networks that were proposed, and how they did, {@code candidates.csv}.
   *
   * @param keptBytes of the file that are kept; 0 starts anew
   */
  public CsvFile candidates(long keptBytes, String... columns) {
    return CsvFile.resume(file("candidates.csv"), List.of(columns), keptBytes);
  }

  /**
   * Does what the run is for; should it fail, the log says why, and {@code failure.txt} keeps it
   * until the run goes on.
   */
  public <T> T recorded(Supplier<T> work) {
    RunFailure.clear(path);
    try {
      return logged(work);
    } catch (RunStoppedException e) {
      throw e; // it was asked to, and goes on when asked again
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
    } catch (RunStoppedException e) {
      LOG.info("{}", e.getMessage());
      throw e;
    } catch (RuntimeException | Error e) {
      RunLog.recordDefect(e);
      throw e;
    }
  }

  /** Ends the log, and frees the lock. */
  @Override
  public void close() {
    log.close();
    lock.ifPresent(RunLock::close);
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
  static String label(String nameOrFile) {
    String name = Path.of(nameOrFile).getFileName().toString();
    return name.replaceFirst("\\.ya?ml$", "").replaceAll("[^A-Za-z0-9._-]", "_");
  }
}
