package org.proxyless.search.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.proxyless.search.file.JsonReport;
import org.proxyless.search.job.TrainJob;
import org.proxyless.search.job.TrainResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Trains a derived network once more. */
@Command(
    name = "train",
    description =
        "Trains the network of a run once more, from scratch or from its inherited weights.")
final class TrainCommand implements Callable<Integer> {
  @ParentCommand private ProxylessCommand program;
  @Spec private CommandSpec spec;
  @Mixin private TrainOptions options;

  @Override
  public Integer call() {
    TrainResult result = new TrainJob(options.settings(), program.progress()).run();
    PrintWriter out = spec.commandLine().getOut();
    out.printf(Locale.ROOT, "accuracy  %.2f %% on the test split%n", 100 * result.testAccuracy());
    out.println("written   " + result.savedModel() + " (SavedModel)");
    out.println("          " + result.runDirectory() + " (everything about the run)");
    JsonReport report = new JsonReport();
    result.figures().forEach(report::put);
    report.write(options.json());
    return 0;
  }
}
