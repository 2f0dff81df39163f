package org.proxyless.search.supernet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.proxyless.search.strategy.GateGradients;

/**
 * Trains a tiny supernet for thousands of steps, with architecture steps, scores, and the weights
 * read and set, and prints the memory of the process now and then: it has to stay flat. Arguments:
 * steps (5000).
 */
final class Soak {
  private static final int PRINTS = 20;

  private Soak() {}

  public static void main(String[] arguments) throws IOException {
    int steps = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5000;
    SplittableRandom random = new SplittableRandom(5);
    try (Supernet supernet =
        new Supernet(Toy.blocks(), new Supernet.Settings(Toy.BATCH, 1), random.split())) {
      int[] sizes = supernet.edgeSizes();
      boolean[][] sampled = Arrays.stream(sizes).mapToObj(boolean[]::new).toArray(boolean[][]::new);
      for (boolean[] edge : sampled) {
        Arrays.fill(edge, true);
      }
      for (int step = 1; step <= steps; step++) {
        int[] path = Arrays.stream(sizes).map(random::nextInt).toArray();
        supernet.trainWeights(path, Toy.batch(step % 7), 0.01);
        GateGradients gates = supernet.gateGradients(path, sampled, Toy.batch(step % 5));
        if (step % 10 == 0) {
          supernet.score(path, Toy.batch(step % 3));
          supernet.restore(supernet.state()); // as a checkpoint reads and sets them
        }
        if (step % Math.max(1, steps / PRINTS) == 0) {
          System.out.printf(
              "step %d, resident %d MiB, loss %.3f%n",
              step, residentMebibytes(), gates.score().loss());
        }
      }
    }
  }

  static long residentMebibytes() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
      }
    }
    throw new IOException("/proc/self/status tells no VmRSS");
  }
}
