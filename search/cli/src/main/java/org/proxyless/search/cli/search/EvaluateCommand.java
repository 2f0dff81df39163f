package org.proxyless.search.cli.search;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.proxyless.base.InvalidInputException;
import org.proxyless.base.JsonReport;
import org.proxyless.search.cli.options.ProgramOptions;
import org.proxyless.search.job.revisit.Examination;
import org.proxyless.search.job.revisit.FinishedRun;
import org.proxyless.search.recurrent.job.LanguageEvaluation;
import org.proxyless.search.recurrent.job.TextFigures;
import org.proxyless.search.run.progress.Phase;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Says how well the network of a run classifies. */
@Command(
    name = "evaluate",
    description =
        "Shows how the network of a run does on the test split: class by class, how far its"
            + " confidence can be trusted, and its surest mistakes; or a language model on a text.")
public final class EvaluateCommand implements Callable<Integer> {
  @ParentCommand private ProgramOptions program;
  @Spec private CommandSpec spec;
  @Mixin private EvaluateOptions options;

  @Override
  public Integer call() {
    if (LanguageEvaluation.applies(options.run())) {
      return language(LanguageEvaluation.of(options.run(), options.text()));
    }
    if (options.text() != null) {
      throw new InvalidInputException(
          "--text is " + options.text() + "; " + options.run() + " is no language model.");
    }
    Path dataDir = options.dataDir();
    int mistakes = options.mistakes();
    try (FinishedRun run = FinishedRun.open(options.run())) {
      Examination examination;
      try (Phase phase = program.progress().phase("evaluate", 0)) {
        examination = run.examine(dataDir, mistakes);
        phase.step(0, examination.evaluation().images() + " images");
      }
      PrintWriter out = spec.commandLine().getOut();
      new ExaminationText(examination).lines().forEach(out::println);
      out.println();
      out.println("written   " + Examination.pictures(options.run().toAbsolutePath().normalize()));
      JsonReport report = new JsonReport();
      examination.figures().forEach(report::put);
      report.write(options.json());
    }
    return 0;
  }

  private int language(LanguageEvaluation evaluation) {
    spec.commandLine()
        .getOut()
        .printf(
            Locale.ROOT,
            "%s on %,d %s, of which %.2f %% are unknown%n",
            TextFigures.text(evaluation.unit(), evaluation.loss()),
            evaluation.tokens(),
            evaluation.unit(),
            100.0 * evaluation.unknown() / evaluation.tokens());
    new JsonReport()
        .put("lossNats", evaluation.loss())
        .put("perplexity", Math.exp(evaluation.loss()))
        .put("bitsPerToken", evaluation.loss() / Math.log(2))
        .put("tokens", evaluation.tokens())
        .put("unknown", evaluation.unknown())
        .write(options.json());
    return 0;
  }
}
