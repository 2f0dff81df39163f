package org.proxyless.search.cli.language;

import java.util.List;
import java.util.concurrent.Callable;
import org.proxyless.base.InvalidInputException;
import org.proxyless.search.recurrent.job.LanguageSettings;
import org.proxyless.search.run.settings.StrategyKind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Trains a cell that is given. */
@Command(
    name = "train",
    description = "Trains a language model with a given cell, exports and measures it.")
final class LanguageTrainCommand implements Callable<Integer> {
  @ParentCommand private LanguageCommand language;
  @Spec private CommandSpec spec;
  @Mixin private LanguageOptions options;

  @Option(
      names = "--cell",
      paramLabel = "CELL",
      description = "darts-v1, darts-v2, enas-lm, enas, lstm, gru, or nodes like 'relu 0, tanh 1'.")
  private String cell;

  @Option(
      names = "--embedding",
      paramLabel = "D",
      defaultValue = "128",
      description = "Width of the embedding (default: ${DEFAULT-VALUE}).")
  private int embedding;

  @Option(
      names = "--rank",
      paramLabel = "R",
      description = "Rank of a factorised embedding (default: it is whole).")
  private Integer rank;

  @Override
  public Integer call() {
    return new LanguageRunning(language.program, spec, options).run(this::settings);
  }

  private LanguageSettings settings() {
    if (cell == null) {
      throw new InvalidInputException(
          "--cell is missing; name one, such as lstm, or write its nodes like 'relu 0, tanh 1'.");
    }
    return new LanguageSettings(
        options.text,
        options.textUnit(),
        options.vocabulary,
        LanguageSettings.DARTS_RNN,
        cell,
        List.of(embedding),
        List.of(),
        rank == null ? List.of() : List.of(rank),
        null,
        options.device,
        options.tableFile(),
        StrategyKind.of("random"),
        1,
        options.trainSteps,
        true,
        options.batchSize,
        options.unroll,
        options.rate,
        options.dropout,
        options.trainingThreads(),
        options.seed,
        options.out);
  }
}
