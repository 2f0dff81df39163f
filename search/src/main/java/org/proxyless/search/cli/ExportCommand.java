package org.proxyless.search.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.proxyless.search.file.JsonReport;
import org.proxyless.search.job.FinishedRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Writes the SavedModel of a run. */
@Command(
    name = "export",
    description = "Writes the network of a run as a SavedModel for TensorFlow Serving.")
final class ExportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ExportOptions options;

  @Override
  public Integer call() {
    try (FinishedRun run = FinishedRun.open(options.run())) {
      Path savedModel = run.export(options.out()).toAbsolutePath();
      spec.commandLine().getOut().println("written   " + savedModel + " (SavedModel)");
      new JsonReport().put("savedModel", savedModel).write(options.json());
    }
    return 0;
  }
}
