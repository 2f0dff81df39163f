package org.proxyless.search.cli.study;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.proxyless.search.cli.options.ProgramOptions;
import org.proxyless.search.compare.RankJob;
import org.proxyless.search.compare.Ranking;
import org.proxyless.search.compare.RankingText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Says how far cheap estimates of accuracy can be trusted to order networks. */
@Command(
    name = "rank",
    description = {
      "Estimates random networks, such as with the shared weights of a run, trains the same from"
          + " scratch, and tells how well the orders agree and what the estimates cost.",
      "What is done already is not done again, so it can be stopped and gone on with."
    })
public final class RankCommand implements Callable<Integer> {
  @ParentCommand private ProgramOptions program;
  @Spec private CommandSpec spec;
  @Mixin private RankOptions options;

  @Override
  public Integer call() {
    program.stop().keepsWhole("the same command");
    Ranking ranking = new RankJob(options.settings(), program.progress()).run();
    PrintWriter out = spec.commandLine().getOut();
    out.println();
    RankingText.of(ranking).forEach(out::println);
    out.println("written   " + ranking.run().resolve("rank.json"));
    ranking.writeJson(options.json());
    return 0;
  }
}
