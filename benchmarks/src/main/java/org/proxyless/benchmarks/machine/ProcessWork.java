package org.proxyless.benchmarks.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the system says of its processes: the processor time of each, and on Linux that of all
 * together, with what the host of a virtual machine took. Our own processes, this one's parents and
 * children, do not count.
 */
public final class ProcessWork implements OtherWork {
  private static final Path ALL = Path.of("/proc/stat");

  /** Linux counts processor time in hundredths of a second here, whatever the kernel does. */
  private static final double TICK_SECONDS = 0.01;

  /** The columns of idle time and of waiting for disks. */
  private static final Set<Integer> IDLE = Set.of(3, 4);

  /** Behind the column of stolen time comes what is contained in others. */
  private static final int COLUMNS = 8;

  @Override
  public Watch watch() {
    Map<Long, Double> before = processSeconds();
    OptionalDouble busyBefore = busySeconds();
    long start = System.nanoTime();
    return () -> {
      double seconds = (System.nanoTime() - start) / 1e9;
      OptionalDouble busyAfter = busySeconds(); // first: to look at all processes is work as well
      return load(seconds, before, busyBefore, busyAfter);
    };
  }

  private static WorkLoad load(
      double seconds,
      Map<Long, Double> before,
      OptionalDouble busyBefore,
      OptionalDouble busyAfter) {
    Map<Long, Double> spent = new HashMap<>();
    processSeconds().forEach((id, after) -> spent.put(id, after - before.getOrDefault(id, after)));
    Set<Long> own = ownProcesses();
    double others = 0;
    double ours = 0;
    for (Map.Entry<Long, Double> process : spent.entrySet()) {
      if (own.contains(process.getKey())) {
        ours += process.getValue();
      } else {
        others += process.getValue();
      }
    }
    if (busyBefore.isPresent() && busyAfter.isPresent()) {
      others = Math.max(others, busyAfter.getAsDouble() - busyBefore.getAsDouble() - ours);
    }
    Optional<Map.Entry<Long, Double>> busiest =
        spent.entrySet().stream()
            .filter(process -> !own.contains(process.getKey()))
            .max(Comparator.comparingDouble(Map.Entry::getValue));
    return new WorkLoad(
        Math.max(0, others) / seconds,
        busiest.flatMap(process -> name(process.getKey())),
        busiest.map(process -> process.getValue() / seconds).orElse(0.0));
  }

  /** This process, those that started it, and all that these started. */
  static Set<Long> ownProcesses() {
    Set<Long> own = new HashSet<>();
    ProcessHandle oldest = ProcessHandle.current();
    own.add(oldest.pid());
    // A shell or a session manager has children of its own that are not ours.
    Optional<ProcessHandle> parent = oldest.parent().filter(ProcessWork::isJava);
    while (parent.isPresent()) {
      oldest = parent.get();
      parent = oldest.parent().filter(ProcessWork::isJava);
    }
    own.add(oldest.pid());
    oldest.descendants().forEach(process -> own.add(process.pid()));
    return own;
  }

  private static boolean isJava(ProcessHandle process) {
    String mine = ProcessHandle.current().info().command().orElse("java");
    return process.info().command().equals(Optional.of(mine));
  }

  private static Map<Long, Double> processSeconds() {
    Map<Long, Double> seconds = new HashMap<>();
    ProcessHandle.allProcesses()
        .forEach(
            process ->
                process
                    .info()
                    .totalCpuDuration()
                    .map(Duration::toNanos)
                    .ifPresent(nanos -> seconds.put(process.pid(), nanos / 1e9)));
    return seconds;
  }

  private static Optional<String> name(long id) {
    return ProcessHandle.of(id)
        .flatMap(process -> process.info().command())
        .map(command -> Path.of(command).getFileName().toString());
  }

  /** Processor time of everything since the machine was started; empty where Linux doesn't tell. */
  private static OptionalDouble busySeconds() {
    if (!Files.isReadable(ALL)) {
      return OptionalDouble.empty();
    }
    try (Stream<String> lines = Files.lines(ALL)) {
      return lines.findFirst().map(ProcessWork::busySeconds).orElse(OptionalDouble.empty());
    } catch (IOException e) {
      return OptionalDouble.empty(); // then the processes' own times are all there is
    }
  }

  /** Of the line {@code cpu user nice system idle iowait irq softirq steal …}. */
  static OptionalDouble busySeconds(String line) {
    String[] words = line.trim().split("\\s+");
    if (!words[0].equals("cpu") || words.length < COLUMNS) {
      return OptionalDouble.empty();
    }
    long[] ticks = Arrays.stream(words).skip(1).limit(COLUMNS).mapToLong(Long::parseLong).toArray();
    double busy = 0;
    for (int column = 0; column < ticks.length; column++) {
      busy += IDLE.contains(column) ? 0 : ticks[column];
    }
    return OptionalDouble.of(TICK_SECONDS * busy);
  }
}
