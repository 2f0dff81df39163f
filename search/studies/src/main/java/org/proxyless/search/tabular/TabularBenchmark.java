package org.proxyless.search.tabular;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.proxyless.search.run.settings.StrategyKind;
import org.proxyless.search.strategy.blackbox.EvaluationStrategy;

/** Runs strategies on a table over many seeds. */
public final class TabularBenchmark {
  private static final double CONFIDENCE = 0.95;

  /** Points a decade of evaluations between those asked for: enough for a curve. */
  private static final int POINTS_A_DECADE = 10;

  private final TableProblem problem;
  private final List<Integer> evaluations;
  private final int seeds;
  private final int limits;

  /**
   * With one limit.
   *
   * @param evaluations the numbers of evaluations to report, at least 1 each
   * @param seeds runs, with seeds 1, 2, …
   */
  public TabularBenchmark(TableProblem problem, List<Integer> evaluations, int seeds) {
    this(problem, evaluations, seeds, 1);
  }

  /**
   * @param evaluations the numbers of evaluations to report, at least 1 each
   * @param seeds runs, with seeds 1, 2, …
   * @param limits at which a strategy searches in turns: 1, or more for a front, kept by even
   *     shares of the networks
   */
  public TabularBenchmark(TableProblem problem, List<Integer> evaluations, int seeds, int limits) {
    this.limits = limits;
    this.problem = problem;
    this.seeds = seeds;
    TreeSet<Integer> all = new TreeSet<>(evaluations);
    int last = all.last();
    for (int n = 0; Math.pow(10, (double) n / POINTS_A_DECADE) < last; n++) {
      all.add((int) Math.round(Math.pow(10, (double) n / POINTS_A_DECADE)));
    }
    this.evaluations = List.copyOf(all);
  }

  /**
   * Runs a strategy with every seed; the result does not depend on how the runs are spread over
   * processors.
   *
   * @param progress runs after each run, on any thread
   * @throws org.proxyless.base.InvalidInputException if it needs more than evaluations
   */
  public TabularResult run(StrategyKind kind, Runnable progress) {
    List<List<TabularRun.Checkpoint>> runs =
        IntStream.rangeClosed(1, seeds)
            .parallel()
            .mapToObj(
                seed -> {
                  var run = run(kind, seed);
                  progress.run();
                  return run;
                })
            .toList();
    List<TabularResult.Point> points = new ArrayList<>();
    for (int n = 0; n < evaluations.size(); n++) {
      int place = n;
      points.add(point(evaluations.get(n), runs.stream().map(run -> run.get(place)).toList()));
    }
    return new TabularResult(kind.toString(), points);
  }

  private List<TabularRun.Checkpoint> run(StrategyKind kind, long seed) {
    return kind.hasRungs()
        ? new RungRun(
                problem,
                kind.fidelityFactory()
                    .create(problem, problem.epochs(), new SplittableRandom(seed)))
            .to(evaluations)
        : new TabularRun(problem, strategy(kind, seed)).to(evaluations);
  }

  /**
   * Checks that a strategy needs nothing but evaluations.
   *
   * @throws org.proxyless.base.InvalidInputException if it needs gradients
   */
  public void requireEvaluationsSuffice(StrategyKind kind) {
    kind.evaluationFactory();
  }

  private EvaluationStrategy strategy(StrategyKind kind, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    if (limits == 1) {
      return kind.evaluationFactory().create(problem, random);
    }
    return new TurnsAtLimits(
        IntStream.rangeClosed(1, limits)
            .mapToObj(
                n ->
                    kind.evaluationFactory()
                        .create(problem.narrowed((double) n / limits), random.split()))
            .toList());
  }

  private TabularResult.Point point(int evaluations, List<TabularRun.Checkpoint> runs) {
    SummaryStatistics regret = new SummaryStatistics();
    double feasibleShare = 0;
    double frontShare = 0;
    int hits = 0;
    for (TabularRun.Checkpoint run : runs) {
      double missed = problem.optimumAccuracy() - run.returned().accuracy();
      regret.addValue(missed);
      hits += missed == 0 ? 1 : 0;
      feasibleShare += run.feasibleShare() / seeds;
      frontShare += run.frontShare() / seeds;
    }
    return new TabularResult.Point(
        evaluations,
        regret.getMean(),
        interval(regret),
        (double) hits / seeds,
        feasibleShare,
        frontShare);
  }

  /** Student's interval of the mean. */
  private double[] interval(SummaryStatistics regret) {
    if (seeds < 2) {
      return null;
    }
    double t = new TDistribution(seeds - 1).inverseCumulativeProbability((1 + CONFIDENCE) / 2);
    double half = t * regret.getStandardDeviation() / Math.sqrt(seeds);
    return new double[] {regret.getMean() - half, regret.getMean() + half};
  }
}
