package org.proxyless.search.cli.search;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.proxyless.search.cli.options.ProgramOptions;
import org.proxyless.search.job.SearchJob;
import org.proxyless.search.job.result.SearchResult;
import org.proxyless.search.job.result.Summary;
import org.proxyless.search.run.RunControl;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Another network out of a finished search. */
@Command(
    name = "derive",
    description =
        "Gets another network out of a finished search's shared weights, for another target, limit"
            + " or device, without another search.")
public final class DeriveCommand implements Callable<Integer> {
  @ParentCommand private ProgramOptions program;
  @Spec private CommandSpec spec;
  @Mixin private DeriveOptions options;

  @Override
  public Integer call() {
    RunControl control = options.keeping().control(program.stop());
    PrintWriter out = spec.commandLine().getOut();
    options
        .keeping()
        .result(
            spec,
            run -> SearchJob.resume(run, program.progress(), control),
            () -> new SearchJob(options.settings(), program.progress(), control).run())
        .ifPresent(result -> report(result, out));
    return 0;
  }

  private void report(SearchResult result, PrintWriter out) {
    out.println();
    Summary.of(result).forEach(out::println);
    result.writeJson(options.json());
  }
}
