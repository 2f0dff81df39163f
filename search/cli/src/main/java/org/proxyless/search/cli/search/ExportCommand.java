package org.proxyless.search.cli.search;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.proxyless.base.JsonReport;
import org.proxyless.devices.format.NetworkFormat;
import org.proxyless.search.cli.options.ProgramOptions;
import org.proxyless.search.job.derive.FormatExport;
import org.proxyless.search.job.revisit.FinishedRun;
import org.proxyless.search.run.progress.Phase;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Writes the network of a run as a SavedModel, and in other formats. */
@Command(
    name = "export",
    description =
        "Writes the network of a run as a SavedModel for TensorFlow Serving, and in other formats.")
public final class ExportCommand implements Callable<Integer> {
  @ParentCommand private ProgramOptions program;
  @Spec private CommandSpec spec;
  @Mixin private ExportOptions options;

  @Override
  public Integer call() {
    List<NetworkFormat> formats = options.formats();
    Path dataDir = options.dataDir();
    PrintWriter out = spec.commandLine().getOut();
    JsonReport json = new JsonReport();
    try (FinishedRun run = FinishedRun.open(options.run())) {
      if (formats.isEmpty()) {
        Path savedModel = run.export(options.out()).toAbsolutePath();
        out.println("written   " + savedModel + " (SavedModel)");
        json.put("savedModel", savedModel);
      } else {
        FormatExport export;
        try (Phase phase = program.progress().phase("formats", 0)) {
          export = run.export(options.out(), formats, dataDir);
          phase.step(0, formats.size() + " written");
        }
        FormatText.of(export).forEach(out::println);
        json.put("savedModel", export.savedModel().toAbsolutePath())
            .put("testAccuracy", export.testAccuracy())
            .put("files", export.files().stream().map(FormatExport.Exported::figures).toList());
      }
      json.write(options.json());
    }
    return 0;
  }
}
