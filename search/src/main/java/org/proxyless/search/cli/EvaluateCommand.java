package org.proxyless.search.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.proxyless.latency.InvalidInputException;
import org.proxyless.search.file.JsonReport;
import org.proxyless.search.job.FinishedRun;
import org.proxyless.search.recurrent.job.LanguageEvaluation;
import org.proxyless.search.recurrent.job.TextFigures;
import org.proxyless.search.run.Phase;
import org.proxyless.search.train.Evaluation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Says how well the network of a run classifies. */
@Command(
    name = "evaluate",
    description =
        "Shows how the network of a run does on the test split, class by class; or a language model"
            + " on a text.")
final class EvaluateCommand implements Callable<Integer> {
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
    try (FinishedRun run = FinishedRun.open(options.run())) {
      Evaluation evaluation;
      try (Phase phase = program.progress().phase("evaluate", 0)) {
        evaluation = run.evaluate(dataDir);
        phase.step(0, evaluation.images() + " images");
      }
      PrintWriter out = spec.commandLine().getOut();
      out.printf(
          Locale.ROOT,
          "accuracy  %.2f %% on the %d images of the test split%n%n",
          100 * evaluation.accuracy(),
          evaluation.images());
      new ConfusionText(evaluation, run.classNames()).lines().forEach(out::println);
      new JsonReport()
          .put("testAccuracy", evaluation.accuracy())
          .put("perClassAccuracy", perClass(evaluation, run.classNames()))
          .put("classes", run.classNames())
          .put("confusion", evaluation.confusion())
          .write(options.json());
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

  private static Map<String, Double> perClass(Evaluation evaluation, List<String> names) {
    Map<String, Double> accuracies = new LinkedHashMap<>();
    for (int c = 0; c < names.size(); c++) {
      double accuracy = evaluation.accuracy(c);
      accuracies.put(names.get(c), Double.isNaN(accuracy) ? null : accuracy); // no such image
    }
    return accuracies;
  }
}
