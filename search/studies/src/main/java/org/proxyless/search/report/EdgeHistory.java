package org.proxyless.search.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.proxyless.base.CsvTable;
import org.proxyless.search.job.prepare.PriceList;

/**
 * The probabilities of an edge's candidates over time.
 *
 * @param name of the edge
 * @param candidates for people
 * @param steps of the search at which they were kept; thinned if there are many
 * @param probabilities [step][candidate]
 */
record EdgeHistory(
    String name, List<String> candidates, List<Long> steps, List<List<Double>> probabilities) {
  private static final int MOST_STEPS = 80;

  /**
   * The edges of a run.
   *
   * @param alphas rows of step, edge, candidate, probability
   * @param prices names the edges and candidates
   */
  static List<EdgeHistory> of(CsvTable alphas, PriceList prices) {
    int[] columns = {
      alphas.column("step"), alphas.column("edge"), alphas.column("candidate"),
    };
    int probability = alphas.column("probability");
    List<TreeMap<Long, List<Double>>> edges = new ArrayList<>();
    prices.edges().forEach(edge -> edges.add(new TreeMap<>()));
    for (int row = 0; row < alphas.rows().size(); row++) {
      long step = alphas.number(row, columns[0]).longValue();
      int edge = alphas.number(row, columns[1]).intValue();
      int candidate = alphas.number(row, columns[2]).intValue();
      List<Double> p = edges.get(edge).computeIfAbsent(step, s -> new ArrayList<>());
      p.add(candidate, alphas.number(row, probability));
    }
    List<EdgeHistory> histories = new ArrayList<>();
    for (int edge = 0; edge < edges.size(); edge++) {
      histories.add(of(prices.edges().get(edge), edges.get(edge)));
    }
    return histories;
  }

  private static EdgeHistory of(PriceList.PricedBlock edge, TreeMap<Long, List<Double>> history) {
    int candidates = edge.candidates().size();
    // A run that is going on may be in the middle of its last step's rows.
    List<Map.Entry<Long, List<Double>>> whole =
        history.entrySet().stream().filter(e -> e.getValue().size() == candidates).toList();
    int stride = (whole.size() + MOST_STEPS - 1) / MOST_STEPS;
    List<Long> steps = new ArrayList<>();
    List<List<Double>> probabilities = new ArrayList<>();
    for (int i = 0; i < whole.size(); i++) {
      if ((whole.size() - 1 - i) % stride == 0) { // the last one stays
        steps.add(whole.get(i).getKey());
        probabilities.add(whole.get(i).getValue());
      }
    }
    return new EdgeHistory(
        edge.name(),
        edge.candidates().stream().map(PriceList.Candidate::label).toList(),
        steps,
        probabilities);
  }
}
