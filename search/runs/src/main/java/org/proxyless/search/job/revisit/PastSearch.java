package org.proxyless.search.job.revisit;

import java.nio.file.Path;
import java.util.function.Function;
import java.util.function.Supplier;
import org.proxyless.base.InvalidInputException;
import org.proxyless.network.Network;
import org.proxyless.network.NetworkWeights;
import org.proxyless.search.data.Dataset;
import org.proxyless.search.job.SearchJob;
import org.proxyless.search.job.keeping.SharedWeightsFile;
import org.proxyless.search.job.keeping.TrainedNetwork;
import org.proxyless.search.job.prepare.PricedSpace;
import org.proxyless.search.job.prepare.SearchInput;
import org.proxyless.search.job.prepare.TableSource;
import org.proxyless.search.run.RunDirectory;
import org.proxyless.search.run.progress.Progress;
import org.proxyless.search.run.settings.SearchSettings;
import org.proxyless.search.run.settings.TrainSettings;
import org.proxyless.search.space.SearchSpace;
import org.proxyless.search.space.SearchSpaces;
import org.proxyless.search.supernet.SharedWeights;

/** A run whose search ended, with its data and its space, to examine what it found. */
public final class PastSearch implements AutoCloseable {
  private final RunDirectory directory;
  private final SearchSettings settings;
  private final Network network;
  private final Dataset dataset;
  private final PricedSpace priced;

  private PastSearch(
      RunDirectory directory,
      SearchSettings settings,
      Network network,
      Dataset dataset,
      PricedSpace priced) {
    this.directory = directory;
    this.settings = settings;
    this.network = network;
    this.dataset = dataset;
    this.priced = priced;
  }

  /**
   * Opens the directory of a run and what it worked on.
   *
   * @param training names the run, and where its data lies now
   * @throws InvalidInputException if the run was cut short before it derived a network, or its data
   *     or its table is not there
   */
  public static PastSearch open(TrainSettings training, Progress progress) {
    RunDirectory directory = RunDirectory.open(training.run());
    try {
      SearchSettings settings = directory.settings();
      Network network = TrainedNetwork.readDerived(directory);
      Dataset dataset = SearchInput.openDataset(settings.with(training));
      try {
        TrainedNetwork.readData(directory).requireOf(dataset, directory.path());
        SearchSettings prices = settings.withTable(directory.file(SearchJob.TABLE));
        PricedSpace priced = priced(prices, dataset, progress);
        return new PastSearch(directory, settings, network, dataset, priced);
      } catch (RuntimeException | Error e) {
        dataset.close();
        throw e;
      }
    } catch (RuntimeException | Error e) {
      directory.close();
      throw e;
    }
  }

  private static PricedSpace priced(SearchSettings settings, Dataset dataset, Progress progress) {
    SearchSpace space =
        SearchSpaces.load(settings.space(), settings.width(), dataset.shape(), dataset.classes());
    return SearchInput.price(
        settings.device(),
        settings.table(),
        settings.allowForeignTable(),
        space,
        new TableSource(progress));
  }

  /** The run's directory. */
  public Path path() {
    return directory.path();
  }

  /** A file in the run's directory, there or not. */
  public Path file(String name) {
    return directory.file(name);
  }

  /** The settings of the search. */
  public SearchSettings settings() {
    return settings;
  }

  /** The network that it derived. */
  public Network network() {
    return network;
  }

  /** The data that it learned from. */
  public Dataset dataset() {
    return dataset;
  }

  /** The space that it searched, with the latencies of its table. */
  public PricedSpace priced() {
    return priced;
  }

  /**
   * What networks of the space have of the shared weights that the search ended with.
   *
   * @return from the chosen candidate of each edge to the weights
   * @throws InvalidInputException if the run has no such weights
   */
  public Function<int[], NetworkWeights> sharedWeights() {
    SharedWeights shared = SharedWeightsFile.read(directory);
    return path -> SharedWeightsFile.of(shared, priced.space(), path, directory);
  }

  /** Does work; should it fail, the run's log says why. */
  public <T> T logged(Supplier<T> work) {
    return directory.logged(work);
  }

  @Override
  public void close() {
    dataset.close();
    directory.close();
  }
}
