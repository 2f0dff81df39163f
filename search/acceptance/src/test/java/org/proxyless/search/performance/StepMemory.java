package org.proxyless.search.performance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.proxyless.base.ProcessMemory;
import org.proxyless.network.NetworkWeights;
import org.proxyless.search.data.Batch;
import org.proxyless.search.run.settings.CandidateWeights;
import org.proxyless.search.supernet.Supernet;

/**
 * The memory of training, native memory included: {@code StepMemory supernet|two|full|largest STEPS
 * [BATCH RESOLUTION]} takes so many steps in this process and prints what is resident on the way,
 * and the peak. {@code largest} trains the network of the dearest candidates alone; {@code two} and
 * {@code full} take an architecture step after each fifth weight step.
 */
final class StepMemory {
  private static final int LINES = 10;
  private static final int ARCHITECTURE_INTERVAL = 5;

  /** MBConv with kernel 7 and expansion 6. */
  private static final int LARGEST = 5;

  private StepMemory() {}

  public static void main(String[] arguments) throws IOException {
    String mode = arguments[0];
    int steps = Integer.parseInt(arguments[1]);
    Workload workload = new Workload();
    workload.batch = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 32;
    workload.resolution = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 64;
    workload.threads = 2;
    workload.paths = "";
    workload.weights = CandidateWeights.NESTED.toString();
    RecordedPaths paths = workload.recordedPaths();
    int[] edgeSizes = workload.space().candidateCounts();
    int[] largest = new int[edgeSizes.length];
    Arrays.fill(largest, LARGEST);
    boolean alone = mode.equals("largest");
    boolean[][] everything = new boolean[edgeSizes.length][];
    for (int e = 0; e < edgeSizes.length; e++) {
      everything[e] = new boolean[edgeSizes[e]];
      Arrays.fill(everything[e], true);
    }
    Batch images = workload.images();
    try (Supernet trained = alone ? workload.alone(largest) : workload.supernet()) {
      System.out.printf(
          "parameters of the largest path %d, built: %d MiB%n",
          parameters(trained.weights(alone ? new int[0] : largest)), residentMebibytes());
      for (int step = 1; step <= steps; step++) {
        int[] path = alone ? new int[0] : paths.active(step);
        trained.trainWeights(path, images, Workload.LEARNING_RATE);
        if (step % ARCHITECTURE_INTERVAL == 0 && mode.equals("two")) {
          trained.gateGradients(path, paths.sampled(step, edgeSizes), images);
        } else if (step % ARCHITECTURE_INTERVAL == 0 && mode.equals("full")) {
          trained.gateGradients(path, everything, images);
        }
        if (step % Math.max(1, steps / LINES) == 0) {
          System.out.printf("step %d: %d MiB%n", step, residentMebibytes());
        }
      }
    }
    System.out.printf("peak %d MiB%n", ProcessMemory.peakMebibytes().orElseThrow());
  }

  private static long parameters(NetworkWeights weights) {
    return weights.all().values().stream().mapToLong(values -> values.length).sum();
  }

  /** What is resident in this process. */
  static long residentMebibytes() throws IOException {
    String pages = Files.readString(Path.of("/proc/self/statm")).split(" ")[1];
    return Long.parseLong(pages) * 4096 >> 20;
  }
}
