package org.proxyless.samples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.proxyless.benchmarks.process.MeasuringProgress;
import org.proxyless.benchmarks.tables.Profiler;
import org.proxyless.benchmarks.tables.ProfilingTask;
import org.proxyless.benchmarks.tables.Quality;
import org.proxyless.devices.DeviceProfile;
import org.proxyless.devices.DeviceProfiles;
import org.proxyless.latency.LatencyTable;
import org.proxyless.network.Operator;
import org.proxyless.network.Shape;
import org.proxyless.network.operators.Conv;
import org.proxyless.network.operators.MBConv;

/** Lesson 1: measure what a few operators take on this machine. */
public final class Sample01Profile {
  private Sample01Profile() {}

  /** Measures into the folder of the first argument, or into a temporary one. */
  public static void main(String[] args) throws IOException {
    profile(Lesson.folder(args).resolve("few.json"));
  }

  static LatencyTable profile(Path file) throws IOException {
    // A profile says how networks run on the device: threads, batch, precision.
    DeviceProfile device = DeviceProfiles.load("local-cpu");

    // An operator is a type at its place: shape before it, channels behind it, stride, shortcut.
    Shape shape = new Shape(14, 14, 16);
    Operator cheap = new Operator(new Conv(1), shape, 16, 1, false);
    Operator dear = new Operator(new MBConv(7, 6), shape, 16, 1, true);

    // JMH measures in a process of its own, as the operators will be deployed. Here are no whole
    // networks; with three or more of a space the table also knows how uncertain it is: lesson 2.
    ProfilingTask task =
        new ProfilingTask(
            device, "few", shape, 10, List.of(cheap, dear), List.of(), Quality.QUICK, 1);
    LatencyTable table = Profiler.profile(task, file, MeasuringProgress.notes(System.err::println));

    // In .json a table is text, else binary: an entry an operator, by its key, and one for a call.
    table
        .entries()
        .forEach((key, entry) -> System.out.printf("%8.4f ms  %s%n", entry.medianMillis(), key));
    System.out.println("written to " + file);
    return table;
  }
}
