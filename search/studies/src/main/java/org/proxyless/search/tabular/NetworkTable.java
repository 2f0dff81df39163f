package org.proxyless.search.tabular;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;
import org.proxyless.base.CsvTable;
import org.proxyless.base.InvalidInputException;

/** Networks that were all evaluated before: a space whose best network is known. */
public final class NetworkTable {
  private static final int MOST_CANDIDATES = 10;
  private final Path file;
  private final int[] sizes;
  private final List<TableNetwork> networks;
  private final double[] epochs;

  private NetworkTable(Path file, int[] sizes, List<TableNetwork> networks, double[] epochs) {
    this.epochs = epochs;
    this.file = file;
    this.sizes = sizes;
    this.networks = networks;
  }

  /**
   * Reads a table.
   *
   * @param csv with a header
   * @param choices the number of candidates of each choice, 1 to 10
   * @throws InvalidInputException if a column is not there, a cell holds something else, or a
   *     network occurs twice
   */
  public static NetworkTable read(Path csv, TableColumns columns, List<Integer> choices) {
    int[] sizes = choices.stream().mapToInt(Integer::intValue).toArray();
    requireDigits(choices);
    CsvTable table = CsvTable.readGiven(csv);
    int genotype = column(table, "--genotype-column", columns.genotype());
    int accuracy = column(table, "--accuracy-column", columns.accuracy());
    int signal =
        columns.signal() == null ? accuracy : column(table, "--signal-column", columns.signal());
    int latency = column(table, "--latency-column", columns.latency());
    List<Integer> rungs =
        columns.rungs().keySet().stream().map(name -> column(table, "--rungs", name)).toList();
    Map<Integer, String> wanted = new HashMap<>();
    columns.filter().forEach((name, value) -> wanted.put(column(table, "--filter", name), value));
    List<TableNetwork> networks = new ArrayList<>();
    Map<String, Integer> lines = new HashMap<>();
    for (int row = 0; row < table.rows().size(); row++) {
      List<String> cells = table.rows().get(row);
      int line = table.lines().get(row);
      if (wanted.entrySet().stream()
          .allMatch(entry -> cells.get(entry.getKey()).equals(entry.getValue()))) {
        String text = cells.get(genotype);
        Integer before = lines.put(text, line);
        if (before != null) {
          throw refused(csv, line, "genotype " + text + " is in line " + before + ", too", "");
        }
        double cost = table.finite(row, latency);
        if (!(cost > 0)) {
          throw refused(csv, line, columns.latency() + " is " + cost, "; it must be above 0");
        }
        networks.add(
            new TableNetwork(
                text,
                path(csv, line, text, sizes),
                table.finite(row, accuracy),
                table.finite(row, signal),
                rungs(table, row, rungs),
                cost));
      }
    }
    if (networks.isEmpty()) {
      throw new InvalidInputException(
          csv + " has no row" + filterText(columns.filter()) + ": nothing to search.");
    }
    double[] epochs = columns.rungs().values().stream().mapToDouble(n -> n).toArray();
    return new NetworkTable(csv, sizes, networks, epochs);
  }

  private static double[] rungs(CsvTable table, int row, List<Integer> columns) {
    return columns.stream().mapToDouble(column -> table.finite(row, column)).toArray();
  }

  private static int column(CsvTable table, String option, String name) {
    if (!table.header().contains(name)) {
      throw new InvalidInputException(
          String.format(
              "%s is %s; %s has no such column, only %s.",
              option, name, table.file(), String.join(", ", table.header())));
    }
    return table.column(name);
  }

  private static void requireDigits(List<Integer> choices) {
    if (choices.isEmpty() || choices.stream().anyMatch(c -> c < 1 || c > MOST_CANDIDATES)) {
      throw new InvalidInputException(
          "--choices is "
              + choices.stream().map(String::valueOf).collect(Collectors.joining(","))
              + "; each must be from 1 to 10, since a genotype has one digit a choice.");
    }
    if (choices.stream().allMatch(c -> c == 1)) {
      throw new InvalidInputException("--choices are all 1; there is nothing to choose.");
    }
  }

  private static String filterText(Map<String, String> filter) {
    return filter.isEmpty()
        ? ""
        : filter.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining(" and ", " with ", ""));
  }

  private static int[] path(Path csv, int line, String genotype, int[] sizes) {
    if (genotype.length() != sizes.length) {
      throw refused(
          csv,
          line,
          "genotype '" + genotype + "'",
          "; --choices asks for " + sizes.length + " digits");
    }
    int[] path = new int[sizes.length];
    for (int e = 0; e < path.length; e++) {
      path[e] = genotype.charAt(e) - '0';
      if (path[e] < 0 || path[e] >= sizes[e]) {
        throw refused(
            csv,
            line,
            "genotype '" + genotype + "'",
            "; its digit " + (e + 1) + " must be from 0 to " + (sizes[e] - 1) + ", by --choices");
      }
    }
    return path;
  }

  private static InvalidInputException refused(Path csv, int line, String what, String rule) {
    return new InvalidInputException(
        csv + ", line " + line + ": " + what + rule + ". Mend the row or filter it out.");
  }

  /** The latency that this share of the networks keeps, between two of them interpolated. */
  public double quantileMillis(double share) {
    double[] latencies = networks.stream().mapToDouble(TableNetwork::latencyMillis).toArray();
    return share == 0
        ? Arrays.stream(latencies).min().orElseThrow()
        : new Percentile()
            .withEstimationType(Percentile.EstimationType.R_7)
            .evaluate(latencies, 100 * share);
  }

  /**
   * The search for the best network within a limit.
   *
   * @throws InvalidInputException if no network is that fast
   */
  public TableProblem within(double mostMillis) {
    List<TableNetwork> feasible =
        networks.stream().filter(network -> network.latencyMillis() <= mostMillis).toList();
    if (feasible.isEmpty()) {
      throw new InvalidInputException(
          String.format(
              "--limit-ms is %s; the networks of %s take from %s to %s.",
              mostMillis, file, quantileMillis(0), quantileMillis(1)));
    }
    return new TableProblem(sizes, feasible, mostMillis, epochs);
  }

  /** The number of networks that count. */
  public int size() {
    return networks.size();
  }
}
