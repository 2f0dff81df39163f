package org.proxyless.search.space;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.proxyless.base.InvalidInputException;

/**
 * A normal and a reduction cell, in the forms in which DARTS and ENAS write them. States 0 and 1
 * are what the cell before last and the last one gave, 2 is the first node.
 */
public record CellGenotype(Cell normal, Cell reduction) {
  private static final Map<String, String> IN_DARTS =
      Map.of(
          "skip", "skip_connect",
          "max3", "max_pool_3x3",
          "avg3", "avg_pool_3x3",
          "sep3", "sep_conv_3x3",
          "sep5", "sep_conv_5x5",
          "sep7", "sep_conv_7x7",
          "dil3", "dil_conv_3x3",
          "dil5", "dil_conv_5x5",
          "pair7", "conv_7x1_1x7");

  /** By number (Pham et al., ENAS, 2018, code of the micro space). */
  private static final List<String> IN_ENAS = List.of("sep3", "sep5", "avg3", "max3", "skip");

  private static final int NUMBERS_A_NODE = 4;

  private static final Pattern DARTS =
      Pattern.compile(
          "Genotype\\(normal=\\[(.*?)\\],normal_concat=(.*?),reduce=\\[(.*?)\\],"
              + "reduce_concat=(.*?)\\)");
  private static final Pattern DARTS_EDGE = Pattern.compile("\\('(\\w+)',(\\d{1,2})\\)");
  private static final Pattern RANGE = Pattern.compile("range\\((\\d{1,2}),(\\d{1,2})\\)");

  /**
   * One kind of cell.
   *
   * @param nodes each the edges that are summed
   * @param output the states whose channels the cell gives together
   */
  public record Cell(List<List<Edge>> nodes, List<Integer> output) {
    public Cell {
      nodes = nodes.stream().map(List::copyOf).toList();
      output = List.copyOf(output);
    }

    /** As spaces of cells are written: {@code [sep3 0 + skip 1, …]}. */
    List<String> texts() {
      return nodes.stream()
          .map(node -> node.stream().map(Edge::toString).collect(Collectors.joining(" + ")))
          .toList();
    }

    @Override
    public String toString() {
      return IntStream.range(0, nodes.size())
          .mapToObj(node -> (node + 2) + ": " + texts().get(node))
          .collect(Collectors.joining(" | ", "", "   out " + output));
    }
  }

  /**
   * An edge of a node.
   *
   * @param operator by its short name, such as {@code sep3}
   * @param from the state that it takes
   */
  public record Edge(String operator, int from) {
    @Override
    public String toString() {
      return operator + " " + from;
    }
  }

  /** A cell as written in a space. */
  static Cell cell(CellWiring wiring) {
    return new Cell(
        wiring.nodes().stream()
            .map(
                node ->
                    node.stream()
                        .map(
                            edge ->
                                new Edge(CellWiring.nameOf(edge.candidates().get(0)), edge.from()))
                        .toList())
            .toList(),
        wiring.output());
  }

  /**
   * Reads what DARTS writes: {@code Genotype(normal=[('sep_conv_3x3', 0), …], normal_concat=[2, 3,
   * 4, 5], reduce=[…], reduce_concat=range(2, 6))}, two edges a node.
   *
   * @throws InvalidInputException if it is not of this form
   */
  public static CellGenotype readDarts(String text) {
    Matcher parts = DARTS.matcher(text.replaceAll("\\s", ""));
    if (!parts.matches()) {
      throw wrong(
          text,
          "is no genotype of DARTS, which looks like Genotype(normal=[('sep_conv_3x3', 0), …],"
              + " normal_concat=[2, 3, 4, 5], reduce=[…], reduce_concat=[…])");
    }
    return new CellGenotype(
        dartsCell(text, parts.group(1), parts.group(2)),
        dartsCell(text, parts.group(3), parts.group(4)));
  }

  private static Cell dartsCell(String text, String edges, String output) {
    List<Edge> all = new ArrayList<>();
    Matcher edge = DARTS_EDGE.matcher(edges);
    while (edge.find()) {
      String name = edge.group(1);
      String operator =
          IN_DARTS.entrySet().stream()
              .filter(entry -> entry.getValue().equals(name))
              .map(Map.Entry::getKey)
              .findFirst()
              .orElseThrow(
                  () ->
                      wrong(
                          text,
                          "has an operator '"
                              + name
                              + "', which is none of "
                              + new TreeSet<>(IN_DARTS.values())));
      all.add(new Edge(operator, Integer.parseInt(edge.group(2))));
    }
    String read =
        all.stream()
            .map(e -> "('" + IN_DARTS.get(e.operator()) + "'," + e.from() + ")")
            .collect(Collectors.joining(","));
    if (!read.equals(edges.replaceAll(",$", "")) || all.isEmpty() || all.size() % 2 != 0) {
      throw wrong(text, "has nodes that are not two edges each, like ('sep_conv_3x3', 0)");
    }
    List<List<Edge>> nodes = new ArrayList<>();
    for (int i = 0; i < all.size(); i += 2) {
      nodes.add(List.of(all.get(i), all.get(i + 1)));
    }
    return checked(text, new Cell(nodes, states(text, output)));
  }

