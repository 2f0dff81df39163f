package org.proxyless.search.sweep;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.proxyless.base.InvalidInputException;
import org.proxyless.search.run.RunStoppedException;
import org.proxyless.search.run.StopSignal;
import org.proxyless.search.sweep.cell.CellCommand;
import org.proxyless.search.sweep.cell.CellOutcome;
import org.proxyless.search.sweep.cell.Place;

/** This machine: as many cells at a time as its processors and its memory allow. */
public final class LocalSlots implements CellRunner {
  private static final Place HERE = new Place("this machine", "");
  private static final Path MEMINFO = Path.of("/proc/meminfo");
  private static final String AVAILABLE = "MemAvailable:";

  private final int slots;
  private final StopSignal stop;
  private final ExecutorService threads;

  private LocalSlots(int slots, StopSignal stop) {
    this.slots = slots;
    this.stop = stop;
    this.threads = Executors.newFixedThreadPool(slots);
  }

  /**
   * The slots of this machine as it is now.
   *
   * @param stop after which no cell is begun
   * @throws InvalidInputException if there is room for none
   */
  public static LocalSlots of(CellNeeds needs, StopSignal stop) {
    return of(needs, stop, Runtime.getRuntime().availableProcessors(), freeMebibytes());
  }

  static LocalSlots of(CellNeeds needs, StopSignal stop, int processors, long mebibytes) {
    if (needs.gpus() > 0) {
      throw new InvalidInputException(
          "cell: gpus is "
              + needs.gpus()
              + "; on one machine nothing shares out its GPUs: leave it out, or give --master.");
    }
    long slots = Math.min(processors / needs.cpus(), mebibytes / needs.memoryMebibytes());
    if (slots < 1) {
      throw new InvalidInputException(
          "a cell needs "
              + needs.cpus()
              + " processors and "
              + needs.memoryMebibytes()
              + " MiB; this machine has "
              + processors
              + " and "
              + mebibytes
              + " free: lower them under 'cell', or give --master.");
    }
    return new LocalSlots((int) slots, stop);
  }

  /** What may be taken without anything being swapped; all there is, where the system won't say. */
  private static long freeMebibytes() {
    if (Files.exists(MEMINFO)) {
      try {
        return Files.readAllLines(MEMINFO).stream()
            .filter(line -> line.startsWith(AVAILABLE))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
            .findFirst()
            .orElseGet(LocalSlots::allMebibytes);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read " + MEMINFO, e);
      }
    }
    return allMebibytes();
  }

  private static long allMebibytes() {
    return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
            .getTotalMemorySize()
        >> 20;
  }

  @Override
  public CompletableFuture<CellOutcome> run(CellCommand command, Set<Place> avoid) {
    return CompletableFuture.supplyAsync(
        () -> {
          if (stop.isRequested()) {
            throw new RunStoppedException("the sweep was told to stop");
          }
          try {
            return command.execute(HERE);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the sweep was stopped", e);
          }
        },
        threads);
  }

  @Override
  public int slots() {
    return slots;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
