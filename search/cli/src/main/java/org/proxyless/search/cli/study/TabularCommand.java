package org.proxyless.search.cli.study;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.proxyless.base.JsonReport;
import org.proxyless.search.cli.options.ProgramOptions;
import org.proxyless.search.run.progress.Phase;
import org.proxyless.search.run.progress.Progress;
import org.proxyless.search.run.settings.StrategyKind;
import org.proxyless.search.tabular.RegretPlot;
import org.proxyless.search.tabular.TableProblem;
import org.proxyless.search.tabular.TabularBenchmark;
import org.proxyless.search.tabular.TabularResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Compares strategies where the best network is known. */
@Command(
    name = "tabular",
    description =
        "Runs strategies on a table of networks that were all evaluated before, and says how far"
            + " from the best network within the limit they end.")
public final class TabularCommand implements Callable<Integer> {
  private static final int SHORT_NAME = 12;

  @Spec private CommandSpec spec;
  @ParentCommand private ProgramOptions program;
  @Mixin private TabularOptions options;

  @Override
  public Integer call() {
    TableProblem problem = options.problem();
    TabularBenchmark benchmark =
        new TabularBenchmark(problem, options.evaluations(), options.seeds(), options.limits());
    options.strategies().forEach(benchmark::requireEvaluationsSuffice);
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        String.format(
            Locale.ROOT,
            "limit %.6g, kept by %d networks; the best of them, %s, has %.4f at %.6g",
            problem.limitMillis(),
            problem.feasibleNetworks(),
            problem.optimumGenotype(),
            problem.optimumAccuracy(),
            problem.optimumMillis()));
    List<TabularResult> results = new ArrayList<>();
    Progress progress = program.progress();
    for (StrategyKind strategy : options.strategies()) {
      try (Phase phase = progress.phase(strategy.toString(), options.seeds())) {
        results.add(benchmark.run(strategy, () -> phase.step("")));
      }
    }
    print(results, out);
    report(problem, results).write(options.json());
    if (options.plot() != null) {
      RegretPlot.of(results).write(options.plot());
    }
    return 0;
  }

  private void print(List<TabularResult> results, PrintWriter out) {
    int width = results.stream().mapToInt(result -> result.strategy().length()).max().orElseThrow();
    String name = "%-" + Math.max(SHORT_NAME, width) + "s";
    out.println(
        String.format(Locale.ROOT, name, "strategy")
            + " evaluations  mean regret  95 % interval     at the optimum  feasible  of the front");
    for (TabularResult result : results) {
      for (int evaluations : options.evaluations()) {
        TabularResult.Point point = result.at(evaluations);
        out.println(
            String.format(
                Locale.ROOT,
                name + " %11d  %11.4f  %-16s  %13.1f%%  %7.1f%%  %11.1f%%",
                result.strategy(),
                evaluations,
                point.meanRegret(),
                point.interval95() == null
                    ? ""
                    : String.format(
                        Locale.ROOT, "%.4f..%.4f", point.interval95()[0], point.interval95()[1]),
                100 * point.hitRate(),
                100 * point.feasibleShare(),
                100 * point.frontShare()));
      }
    }
    out.flush();
  }

  /** One strategy's figures stand at the top, several under their names. */
  private JsonReport report(TableProblem problem, List<TabularResult> results) {
    JsonReport report =
        new JsonReport()
            .put("optimum", problem.optimumAccuracy())
            .put("optimumGenotype", problem.optimumGenotype())
            .put("optimumMillis", problem.optimumMillis())
            .put("limitMillis", problem.limitMillis())
            .put("feasibleNetworks", problem.feasibleNetworks())
            .put("seeds", options.seeds());
    if (results.size() == 1) {
      report.put("strategy", results.get(0).strategy());
      figures(results.get(0)).forEach(report::put);
    } else {
      Map<String, Object> byName = new LinkedHashMap<>();
      results.forEach(result -> byName.put(result.strategy(), figures(result)));
      report.put("strategies", byName);
    }
    return report;
  }

  private Map<String, Object> figures(TabularResult result) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("meanRegret", by(result, TabularResult.Point::meanRegret));
    figures.put("interval95", by(result, TabularResult.Point::interval95));
    figures.put("hitRate", by(result, TabularResult.Point::hitRate));
    figures.put("feasibleShare", by(result, TabularResult.Point::feasibleShare));
    figures.put("frontShare", by(result, TabularResult.Point::frontShare));
    return figures;
  }

  /** A figure by number of evaluations. */
  private Map<String, Object> by(
      TabularResult result, Function<TabularResult.Point, Object> figure) {
    Map<String, Object> byEvaluations = new LinkedHashMap<>();
    for (int evaluations : options.evaluations()) {
      byEvaluations.put(String.valueOf(evaluations), figure.apply(result.at(evaluations)));
    }
    return byEvaluations;
  }
}
