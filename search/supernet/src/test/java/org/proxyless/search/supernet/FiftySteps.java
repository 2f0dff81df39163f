package org.proxyless.search.supernet;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Trains a supernet for fifty steps on two threads and prints a hash of all it has become. */
final class FiftySteps {
  private FiftySteps() {}

  static String inFreshProcess() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                FiftySteps.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String printed =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (process.waitFor() != 0) {
      throw new IllegalStateException("the process ended with " + process.exitValue());
    }
    return printed.lines().reduce((first, last) -> last).orElse("");
  }

  public static void main(String[] arguments) throws Exception {
    SplittableRandom random = new SplittableRandom(5);
    try (Supernet supernet =
        new Supernet(Toy.blocks(), new Supernet.Settings(Toy.BATCH, 2), random.split())) {
      int[] sizes = supernet.edgeSizes();
      for (int step = 0; step < 50; step++) {
        int[] path = Arrays.stream(sizes).map(random::nextInt).toArray();
        supernet.trainWeights(path, Toy.batch(step), 0.05);
      }
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Map.Entry<String, float[]> entry : new TreeMap<>(supernet.state()).entrySet()) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * entry.getValue().length);
        bytes.asFloatBuffer().put(entry.getValue());
        digest.update(entry.getKey().getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
      }
      System.out.println(HexFormat.of().formatHex(digest.digest()));
    }
  }
}
