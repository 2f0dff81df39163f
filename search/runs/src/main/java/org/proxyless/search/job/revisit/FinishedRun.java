package org.proxyless.search.job.revisit;

import java.nio.file.Path;
import java.util.List;
import org.proxyless.base.InvalidInputException;
import org.proxyless.devices.format.NetworkFormat;
import org.proxyless.search.data.Dataset;
import org.proxyless.search.job.derive.Deployment;
import org.proxyless.search.job.derive.FormatExport;
import org.proxyless.search.job.keeping.TrainedNetwork;
import org.proxyless.search.job.prepare.SearchInput;
import org.proxyless.search.run.Provenance;
import org.proxyless.search.run.RunDirectory;
import org.proxyless.search.run.settings.SearchSettings;
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
    return directory.logged(
        () ->
            Deployment.export(trained, folder(out), directory.file(Provenance.FILE)).savedModel());
  }

  private Path folder(Path out) {
    return out != null ? out : directory.file("export").resolve(trained.network().name());
  }

  /**
   * Writes the network in other formats, beside its SavedModel, which is written if it is not
   * there.
   *
   * @param out the folder that holds the SavedModel's version; null for the one in the run
   *     directory
   * @param formats to write
   * @param dataDir where the data lies now, or null for where it was
   * @throws InvalidInputException if a file is there already, or that is other data
   */
  public FormatExport export(Path out, List<NetworkFormat> formats, Path dataDir) {
    SearchSettings settings = directory.settings().withDataDir(dataDir);
    return directory.logged(
        () -> {
          try (Dataset dataset = SearchInput.openDataset(settings)) {
            trained.data().requireOf(dataset, directory.path());
            return FormatExport.write(
                trained, folder(out), formats, dataset, directory.file(Provenance.FILE));
          }
        });
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
            trained.data().requireOf(dataset, directory.path());
            return Deployment.evaluate(trained, dataset, directory.file(Provenance.FILE));
          }
        });
  }

  /**
   * Examines the network in its exported form on the test images, and writes what was found into
   * the run's directory, where the report finds it.
   *
   * @param dataDir where the data lies now, or null for where it was
   * @param mistakes how many of the surest mistakes are kept as pictures
   * @throws InvalidInputException if that is other data
   */
  public Examination examine(Path dataDir, int mistakes) {
    SearchSettings settings = directory.settings().withDataDir(dataDir);
    return directory.logged(
        () -> {
          try (Dataset dataset = SearchInput.openDataset(settings)) {
            trained.data().requireOf(dataset, directory.path());
            Examination examination =
                Examination.of(
                    Deployment.predict(trained, dataset, directory.file(Provenance.FILE)),
                    dataset,
                    mistakes);
            examination.write(dataset.test(), directory);
            return examination;
          }
        });
  }

  @Override
  public void close() {
    directory.close();
  }
}
