package org.proxyless.search.cli.study;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.proxyless.search.cli.options.ProgramOptions;
import org.proxyless.search.compare.CompareJob;
import org.proxyless.search.compare.Comparison;
import org.proxyless.search.compare.ComparisonText;
import org.proxyless.search.compare.StrategiesComparison;
import org.proxyless.search.compare.StrategiesJob;
import org.proxyless.search.compare.StrategiesText;
import org.proxyless.search.report.HtmlReport;
import org.proxyless.search.report.RunRecord;
import org.proxyless.search.run.RunControl;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Says whether a search was worth it, or which strategy is. */
@Command(
    name = "compare",
    description = {
      "Trains the network of a run from scratch beside random networks of its latency and a fixed"
          + " chain like MobileNetV2 brought to that latency by its width, all in the same way.",
      "With --strategies it compares strategies: each searches the same space with the same table,"
          + " target and budget.",
      "What is done already is not done again, so it can be stopped and gone on with."
    })
public final class CompareCommand implements Callable<Integer> {
  @ParentCommand private ProgramOptions program;
  @Spec private CommandSpec spec;
  @Mixin private CompareOptions options;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (options.comparesStrategies(spec.commandLine().getParseResult())) {
      strategies(out);
      return 0;
    }
    program.stop().keepsWhole("the same command");
    Comparison comparison = new CompareJob(options.settings(), program.progress()).run();
    out.println();
    ComparisonText.of(comparison).forEach(out::println);
    out.println("written   " + comparison.run().resolve("compare.json"));
    comparison.writeJson(options.json());
    return 0;
  }

  private void strategies(PrintWriter out) {
    RunControl control =
        new RunControl(Duration.ofSeconds(RunControl.DEFAULT_CHECKPOINT_SECONDS), program.stop());
    StrategiesComparison comparison =
        new StrategiesJob(options.strategiesSettings(), program.progress(), control).run();
    out.println();
    StrategiesText.of(comparison).forEach(out::println);
    HtmlReport.of(comparison.runs().stream().map(RunRecord::read).toList(), comparison.figures())
        .write(comparison.directory().page());
    out.println("written   " + comparison.directory().figures());
    out.println("          " + comparison.directory().page());
    comparison.writeJson(options.json());
  }
}
