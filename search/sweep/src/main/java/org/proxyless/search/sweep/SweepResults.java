package org.proxyless.search.sweep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The cells of a sweep as they stand.
 *
 * @param axes of the sweep, in order
 * @param cells in order
 */
public record SweepResults(List<String> axes, List<CellResult> cells) {
  private static final String SEED = "seed";
  private static final String SEED_OPTION = "--seed=";

  /**
   * A column of the table.
   *
   * @param name with the unit in it
   * @param type of its values, which may be null
   */
  record Column(String name, Type type, Function<CellResult, Object> value) {}

  /** What a column holds. */
  enum Type {
    TEXT,
    WHOLE,
    REAL
  }

  public SweepResults {
    axes = List.copyOf(axes);
    cells = List.copyOf(cells);
  }

  /** What the folder tells now. */
  public static SweepResults of(SweepPlan plan, SweepFolder folder) {
    return new SweepResults(
        plan.axes(), plan.cells().stream().map(cell -> CellResult.of(cell, folder)).toList());
  }

  /** Those that stand in a certain way, in order. */
  public List<CellResult> that(CellResult.Standing standing) {
    return cells.stream().filter(cell -> cell.standing() == standing).toList();
  }

  /** How many stand in each way, the ways in order. */
  public Map<CellResult.Standing, Integer> counts() {
    Map<CellResult.Standing, Integer> counts = new LinkedHashMap<>();
    Arrays.stream(CellResult.Standing.values()).forEach(s -> counts.put(s, that(s).size()));
    return counts;
  }

  /** The finished cells that differ in their seed alone, in the order of the first of each. */
  public List<CellGroup> groups() {
    Map<List<String>, List<CellResult>> groups = new LinkedHashMap<>();
    for (CellResult cell : that(CellResult.Standing.FINISHED)) {
      List<String> rest =
          cell.cell().arguments().stream().filter(word -> !word.startsWith(SEED_OPTION)).toList();
      groups.computeIfAbsent(rest, key -> new ArrayList<>()).add(cell);
    }
    return groups.values().stream().map(cells -> new CellGroup(placeOf(cells), cells)).toList();
  }

  /** On the axes that they agree on. */
  private static Map<String, String> placeOf(List<CellResult> cells) {
    Map<String, String> place = new LinkedHashMap<>(cells.get(0).cell().place());
    cells.forEach(cell -> place.entrySet().retainAll(cell.cell().place().entrySet()));
    if (cells.size() == 1) {
      place.remove(SEED);
    }
    return place;
  }

  /** The table's columns: a cell's name, its place on each axis, how it ended, its figures. */
  List<Column> columns() {
    List<Column> columns = new ArrayList<>();
    columns.add(new Column("cell", Type.TEXT, result -> result.cell().id()));
    for (String axis : axes) {
      columns.add(new Column(axis.replace('-', '_'), Type.TEXT, result -> result.on(axis)));
    }
    columns.add(new Column("standing", Type.TEXT, result -> result.standing().toString()));
    columns.add(
        new Column(
            "attempts",
            Type.WHOLE,
            result -> result.ended().map(end -> (long) end.attempts()).orElse(null)));
    columns.add(
        new Column("place", Type.TEXT, result -> result.ended().map(CellState::place).orElse("")));
    columns.add(
        new Column(
            "seconds", Type.REAL, result -> result.ended().map(CellState::seconds).orElse(null)));
    columns.add(figure("target_ms_in_force", Type.REAL, CellFigures::targetMillis));
    columns.add(figure("predicted_ms", Type.REAL, CellFigures::predictedMillis));
    columns.add(new Column("measured_ms", Type.REAL, CellResult::measuredMillis));
    columns.add(figure("test_accuracy", Type.REAL, CellFigures::testAccuracy));
    columns.add(figure("parameters", Type.WHOLE, CellFigures::parameters));
    columns.add(figure("macs", Type.WHOLE, CellFigures::macs));
    columns.add(figure("peak_memory_mib", Type.WHOLE, CellFigures::peakMemoryMebibytes));
    columns.add(new Column("remark", Type.TEXT, CellResult::remark));
    return columns;
  }

  private static Column figure(String name, Type type, Function<CellFigures, Object> value) {
    return new Column(name, type, result -> result.figures().map(value).orElse(null));
  }
}
