package org.proxyless.search.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.proxyless.base.CsvTable;
import org.proxyless.base.InvalidInputException;
import org.proxyless.network.NetworkFile;
import org.proxyless.search.job.prepare.PriceList;
import org.proxyless.search.run.Provenance;
import org.proxyless.search.run.RunDirectory;
import org.proxyless.search.run.RunSummary;

/**
 * What a run directory holds of interest to a reader. A run that has not ended has only some of it.
 *
 * @param name of the directory
 * @param summary state and figures
 * @param provenance as in its file; null before there is one
 * @param space what could be chosen; null for a training, or a run of an older version
 * @param layers of the derived network; empty before there is one
 * @param stages loss, accuracy and so on by step
 * @param edges probabilities over time
 * @param pareto networks for several targets; empty for a run with one
 * @param examination how the network did class by class, with pictures of mistakes; null before
 *     {@code evaluate}
 */
public record RunRecord(
    String name,
    RunSummary summary,
    JsonNode provenance,
    Space space,
    List<NetworkLayer> layers,
    List<StageSeries> stages,
    List<EdgeHistory> edges,
    List<ParetoPoint> pareto,
    JsonNode examination) {

  /**
   * The space that was searched.
   *
   * @param name of it
   * @param device that it was priced for
   * @param targetMillis that was to be met
   * @param callMillis what every network costs besides its operators
   * @param minMillis the latency of its cheapest network
   * @param maxMillis of its dearest
   */
  record Space(
      String name,
      String device,
      double targetMillis,
      double callMillis,
      double minMillis,
      double maxMillis) {

    static Space of(PriceList prices) {
      if (prices.minMillis() != null) {
        return new Space(
            prices.space(),
            prices.device(),
            prices.targetMillis(),
            prices.callMillis(),
            prices.minMillis(),
            prices.maxMillis());
      }
      Comparator<PriceList.Candidate> byMillis =
          Comparator.comparingDouble(PriceList.Candidate::millis);
      double min = prices.callMillis();
      double max = prices.callMillis();
      for (PriceList.PricedBlock block : prices.blocks()) {
        min += block.candidates().stream().min(byMillis).orElseThrow().millis();
        max += block.candidates().stream().max(byMillis).orElseThrow().millis();
      }
      return new Space(
          prices.space(), prices.device(), prices.targetMillis(), prices.callMillis(), min, max);
    }
  }

  /**
   * The network for one of several targets.
   *
   * @param targetMillis that it was to meet
   * @param predictedMillis by the table
   * @param measuredMillis on the device; null where that isn't here
   * @param accuracy 0 to 1; null if it was not evaluated
   * @param network where it is
   */
  record ParetoPoint(
      Double targetMillis,
      Double predictedMillis,
      Double measuredMillis,
      Double accuracy,
      String network) {

    static List<ParetoPoint> read(Path file) {
      List<ParetoPoint> points = new ArrayList<>();
      CsvTable table = CsvTable.read(file);
      for (int row = 0; row < table.rows().size(); row++) {
        points.add(
            new ParetoPoint(
                table.number(row, table.column("target")),
                table.number(row, table.column("predicted")),
                table.number(row, table.column("measured")),
                table.number(row, table.column("accuracy")),
                table.rows().get(row).get(table.column("network"))));
      }
      return points;
    }
  }

  /**
   * Reads a run, finished or not.
   *
   * @throws InvalidInputException if it is no run directory, or files of it are damaged
   */
  public static RunRecord read(Path run) {
    if (!RunDirectory.isOne(run)) {
      throw new InvalidInputException(
          run + " is no run directory: it has no settings.yaml. Give the one of a search.");
    }
    PriceList prices =
        Files.exists(run.resolve(PriceList.FILE))
            ? PriceList.read(run.resolve(PriceList.FILE))
            : null;
    Path provenance = run.resolve(Provenance.FILE);
    Path network = run.resolve("network.json");
    Path metrics = run.resolve("metrics.csv");
    Path alphas = run.resolve("alphas.csv");
    Path pareto = run.resolve("pareto.csv");
    return new RunRecord(
        run.toAbsolutePath().normalize().getFileName().toString(),
        RunSummary.of(run),
        Files.exists(provenance) ? Provenance.read(provenance) : null,
        prices == null ? null : Space.of(prices),
        Files.exists(network)
            ? NetworkLayer.of(NetworkFile.readPlaced(network), prices)
            : List.of(),
        Files.exists(metrics) ? StageSeries.of(CsvTable.read(metrics)) : List.of(),
        prices != null && Files.exists(alphas)
            ? EdgeHistory.of(CsvTable.read(alphas), prices)
            : List.of(),
        Files.exists(pareto) ? ParetoPoint.read(pareto) : List.of(),
        ExaminationRecord.read(run));
  }

  /** The data of the page, by name. */
  Map<String, Object> data() {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("name", name);
    data.put("state", summary.state().toString());
    data.put("start", summary.start().toString());
    data.put("remark", summary.remark());
    data.put("targetMillis", summary.targetMillis());
    data.put("predictedMillis", summary.predictedMillis());
    data.put("measuredMillis", summary.measuredMillis());
    data.put("testAccuracy", summary.testAccuracy());
    data.put("provenance", provenance);
    data.put("space", space);
    data.put("layers", layers);
    data.put("stages", stages);
    data.put("edges", edges);
    data.put("pareto", pareto);
    data.put("examination", examination);
    return data;
  }
}
