package org.proxyless.search.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.proxyless.latency.InvalidInputException;
import org.proxyless.search.data.Dataset;
import org.proxyless.search.run.Provenance;
import org.proxyless.search.run.RunDirectory;
import org.proxyless.search.run.SearchSettings;
import org.proxyless.search.train.Evaluation;

/** A run that trained its network, and what can be done with it afterwards. */
public final class FinishedRun implements AutoCloseable {
  private final RunDirectory directory;
  private final TrainedNetwork trained;

  private FinishedRun(RunDirectory directory, TrainedNetwork trained) {
    this.directory = directory;
    this.trained = trained;
  }

  /**
   * Opens the directory of a run.
   *
   * @throws InvalidInputException if it is none, was cut short, or is damaged
   */
  public static FinishedRun open(Path folder) {
    RunDirectory directory = RunDirectory.open(folder);
    try {
      return new FinishedRun(directory, TrainedNetwork.read(directory));
    } catch (RuntimeException | Error e) {
      directory.close();
      throw e;
    }
  }

  /** The classes' names in the order of the labels. */
  public List<String> classNames() {
    return trained.data().classNames();
  }

  /**
   * Writes the network as a SavedModel once more.
   *
   * @param out the folder that gets the version; null for the one in the run directory
   * @return the folder that was written
   * @throws InvalidInputException if it is there already
   */
  public Path export(Path out) {
    Path savedModel =
        out != null ? out : directory.file("export").resolve(trained.network().name());
    return directory.logged(
        () -> Deployment.export(trained, savedModel, directory.file(Provenance.FILE)).savedModel());
  }

  /**
   * Runs the network in its exported form on the test images of the data it was trained on.
   *
   * @param dataDir where the data lies now, or null for where it was
   * @throws InvalidInputException if that is other data
   */
  public Evaluation evaluate(Path dataDir) {
    SearchSettings settings = directory.settings().withDataDir(dataDir);
    return directory.logged(
        () -> {
          try (Dataset dataset = SearchInput.openDataset(settings)) {
            requireSame(dataset);
            return evaluate(dataset);
          }
        });
  }

  private void requireSame(Dataset dataset) {
    if (!dataset.hash().equals(trained.data().hash())) {
      throw new InvalidInputException(
          "data set "
              + dataset.name()
              + " is not the one that "
              + directory.path()
              + " was trained on (SHA-256 "
              + dataset.hash()
              + " instead of "
              + trained.data().hash()
              + "). Give that one with --data-dir.");
    }
  }

  private Evaluation evaluate(Dataset dataset) {
    try {
      Path folder = Files.createTempDirectory("proxyless-evaluate");
      try {
        Path provenance = directory.file(Provenance.FILE);
        return Deployment.export(trained, folder.resolve("model"), provenance).evaluate(dataset);
      } finally {
        deleteTree(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot use a temporary folder", e);
    }
  }

  private static void deleteTree(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  @Override
  public void close() {
    directory.close();
  }
}
