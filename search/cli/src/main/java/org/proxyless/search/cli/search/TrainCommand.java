package org.proxyless.search.cli.search;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.proxyless.base.JsonReport;
import org.proxyless.search.cli.options.ProgramOptions;
import org.proxyless.search.job.TrainJob;
import org.proxyless.search.job.result.TrainResult;
import org.proxyless.search.run.RunControl;
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
public final class TrainCommand implements Callable<Integer> {
  @ParentCommand private ProgramOptions program;
  @Spec private CommandSpec spec;
  @Mixin private TrainOptions options;

  @Override
  public Integer call() {
    RunControl control = options.keeping().control(program.stop());
    PrintWriter out = spec.commandLine().getOut();
    options
        .keeping()
        .result(
            spec,
            run -> TrainJob.resume(run, program.progress(), control),
            () -> new TrainJob(options.settings(), program.progress(), control).run())
        .ifPresent(result -> report(result, out));
    return 0;
  }

  private void report(TrainResult result, PrintWriter out) {
    out.printf(Locale.ROOT, "accuracy  %.2f %% on the test split%n", 100 * result.testAccuracy());
    out.println("written   " + result.savedModel() + " (SavedModel)");
    out.println("          " + result.runDirectory() + " (everything about the run)");
    JsonReport report = new JsonReport();
    result.figures().forEach(report::put);
    report.write(options.json());
  }
}
