package org.proxyless.search.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.proxyless.search.compare.RankJob;
import org.proxyless.search.compare.Ranking;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Says how far the shared weights of a search can be trusted to order networks. */
@Command(
    name = "rank",
    description = {
      "Scores random networks with the shared weights of a run, trains the same from scratch, and"
          + " tells how well the two orders agree.",
      "What is trained already is not trained again, so it can be stopped and gone on with."
    })
final class RankCommand implements Callable<Integer> {
  @ParentCommand private ProxylessCommand program;
  @Spec private CommandSpec spec;
  @Mixin private RankOptions options;

  @Override
  public Integer call() {
    Ranking ranking = new RankJob(options.settings(), program.progress()).run();
    PrintWriter out = spec.commandLine().getOut();
    out.println();
    ranking.lines().forEach(out::println);
    out.println("written   " + ranking.run().resolve("rank.json"));
    ranking.writeJson(options.json());
    return 0;
  }
}
