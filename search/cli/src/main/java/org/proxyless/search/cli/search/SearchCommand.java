package org.proxyless.search.cli.search;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.Callable;
import org.proxyless.devices.format.NetworkFormat;
import org.proxyless.search.cli.options.ProgramOptions;
import org.proxyless.search.job.SearchJob;
import org.proxyless.search.job.derive.FormatExport;
import org.proxyless.search.job.prepare.SearchPlan;
import org.proxyless.search.job.result.ParetoFront;
import org.proxyless.search.job.result.SearchResult;
import org.proxyless.search.job.result.Summary;
import org.proxyless.search.job.revisit.FinishedRun;
import org.proxyless.search.run.RunControl;
import org.proxyless.search.run.progress.Phase;
import org.proxyless.search.run.settings.SearchSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** The main job. */
@Command(
    name = "search",
    description = "Searches a network that meets a latency on a device, trains and exports it.")
public final class SearchCommand implements Callable<Integer> {
  @ParentCommand private ProgramOptions program;
  @Spec private CommandSpec spec;
  @Mixin private SearchOptions options;

  @Override
  public Integer call() {
    List<NetworkFormat> formats = options.formats();
    RunControl control = options.control(program.stop());
    PrintWriter out = spec.commandLine().getOut();
    if (options.plan()
        && options.keeping().resumed(spec.commandLine().getParseResult()).isEmpty()) {
      SearchPlan plan = new SearchJob(options.settings(), program.progress(), control).plan();
      PlanText.of(plan).forEach(out::println);
      plan.writeJson(options.json());
      return 0;
    }
    options
        .keeping()
        .result(
            spec,
            run -> SearchJob.resumeAll(run, program.progress(), control),
            () -> new SearchJob(options.settings(), program.progress(), control).runAll())
        .ifPresent(
            results -> {
              report(results, out);
              export(results, formats, out);
            });
    return 0;
  }

  /** The settings in force. */
  public SearchSettings settings() {
    return options.settings();
  }

  private void report(List<SearchResult> results, PrintWriter out) {
    out.println();
    if (results.size() == 1) {
      Summary.of(results.get(0)).forEach(out::println);
      results.get(0).writeJson(options.json());
      return;
    }
    ParetoFront front = new ParetoFront(results);
    Summary.of(front).forEach(out::println);
    front.writeJson(options.json());
  }

  private void export(List<SearchResult> results, List<NetworkFormat> formats, PrintWriter out) {
    if (formats.isEmpty()) {
      return;
    }
    out.println();
    for (SearchResult result : results) {
      try (FinishedRun run = FinishedRun.open(result.runDirectory());
          Phase phase = program.progress().phase("formats", 0)) {
        List<NetworkFormat> missing =
            formats.stream().filter(format -> !isMeasured(result, format)).toList();
        FormatExport export = run.export(result.savedModel(), missing, null);
        phase.step(0, missing.size() + " written");
        FormatText.of(export).forEach(out::println);
      }
    }
  }

  /** Whether the file is there already, because it is what the device runs. */
  private static boolean isMeasured(SearchResult result, NetworkFormat format) {
    return Files.exists(FormatExport.file(result.savedModel(), result.network(), format));
  }
}
