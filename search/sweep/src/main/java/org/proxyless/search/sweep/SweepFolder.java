package org.proxyless.search.sweep;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.proxyless.base.AtomicFile;
import org.proxyless.base.InvalidInputException;
import org.proxyless.base.StrictYaml;
import org.proxyless.search.run.RunState;
import org.proxyless.search.run.RunSummary;
import org.proxyless.search.run.settings.SearchSettings;

/**
 * The folder of a sweep: {@code sweep.yaml} and {@code plan.json} (what was asked for), {@code
 * cells/ID} (run directories), {@code states/ID.json} (cells that have ended), {@code logs/ID.txt}
 * (what their programs said), {@code measured/ID.json} (networks timed afterwards), and what is
 * made of these: {@code results.csv}, {@code results.parquet}, {@code report.html}. Each file but
 * the logs is there whole or not at all.
 *
 * @param path absolute
 */
public record SweepFolder(Path path) {
  private static final String PLAN = "plan.json";
  private static final String CELLS = "cells";
  private static final String LOGS = "logs";
  private static final String SETTINGS = "settings.yaml";

  /** What is there before the plan is. */
  private static final Set<String> OWN = Set.of(CELLS, LOGS, ".lock", "log.txt");

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  public SweepFolder {
    path = path.toAbsolutePath().normalize();
  }

  /**
   * The folder of a sweep that was begun.
   *
   * @throws InvalidInputException if it is none
   */
  public static SweepFolder open(Path path) {
    SweepFolder folder = new SweepFolder(path);
    if (!Files.isRegularFile(folder.file(PLAN))) {
      throw new InvalidInputException(
          path + " is no folder of a sweep: it has no " + PLAN + ". Give the --out of one.");
    }
    return folder;
  }

  /**
   * Makes it, if it is not there.
   *
   * @throws InvalidInputException if it cannot be made, or is another kind of folder
   */
  public void create() {
    if (Files.exists(path) && !Files.exists(file(PLAN)) && hasOthersFiles()) {
      throw new InvalidInputException(
          "--out is " + path + "; it is no folder of a sweep, and not empty: name a new one.");
    }
    try {
      Files.createDirectories(path.resolve(CELLS));
      Files.createDirectories(path.resolve(LOGS));
    } catch (IOException e) {
      throw new InvalidInputException(
          "--out is " + path + "; it cannot be made (" + e + "): name a folder of your own.", e);
    }
  }

  private boolean hasOthersFiles() {
    try (Stream<Path> entries = Files.list(path)) {
      return entries.anyMatch(entry -> !OWN.contains(entry.getFileName().toString()));
    } catch (IOException e) {
      throw new InvalidInputException("--out is " + path + "; it cannot be read: " + e + ".", e);
    }
  }

  /**
   * Keeps what was asked for.
   *
   * @param asked the sweep's file
   */
  public void keep(SweepPlan plan, Path asked) {
    try {
      AtomicFile.write(file("sweep.yaml"), Files.readAllBytes(asked));
      AtomicFile.write(file(PLAN), JSON.writeValueAsBytes(plan));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep " + asked + " in " + path, e);
    }
  }

  /**
   * What was asked for.
   *
   * @throws InvalidInputException if the file was damaged
   */
  public SweepPlan plan() {
    return read(file(PLAN), SweepPlan.class);
  }

  /** The run directory of a cell, there or not. */
  public Path run(String cell) {
    return path.resolve(CELLS).resolve(cell);
  }

  /**
   * The settings that a cell's run has in force.
   *
   * @throws InvalidInputException if it has not begun, or the file was damaged
   */
  SearchSettings settings(String cell) {
    Path file = run(cell).resolve(SETTINGS);
    try {
      return StrictYaml.read(file.toString(), Files.readAllBytes(file), SearchSettings.class);
    } catch (IOException e) {
      throw new InvalidInputException(file + " cannot be read: " + e + ".", e);
    }
  }

  /** What a cell's program said. */
  public Path log(String cell) {
    return path.resolve(LOGS).resolve(cell + ".txt");
  }

  /** Where the latency of a cell's network is kept, once it was measured. */
  public Path measured(String cell) {
    return path.resolve("measured").resolve(cell + ".json");
  }

  /** A file that is made of the cells. */
  public Path file(String name) {
    return path.resolve(name);
  }

  /** Keeps how a cell ended. */
  public void keep(CellState state) {
    try {
      AtomicFile.write(state(state.id()), JSON.writeValueAsBytes(state));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write " + state, e);
    }
  }

  /**
   * How a cell ended; empty if it did not.
   *
   * @throws InvalidInputException if the file was damaged
   */
  public Optional<CellState> ended(String cell) {
    Path file = state(cell);
    return Files.exists(file) ? Optional.of(read(file, CellState.class)) : Optional.empty();
  }

  private static <T> T read(Path file, Class<T> type) {
    try {
      return JSON.readValue(Files.readAllBytes(file), type);
    } catch (IOException e) {
      throw new InvalidInputException(
          file + " cannot be read (" + e.getMessage() + "). Delete it, and it is made again.", e);
    }
  }

  /** Forgets how a cell ended, so that it is tried again. */
  public void forget(String cell) {
    try {
      Files.deleteIfExists(state(cell));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + state(cell), e);
    }
  }

  /** Whether a cell's run has its result, so that there is nothing left to run. */
  boolean hasResult(String cell) {
    return summary(cell).filter(run -> run.state() == RunState.FINISHED).isPresent();
  }

  /** How a cell's run stands; empty if it has not begun. */
  public Optional<RunSummary> summary(String cell) {
    return Files.exists(run(cell).resolve(SETTINGS))
        ? Optional.of(RunSummary.of(run(cell)))
        : Optional.empty();
  }

  private Path state(String cell) {
    return path.resolve("states").resolve(cell + ".json");
  }
}
