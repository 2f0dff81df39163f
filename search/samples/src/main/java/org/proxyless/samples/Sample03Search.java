package org.proxyless.samples;

import java.io.IOException;
import java.nio.file.Path;
import org.proxyless.latency.LatencyTables;
import org.proxyless.search.job.SearchJob;
import org.proxyless.search.job.result.SearchResult;
import org.proxyless.search.job.result.Summary;
import org.proxyless.search.run.progress.Progress;
import org.proxyless.search.run.settings.SearchSettings;
import org.proxyless.search.space.SearchSpaces;

/** Lesson 3: the whole job. Name a device and a latency, get a trained network. */
public final class Sample03Search {
  private Sample03Search() {}

  /** Searches into the folder of the first argument, or into a temporary one. */
  public static void main(String[] args) throws IOException {
    search(Lesson.folder(args));
  }

  static SearchResult search(Path folder) throws IOException {
    Path space = Lesson.spaceFile("lesson.yaml", folder);
    Path table = folder.resolve("made-up.table");
    LatencyTables.write(
        Lesson.madeUpTable(SearchSpaces.load(space.toString(), 1, null, null)), table);

    // What is not set has the default that the command line has. Each setting is an option there.
    SearchSettings settings =
        SearchSettings.builder()
            .device("local-cpu")
            .space(space.toString()) // or one that ships, such as "small"
            .table(table) // without these two lines
            .allowForeignTable(true) // this machine is measured
            .dataset("fashion-mnist-10k")
            .maxImages(1000) // this and the epochs are for a lesson of seconds
            .warmupEpochs(2)
            .epochs(2)
            .fineTuneEpochs(4)
            .targetMillis(1.0)
            .seed(7L)
            .out(folder.resolve("run")) // must be new: a run never overwrites another
            .build();
    SearchResult result = new SearchJob(settings, Progress.silent()).run();

    // The prediction holds the network. What was measured is empty: the table's device isn't here.
    Summary.of(result).forEach(System.out::println);
    return result;
  }
}
