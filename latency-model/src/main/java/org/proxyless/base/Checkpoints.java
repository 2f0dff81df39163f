package org.proxyless.base;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The last {@value #KEPT} checkpoints of a run, in a folder of their own, numbered in the order in
 * which they were written. Each is there whole or not at all; should one be damaged later, the one
 * before it takes its place.
 */
public final class Checkpoints {
  /** How many are kept. */
  public static final int KEPT = 3;

  private static final String ENDING = ".checkpoint";
  private static final String UNFINISHED = ".part";

  private final Path folder;

  /**
   * @param folder made when the first one is written
   */
  public Checkpoints(Path folder) {
    this.folder = folder;
  }

  /** Whether there is one, damaged or not. */
  public boolean areThere() {
    return !oldestFirst().isEmpty();
  }

  /**
   * The state in the newest that is whole; empty if none was ever written.
   *
   * @param warnings hears of every one that is damaged
   * @throws InvalidInputException if all are damaged, or they are of another version
   */
  public Optional<State> newest(Consumer<String> warnings) {
    List<Path> files = oldestFirst();
    for (int i = files.size() - 1; i >= 0; i--) {
      try {
        return Optional.of(CheckpointFile.read(files.get(i)));
      } catch (DamagedCheckpointException e) {
        warnings.accept(e.getMessage() + (i > 0 ? " Going on from the one before it." : ""));
      }
    }
    if (!files.isEmpty()) {
      throw new InvalidInputException(
          "all " + files.size() + " checkpoints in " + folder + " are damaged. Start a new run.");
    }
    return Optional.empty();
  }

  /**
   * Writes one more, then deletes the oldest.
   *
   * @return its size in bytes
   * @throws IllegalArgumentException if a weight is not finite; those before stay
   * @throws UncheckedIOException if there is no room, or the folder cannot be written; those before
   *     stay
   */
  public long write(State state) {
    List<Path> files = oldestFirst();
    long next = files.isEmpty() ? 1 : number(files.get(files.size() - 1)) + 1;
    Path file = folder.resolve(String.format(Locale.ROOT, "%08d", next) + ENDING);
    CheckpointFile.write(state, file);
    try {
      for (int i = 0; i <= files.size() - KEPT; i++) {
        Files.delete(files.get(i));
      }
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete an old checkpoint in " + folder, e);
    }
  }

  /** Deletes all, the newest last, and what a process that was killed had begun to write. */
  public void clear() {
    if (!Files.isDirectory(folder)) {
      return;
    }
    deleteUnfinished();
    try {
      for (Path file : oldestFirst()) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete the checkpoints in " + folder, e);
    }
  }

  /** Deletes what a process that was killed had begun to write. */
  public void deleteUnfinished() {
    try {
      for (Path file : files(UNFINISHED)) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete a part of a checkpoint in " + folder, e);
    }
  }

  private List<Path> oldestFirst() {
    return files(ENDING);
  }

  private List<Path> files(String ending) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(file -> file.getFileName().toString().endsWith(ending))
          .sorted(Comparator.comparing(file -> file.getFileName().toString()))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + folder, e);
    }
  }

  private static long number(Path file) {
    String name = file.getFileName().toString();
    return Long.parseLong(name.substring(0, name.length() - ENDING.length()));
  }
}
