package org.proxyless.search.cli.language;

import java.util.List;
import java.util.concurrent.Callable;
import org.proxyless.search.recurrent.job.LanguageSettings;
import org.proxyless.search.run.settings.StrategyKind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Searches a recurrent cell and its size. */
@Command(
    name = "search",
    description = {
      "Searches a recurrent cell and its size within a latency per token, trains and exports it.",
      "At one size all cells take nearly the same: the latency decides between sizes, the search"
          + " between wirings."
    })
final class LanguageSearchCommand implements Callable<Integer> {
  @ParentCommand private LanguageCommand language;
  @Spec private CommandSpec spec;
  @Mixin private LanguageOptions options;

  @Option(
      names = "--target-ms",
      paramLabel = "MS",
      description = "The milliseconds that a token may take at batch 1.")
  private Double targetMillis;

  @Option(
      names = "--space",
      paramLabel = "SPACE",
      defaultValue = LanguageSettings.DARTS_RNN,
      description =
          "darts-rnn: one matrix a node in the supernet; enas-rnn: one for each activation and"
              + " predecessor (default: ${DEFAULT-VALUE}).")
  private String space;

  @Option(
      names = "--embeddings",
      paramLabel = "D",
      split = ",",
      defaultValue = "64,96,128",
      description = "Widths to choose from, ascending (default: ${DEFAULT-VALUE}).")
  private List<Integer> embeddings;

  @Option(
      names = "--nodes",
      paramLabel = "N",
      split = ",",
      defaultValue = "4,6,8",
      description = "Numbers of nodes to choose from, ascending (default: ${DEFAULT-VALUE}).")
  private List<Integer> nodes;

  @Option(
      names = "--ranks",
      paramLabel = "R",
      split = ",",
      description =
          "Ranks of a factorised embedding to choose from, ascending (default: it is whole).")
  private List<Integer> ranks;

  @Option(
      names = "--strategy",
      paramLabel = "STRATEGY",
      defaultValue = "evolution",
      description =
          "evolution, random, asng, enas, nasnet-ppo, reinforce or bayes (default:"
              + " ${DEFAULT-VALUE}).")
  private StrategyKind strategy;

  @Option(
      names = "--search-steps",
      paramLabel = "STEPS",
      defaultValue = "1000",
      description = "Steps of the shared weights (default: ${DEFAULT-VALUE}).")
  private int searchSteps;

  @Option(
      names = "--from-scratch",
      description = "Trains the model anew, as in the papers, not from the shared weights.")
  private boolean fromScratch;

  @Override
  public Integer call() {
    return new LanguageRunning(language.program, spec, options).run(this::settings);
  }

  private LanguageSettings settings() {
    return new LanguageSettings(
        options.text,
        options.textUnit(),
        options.vocabulary,
        space,
        null,
        embeddings,
        nodes,
        ranks == null ? List.of() : ranks,
        targetMillis,
        options.device,
        options.tableFile(),
        strategy,
        searchSteps,
        options.trainSteps,
        fromScratch,
        options.batchSize,
        options.unroll,
        options.rate,
        options.dropout,
        options.trainingThreads(),
        options.seed,
        options.out);
  }
}
