package org.proxyless.search.job.keeping;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.proxyless.base.AtomicFile;
import org.proxyless.base.InvalidInputException;
import org.proxyless.network.NetworkWeights;
import org.proxyless.network.NetworkWeights.Part;
import org.proxyless.search.run.RunDirectory;
import org.proxyless.search.space.SearchSpace;
import org.proxyless.search.supernet.SharedWeights;

/** The weights of a run's supernet as they were when its search ended. */
public final class SharedWeightsFile {
  private static final String NAME = "weights/supernet.weights";

  /** A key is the candidate, the block, the layer, and the part's place in {@link Part}. */
  private static final ArrayFile FILE = new ArrayFile("PXLSUP01", 4);

  private SharedWeightsFile() {}

  /** Writes the weights of all candidates, whole or not at all. */
  public static void write(SharedWeights weights, RunDirectory run) {
    List<ArrayFile.Entry> entries =
        weights.all().entrySet().stream()
            .map(entry -> new ArrayFile.Entry(numbers(entry.getKey()), entry.getValue()))
            .toList();
    FILE.write(entries, run.file(NAME));
  }

  private static int[] numbers(SharedWeights.Key key) {
    NetworkWeights.Key place = key.place();
    return new int[] {key.candidate(), place.operator(), place.layer(), place.part().ordinal()};
  }

  /**
   * Reads the weights that a run's search ended with.
   *
   * @throws InvalidInputException if they are not there or damaged
   */
  public static SharedWeights read(RunDirectory run) {
    Path file = requireIn(run.path());
    SharedWeights weights = new SharedWeights();
    for (ArrayFile.Entry entry : FILE.read(file)) {
      int[] key = entry.key();
      weights.put(
          key[0], new NetworkWeights.Key(key[1], key[2], Part.values()[key[3]]), entry.values());
    }
    return weights;
  }

  /** Copies the weights of another run, unless they are there already. */
  public static void copy(Path from, RunDirectory to) {
    if (!Files.isRegularFile(to.file(NAME))) {
      Path file = requireIn(from);
      try {
        AtomicFile.write(to.file(NAME), Files.readAllBytes(file));
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read " + file, e);
      }
    }
  }

  /** Whether a run has such weights. */
  public static boolean isIn(RunDirectory run) {
    return Files.isRegularFile(run.file(NAME));
  }

  /**
   * The file in a run's directory.
   *
   * @throws InvalidInputException if it is not there
   */
  public static Path requireIn(Path run) {
    Path file = run.resolve(NAME);
    if (!Files.isRegularFile(file)) {
      throw new InvalidInputException(
          "run "
              + run
              + " has no "
              + NAME
              + ": its search did not come to its end, had no supernet (--estimate), or an older"
              + " program made it; of a search for several targets they are in the directory of all."
              + " Give that one, or search again.");
    }
    return file;
  }

  /**
   * What a network of the space has of them.
   *
   * @param path the chosen candidate of each edge
   * @throws InvalidInputException if the weights are of another space
   */
  public static NetworkWeights of(
      SharedWeights shared, SearchSpace space, int[] path, RunDirectory run) {
    NetworkWeights weights = shared.of(space.graph(), path);
    WeightsFile.requireOf(space.network(path), weights, run.file(NAME));
    return weights;
  }
}
