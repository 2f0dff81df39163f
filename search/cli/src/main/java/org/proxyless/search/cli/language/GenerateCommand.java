package org.proxyless.search.cli.language;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.proxyless.search.recurrent.export.Generation;
import org.proxyless.search.recurrent.export.LanguageModel;
import org.proxyless.search.recurrent.job.LanguageEvaluation;
import org.proxyless.search.run.settings.Rules;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Goes on with a text. */
@Command(name = "generate", description = "Goes on with a text by an exported language model.")
public final class GenerateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "MODEL", description = "The run or its export.")
  private Path model;

  @Parameters(index = "1", paramLabel = "TEXT", description = "The text to go on with.")
  private String text;

  @Option(
      names = "--length",
      paramLabel = "TOKENS",
      defaultValue = "300",
      description = "Tokens to add (default: ${DEFAULT-VALUE}).")
  private int length;

  @Option(
      names = "--temperature",
      paramLabel = "T",
      defaultValue = "0.8",
      description =
          "Below 1 likely tokens become likelier, above it the others (default:"
              + " ${DEFAULT-VALUE}).")
  private double temperature;

  @Option(
      names = "--seed",
      paramLabel = "SEED",
      defaultValue = "1",
      description = "Of what is drawn (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Override
  public Integer call() {
    Rules.folder("MODEL", model);
    Rules.between("--length", 1, 1_000_000, length);
    Rules.positive("--temperature", temperature);
    PrintWriter out = spec.commandLine().getOut();
    try (LanguageModel loaded = LanguageModel.open(LanguageEvaluation.locate(model), 1)) {
      out.print(text);
      new Generation(loaded, temperature, new SplittableRandom(seed))
          .goOn(
              text,
              length,
              added -> {
                out.print(added);
                out.flush();
              });
    }
    out.println();
    return 0;
  }
}