  private static List<Integer> states(String text, String output) {
    Matcher range = RANGE.matcher(output);
    if (range.matches()) {
      int from = Integer.parseInt(range.group(1));
      return IntStream.range(from, Integer.parseInt(range.group(2))).boxed().toList();
    }
    if (!output.matches("\\[\\d{1,2}(,\\d{1,2})*\\]")) {
      throw wrong(text, "has an output '" + output + "', which is neither [2, 3] nor range(2, 4)");
    }
    return Arrays.stream(output.substring(1, output.length() - 1).split(","))
        .map(Integer::valueOf)
        .toList();
  }

  /** Writes the cells as DARTS does. */
  public String darts() {
    return "Genotype(normal="
        + darts(normal)
        + ", normal_concat="
        + normal.output()
        + ", reduce="
        + darts(reduction)
        + ", reduce_concat="
        + reduction.output()
        + ")";
  }

  private static String darts(Cell cell) {
    return cell.nodes().stream()
        .flatMap(List::stream)
        .map(edge -> "('" + IN_DARTS.get(edge.operator()) + "', " + edge.from() + ")")
        .collect(Collectors.joining(", ", "[", "]"));
  }

  /**
   * Reads what ENAS writes of its micro space: four numbers a node, input and operator twice
   * (operators: 0 separable 3×3, 1 separable 5×5, 2 average, 3 maximum, 4 identity); first all of
   * the normal cell, then as many of the reduction cell. A cell gives the nodes that no node takes,
   * and such inputs too.
   *
   * @throws InvalidInputException if it is not of this form
   */
  public static CellGenotype readEnas(String text) {
    String[] words = text.strip().split("[\\s,;]+");
    boolean numbers = Arrays.stream(words).allMatch(word -> word.matches("\\d{1,2}"));
    if (!numbers || words.length % (2 * NUMBERS_A_NODE) != 0) {
      throw wrong(
          text,
          "is no cells of ENAS: these are whole numbers, four a node, as many for the reduction"
              + " cell as for the normal one");
    }
    int[] all = Arrays.stream(words).mapToInt(Integer::parseInt).toArray();
    int half = all.length / 2;
    return new CellGenotype(
        enasCell(text, Arrays.copyOfRange(all, 0, half)),
        enasCell(text, Arrays.copyOfRange(all, half, all.length)));
  }

  private static Cell enasCell(String text, int[] numbers) {
    List<List<Edge>> nodes = new ArrayList<>();
    for (int i = 0; i < numbers.length; i += NUMBERS_A_NODE) {
      List<Edge> node = new ArrayList<>();
      for (int side = 0; side < NUMBERS_A_NODE; side += 2) {
        int operator = numbers[i + side + 1];
        if (operator >= IN_ENAS.size()) {
          throw wrong(text, "has an operator " + operator + "; they go from 0 to 4");
        }
        node.add(new Edge(IN_ENAS.get(operator), numbers[i + side]));
      }
      nodes.add(node);
    }
    return checked(text, new Cell(nodes, loose(nodes)));
  }

  /** The states that no node takes. */
  static List<Integer> loose(List<List<Edge>> nodes) {
    return IntStream.range(0, nodes.size() + 2)
        .filter(
            state -> nodes.stream().flatMap(List::stream).noneMatch(edge -> edge.from() == state))
        .boxed()
        .toList();
  }

  /**
   * Writes the cells as ENAS does, the normal one first.
   *
   * @throws InvalidInputException if ENAS has no such cells: other operators, or another output
   *     than what no node takes
   */
  public String enas() {
    return enas(normal) + " " + enas(reduction);
  }

  private static String enas(Cell cell) {
    boolean known =
        cell.nodes().stream()
            .allMatch(
                node ->
                    node.size() == 2
                        && node.stream().allMatch(edge -> IN_ENAS.contains(edge.operator())));
    if (!known || !cell.output().equals(loose(cell.nodes()))) {
      throw new InvalidInputException("ENAS has no cell " + cell + ".");
    }
    return cell.nodes().stream()
        .flatMap(List::stream)
        .map(edge -> edge.from() + " " + IN_ENAS.indexOf(edge.operator()))
        .collect(Collectors.joining(" "));
  }

  private static Cell checked(String text, Cell cell) {
    for (int node = 0; node < cell.nodes().size(); node++) {
      for (Edge edge : cell.nodes().get(node)) {
        if (edge.from() >= node + 2) {
          throw wrong(
              text,
              "has a node "
                  + (node + 2)
                  + " that takes state "
                  + edge.from()
                  + ", which is not before it");
        }
      }
    }
    boolean fits =
        cell.output().size() > 1
            && cell.output().stream().distinct().count() == cell.output().size()
            && cell.output().stream().allMatch(state -> state < cell.nodes().size() + 2);
    if (!fits) {
      throw wrong(
          text, "has an output " + cell.output() + ", which must be two or more of its states");
    }
    return cell;
  }

  private static InvalidInputException wrong(String text, String what) {
    return new InvalidInputException("'" + text.strip() + "' " + what + ".");
  }
}
