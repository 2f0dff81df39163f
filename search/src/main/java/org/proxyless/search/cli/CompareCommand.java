package org.proxyless.search.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.proxyless.search.compare.CompareJob;
import org.proxyless.search.compare.Comparison;
import org.proxyless.search.compare.ComparisonText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Says whether a search was worth it. */
@Command(
    name = "compare",
    description = {
      "Trains the network of a run from scratch beside random networks of its latency and a fixed"
          + " chain like MobileNetV2 brought to that latency by its width, all in the same way.",
      "What is trained already is not trained again, so it can be stopped and gone on with."
    })
final class CompareCommand implements Callable<Integer> {
  @ParentCommand private ProxylessCommand program;
  @Spec private CommandSpec spec;
  @Mixin private CompareOptions options;

  @Override
  public Integer call() {
    Comparison comparison = new CompareJob(options.settings(), program.progress()).run();
    PrintWriter out = spec.commandLine().getOut();
    out.println();
    ComparisonText.of(comparison).forEach(out::println);
    out.println("written   " + comparison.run().resolve("compare.json"));
    comparison.writeJson(options.json());
    return 0;
  }
}
