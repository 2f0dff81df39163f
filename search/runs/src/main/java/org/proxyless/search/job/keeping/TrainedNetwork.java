package org.proxyless.search.job.keeping;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.proxyless.base.InvalidInputException;
import org.proxyless.network.Network;
import org.proxyless.network.NetworkFile;
import org.proxyless.network.NetworkWeights;
import org.proxyless.search.job.prepare.DataCard;
import org.proxyless.search.run.RunDirectory;

/**
 * A network with its trained numbers, batch-norm statistics included, and what it needs to know of
 * its data: everything that an export is made of.
 */
public record TrainedNetwork(Network network, NetworkWeights weights, DataCard data) {
  private static final String NETWORK = "network.json";
  private static final String DATA = "data.yaml";
  private static final String TRAINED = "weights/trained.weights";
  private static final String INHERITED = "weights/inherited.weights";

  /** Writes a network that was derived, as soon as it is known. */
  public static void writeDerived(Network network, DataCard data, RunDirectory run) {
    writeDerived(new NetworkFile.Placed(network, List.of()), data, run);
  }

  /** The same with the blocks that it stands in. */
  public static void writeDerived(NetworkFile.Placed network, DataCard data, RunDirectory run) {
    NetworkFile.write(network, run.file(NETWORK));
    data.write(run.file(DATA));
  }

  /** Writes the weights that a derived network has from the supernet, without statistics. */
  public static void writeInherited(NetworkWeights weights, RunDirectory run) {
    WeightsFile.write(weights, run.file(INHERITED));
  }

  /** Writes the trained weights. */
  public void writeTrained(RunDirectory run) {
    WeightsFile.write(weights, run.file(TRAINED));
  }

  /** The network that a run derived. */
  public static Network readDerived(RunDirectory run) {
    return NetworkFile.read(present(run, NETWORK, "its search did not come so far"));
  }

  /** The same with the blocks that it stands in, if the run tells. */
  public static NetworkFile.Placed readPlaced(RunDirectory run) {
    return NetworkFile.readPlaced(present(run, NETWORK, "its search did not come so far"));
  }

  /** Whether a run has a network with trained weights. */
  public static boolean isTrained(RunDirectory run) {
    return Files.isRegularFile(run.file(TRAINED)) && Files.isRegularFile(run.file(NETWORK));
  }

  /** What the run's network needs to know of its data. */
  public static DataCard readData(RunDirectory run) {
    return DataCard.read(present(run, DATA, "its search did not come so far"));
  }

  /** The weights that a run's network has from the supernet. */
  public static NetworkWeights readInherited(RunDirectory run, Network network) {
    Path file = present(run, INHERITED, "only a search that came so far has them");
    return WeightsFile.read(file, network);
  }

  /**
   * Reads what a run trained.
   *
   * @throws InvalidInputException if it did not come so far, or a file is damaged
   */
  public static TrainedNetwork read(RunDirectory run) {
    Network network = readDerived(run);
    Path weights = present(run, TRAINED, "its training was cut short: 'train' can do it again");
    return new TrainedNetwork(network, WeightsFile.read(weights, network), readData(run));
  }

  private static Path present(RunDirectory run, String name, String why) {
    Path file = run.file(name);
    if (!Files.isRegularFile(file)) {
      throw new InvalidInputException(
          "run " + run.path() + " has no " + name + ": " + why + ". Give another run.");
    }
    return file;
  }
}
