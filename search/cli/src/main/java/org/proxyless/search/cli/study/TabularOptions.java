package org.proxyless.search.cli.study;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.proxyless.base.InvalidInputException;
import org.proxyless.search.cli.options.Converters;
import org.proxyless.search.cli.options.JsonOption;
import org.proxyless.search.run.settings.Rules;
import org.proxyless.search.run.settings.StrategyKind;
import org.proxyless.search.tabular.NetworkTable;
import org.proxyless.search.tabular.TableColumns;
import org.proxyless.search.tabular.TableProblem;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of {@code tabular}. */
final class TabularOptions {
  @Option(
      names = "--csv",
      required = true,
      paramLabel = "FILE",
      converter = Converters.ExistingFile.class,
      description = "The table: a CSV file with a header and a row a network.")
  private Path csv;

  @Option(
      names = "--genotype-column",
      required = true,
      paramLabel = "NAME",
      description = "The column that names the network: a digit a choice.")
  private String genotypeColumn;

  @Option(
      names = "--choices",
      required = true,
      split = ",",
      paramLabel = "N",
      description = "The number of candidates of each choice, like 5,5,5.")
  private List<Integer> choices;

  @Option(
      names = "--accuracy-column",
      required = true,
      paramLabel = "NAME",
      description = "The column that networks are judged by.")
  private String accuracyColumn;

  @Option(
      names = "--signal-column",
      paramLabel = "NAME",
      description = "The column that strategies see (default: the accuracy).")
  private String signalColumn;

  @Option(
      names = "--rungs",
      split = ",",
      paramLabel = "COLUMN=EPOCHS",
      description =
          "The accuracy after less training and after all of it, for strategies that train most"
              + " networks a little: like val_12ep=12,test_200ep=200.")
  private LinkedHashMap<String, Double> rungs = new LinkedHashMap<>();

  @Option(
      names = "--latency-column",
      required = true,
      paramLabel = "NAME",
      description = "The column that the limit is on, in milliseconds or anything above 0.")
  private String latencyColumn;

  @Option(
      names = "--filter",
      paramLabel = "COLUMN=VALUE",
      description = "Only rows with this value count. May be repeated.")
  private Map<String, String> filter = new LinkedHashMap<>();

  @ArgGroup(multiplicity = "1")
  private Limit limit;

  /** One of the two. */
  private static final class Limit {
    @Option(
        names = "--quantile",
        paramLabel = "Q",
        description = "The limit is the latency that this share of the networks keeps, 0 to 1.")
    private Double quantile;

    @Option(
        names = "--limit-ms",
        paramLabel = "X",
        description = "The limit, in the unit of the latency column.")
    private Double millis;
  }

  @Option(
      names = "--strategy",
      required = true,
      split = ",",
      paramLabel = "NAME",
      description = "One strategy or several. See 'list strategies'.")
  private List<StrategyKind> strategies;

  @Option(
      names = "--evaluations",
      split = ",",
      defaultValue = "50,100,200,500",
      paramLabel = "N",
      description = "Numbers of evaluated networks to report (default: ${DEFAULT-VALUE}).")
  private List<Integer> evaluations;

  @Option(
      names = "--seeds",
      defaultValue = "60",
      paramLabel = "N",
      description = "Runs of each strategy (default: ${DEFAULT-VALUE}).")
  private int seeds;

  @Option(
      names = "--limits",
      defaultValue = "1",
      paramLabel = "N",
      description =
          "Searches at so many limits in turns, up to the one given, for a front (default:"
              + " ${DEFAULT-VALUE}).")
  private int limits;

  @Option(
      names = "--plot",
      paramLabel = "FILE",
      description = "Draws regret over evaluations into this file, .png or .svg.")
  private Path plot;

  @Mixin private JsonOption json;

  /**
   * The search that the options describe.
   *
   * @throws InvalidInputException if a value breaks a rule, or the table has faults
   */
  TableProblem problem() {
    Rules.atLeast("--seeds", 1, seeds);
    Rules.atLeast("--limits", 1, limits);
    if (limits > 1 && strategies.stream().anyMatch(StrategyKind::hasRungs)) {
      throw new InvalidInputException(
          "--limits is " + limits + "; strategies with rungs search at one limit: leave it out.");
    }
    evaluations.forEach(n -> Rules.atLeast("--evaluations", 1, n));
    Rules.newFile("--plot", plot);
    if (plot != null && !plot.toString().matches(".*\\.(png|svg)")) {
      throw new InvalidInputException("--plot is " + plot + "; it must end in .png or .svg.");
    }
    Rules.positive("--limit-ms", limit.millis);
    if (limit.quantile != null && !(limit.quantile >= 0 && limit.quantile <= 1)) {
      throw new InvalidInputException("--quantile is " + limit.quantile + "; it must be 0 to 1.");
    }
    requireRungs();
    TableColumns columns =
        new TableColumns(
            genotypeColumn, accuracyColumn, signalColumn, latencyColumn, filter, rungs);
    NetworkTable table = NetworkTable.read(csv, columns, choices);
    return table.within(limit.millis == null ? table.quantileMillis(limit.quantile) : limit.millis);
  }

  private void requireRungs() {
    double before = 0;
    for (Map.Entry<String, Double> rung : rungs.entrySet()) {
      if (!(rung.getValue() > before && rung.getValue() < Double.POSITIVE_INFINITY)) {
        throw new InvalidInputException(
            "--rungs has " + rung + "; epochs must be above 0 and grow from column to column.");
      }
      before = rung.getValue();
    }
    for (StrategyKind strategy : strategies) {
      if (strategy.hasRungs() && rungs.size() < 2) {
        throw new InvalidInputException(
            "--strategy is "
                + strategy
                + "; it trains most networks a little and few to the end: say --rungs, two columns"
                + " or more with their epochs.");
      }
    }
  }

  /** Each once, in the order given. */
  List<StrategyKind> strategies() {
    return strategies.stream().distinct().toList();
  }

  /** Each once, ascending. */
  List<Integer> evaluations() {
    return evaluations.stream().distinct().sorted().toList();
  }

  int seeds() {
    return seeds;
  }

  int limits() {
    return limits;
  }

  /** Where to draw, or null. */
  Path plot() {
    return plot;
  }

  /** Where to write the figures, or null. */
  Path json() {
    return json.file();
  }
}
