package org.proxyless.search.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.proxyless.search.job.SearchJob;
import org.proxyless.search.job.SearchPlan;
import org.proxyless.search.job.SearchResult;
import org.proxyless.search.job.Summary;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** The main job. */
@Command(
    name = "search",
    description = "Searches a network that meets a latency on a device, trains and exports it.")
final class SearchCommand implements Callable<Integer> {
  @ParentCommand private ProxylessCommand program;
  @Spec private CommandSpec spec;
  @Mixin private SearchOptions options;

  @Override
  public Integer call() {
    SearchJob job = new SearchJob(options.settings(), program.progress());
    PrintWriter out = spec.commandLine().getOut();
    if (options.plan()) {
      SearchPlan plan = job.plan();
      PlanText.of(plan).forEach(out::println);
      plan.writeJson(options.json());
      return 0;
    }
    SearchResult result = job.run();
    out.println();
    Summary.of(result).forEach(out::println);
    result.writeJson(options.json());
    return 0;
  }
}
