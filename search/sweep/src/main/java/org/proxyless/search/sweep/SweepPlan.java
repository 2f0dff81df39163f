package org.proxyless.search.sweep;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.proxyless.devices.DeviceProfiles;
import org.proxyless.base.InvalidInputException;
import org.proxyless.base.Identity;
import org.proxyless.search.cli.SearchArguments;
import org.proxyless.search.run.settings.SearchSettings;

/**
 * The cells of a sweep, each checked before the first is run: every combination of a value of each
 * axis, the last axis changing quickest.
 *
 * <p>Cells measure nothing, so that they can run side by side and give the same wherever they run:
 * latencies come from tables, and networks are timed afterwards, one by one.
 *
 * @param needs of each cell
 * @param axes in order
 * @param cells in order
 */
public record SweepPlan(CellNeeds needs, List<String> axes, List<Cell> cells) {
  private static final int MOST_CELLS = 10_000;
  private static final int HASH_DIGITS = 8;
  private static final int MOST_NAME = 100;

  /** The sweep itself decides them. */
  private static final Set<String> OURS =
      Set.of("out", "resume", "plan", "json", "no-proof", "no-measure", "help", "quiet", "verbose");

  /** Options whose value is a file, or may be one where it looks like one. */
  private static final Set<String> FILES = Set.of("table", "also-table", "data-dir", "image-cache");

  private static final Set<String> NAMES_OR_FILES = Set.of("device", "space");

  public SweepPlan {
    axes = List.copyOf(axes);
    cells = List.copyOf(cells);
  }

  /**
   * The plan of a file.
   *
   * @param folder that relative files in it are in
   * @throws InvalidInputException if a cell is none that {@code search} would take, would have to
   *     measure, or there are too many
   */
  public static SweepPlan of(SweepFile file, Path folder) {
    List<String> axes = List.copyOf(file.grid().keySet());
    requireFew(file.grid());
    List<Map<String, Object>> combinations = List.of(Map.of());
    for (String axis : axes) {
      List<Map<String, Object>> longer = new ArrayList<>();
      for (Map<String, Object> shorter : combinations) {
        for (Object value : file.grid().get(axis)) {
          Map<String, Object> combination = new LinkedHashMap<>(shorter);
          combination.put(axis, value);
          longer.add(combination);
        }
      }
      combinations = longer;
    }
    List<Cell> cells = combinations.stream().map(values -> cell(file, values, folder)).toList();
    return new SweepPlan(file.cell(), axes, cells);
  }

  private static void requireFew(Map<String, List<Object>> grid) {
    double cells = grid.values().stream().mapToDouble(List::size).reduce(1, (a, b) -> a * b);
    if (cells > MOST_CELLS) {
      throw new InvalidInputException(
          String.format(
              Locale.ROOT,
              "the grid has %.0f cells; it may have %d: leave values out, or make several sweeps.",
              cells,
              MOST_CELLS));
    }
  }

  private static Cell cell(SweepFile file, Map<String, Object> values, Path folder) {
    Map<String, Object> options = new LinkedHashMap<>(file.search());
    Map<String, String> place = new LinkedHashMap<>();
    values.forEach(
        (axis, value) -> {
          place.put(axis, SweepFile.label(axis, value));
          SweepFile.options(axis, value)
              .forEach((option, given) -> putOnce(options, option, given, axis));
        });
    options.keySet().forEach(SweepPlan::requireTheirs);
    options.putIfAbsent("threads", file.cell().cpus());
    String id = id(place, options);
    List<String> arguments = new ArrayList<>();
    options.forEach((option, value) -> add(arguments, option, value, folder));
    arguments.add("--no-proof");
    requireSearchable(place, arguments);
    return new Cell(id, place, arguments);
  }

  private static void putOnce(
      Map<String, Object> options, String option, Object value, String axis) {
    if (options.put(option, value) != null) {
      throw new InvalidInputException(
          "option '"
              + option
              + "' is given by axis '"
              + axis
              + "' and once more; leave one of them out.");
    }
  }

  private static void requireTheirs(String option) {
    if (OURS.contains(option)) {
      throw new InvalidInputException(
          "the sweep gives option '" + option + "', which it decides for each cell: leave it out.");
    }
  }

  private static void add(List<String> arguments, String option, Object value, Path folder) {
    if (value instanceof Boolean given) {
      if (given) {
        arguments.add("--" + option);
      }
      return;
    }
    if (value == null || value instanceof Map || value instanceof List) {
      throw new InvalidInputException(
          "option '" + option + "' is " + value + "; it must be a text, a number, true or false.");
    }
    arguments.add("--" + option + "=" + independentOfFolder(option, value.toString(), folder));
  }

  private static String independentOfFolder(String option, String value, Path folder) {
    boolean file =
        FILES.contains(option)
            || NAMES_OR_FILES.contains(option) && value.matches(".*\\.ya?ml|.*[/\\\\].*");
    return file ? folder.resolve(value).toAbsolutePath().normalize().toString() : value;
  }

  private static void requireSearchable(Map<String, String> place, List<String> arguments) {
    try {
      SearchSettings settings = SearchArguments.settings(arguments);
      requireOneTarget(settings);
      requireTable("table", settings.table() == null, settings.device());
      if (settings.alsoDevice() != null) {
        requireTable("also-table", settings.alsoTable() == null, settings.alsoDevice());
      }
    } catch (InvalidInputException e) {
      throw new InvalidInputException("cell " + place + ": " + e.getMessage(), e);
    }
  }

  private static void requireOneTarget(SearchSettings settings) {
    if (settings.targetsMillis() != null) {
      throw new InvalidInputException(
          "target-ms is "
              + settings.targetsMillis()
              + "; a cell has one target: make them an axis of the grid.");
    }
  }

  private static void requireTable(String option, boolean missing, String device) {
    if (missing && !DeviceProfiles.load(device).isRemote()) {
      throw new InvalidInputException(
          "device "
              + device
              + " has no '"
              + option
              + "'; cells measure nothing: make a table with 'profile' first, and name it.");
    }
  }

  private static String id(Map<String, String> place, Map<String, Object> options) {
    String name =
        place.values().stream()
            .map(SweepPlan::shortened)
            .collect(Collectors.joining("_"))
            .replaceAll("[^A-Za-z0-9._-]", "-");
    String hash = Identity.hash(new TreeMap<>(options).toString()).substring(0, HASH_DIGITS);
    String start = name.length() > MOST_NAME ? name.substring(0, MOST_NAME) : name;
    return (start.isEmpty() ? "cell" : start) + "-" + hash;
  }

  /** Of a file its name. */
  private static String shortened(String label) {
    String name = label.substring(1 + Math.max(label.lastIndexOf('/'), label.lastIndexOf('\\')));
    return name.replaceFirst("\\.ya?ml$", "");
  }
}
