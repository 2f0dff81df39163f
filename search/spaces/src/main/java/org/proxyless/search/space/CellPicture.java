package org.proxyless.search.space;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Draws cells as an SVG: states as boxes from left to right, what they are made of as labelled
 * lines between them. The same cells give the same bytes.
 */
public final class CellPicture {
  private static final int COLUMN = 190;
  private static final int ROW = 64;
  private static final int BOX_WIDTH = 66;
  private static final int BOX_HEIGHT = 28;
  private static final int MARGIN = 30;
  private static final int TITLE = 34;

  /** Of the operators, by how their names begin. */
  private static final Map<String, String> COLOURS =
      Map.of(
          "sep", "#1f5fa8",
          "dil", "#7a3e9d",
          "max", "#b3541e",
          "avg", "#9a7b0a",
          "skip", "#4d4d4d",
          "conv", "#1d7a4b",
          "pair", "#1d7a4b");

  /**
   * A line.
   *
   * @param from index of a state
   * @param to index of a later one
   * @param label the operator; empty where something is handed on as it is
   */
  public record Line(int from, int to, String label) {}

  /**
   * A cell.
   *
   * @param title above it
   * @param states what is written into their boxes, in topological order
   * @param lines between them
   */
  public record Drawn(String title, List<String> states, List<Line> lines) {
    public Drawn {
      states = List.copyOf(states);
      lines = List.copyOf(lines);
    }
  }

  private final StringBuilder svg = new StringBuilder();
  private int width;
  private int bottom;

  private CellPicture() {}

  /** What is drawn of a genotype: both cells, one below the other. */
  public static List<Drawn> of(CellGenotype genotype) {
    return List.of(drawn("normal", genotype.normal()), drawn("reduction", genotype.reduction()));
  }

  private static Drawn drawn(String title, CellGenotype.Cell cell) {
    List<String> states = new ArrayList<>(List.of("older", "newer"));
    List<Line> lines = new ArrayList<>();
    for (List<CellGenotype.Edge> node : cell.nodes()) {
      node.forEach(edge -> lines.add(new Line(edge.from(), states.size(), edge.operator())));
      states.add(String.valueOf(states.size()));
    }
    cell.output().forEach(state -> lines.add(new Line(state, states.size(), "")));
    states.add("output");
    return new Drawn(title, states, lines);
  }

  /** The SVG of cells, one below the other. */
  public static String svg(String name, List<Drawn> cells) {
    CellPicture picture = new CellPicture();
    cells.forEach(picture::add);
    return String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%1$d\" height=\"%2$d\""
                + " viewBox=\"0 0 %1$d %2$d\" font-family=\"sans-serif\" font-size=\"12\""
                + " role=\"img\">\n<title>%3$s</title>\n"
                + "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>\n",
            picture.width + MARGIN,
            picture.bottom + MARGIN,
            escaped(name))
        + picture.svg
        + "</svg>\n";
  }

  private void add(Drawn cell) {
    int[] depth = depths(cell);
    int[] row = rows(depth);
    int rows = 0;
    for (int state = 0; state < row.length; state++) {
      rows = Math.max(rows, row[state] + 1);
    }
    // Room for lines that go around what lies between their ends.
    int longest = 0;
    for (Line line : cell.lines()) {
      if (row[line.from()] == row[line.to()]) {
        longest = Math.max(longest, depth[line.to()] - depth[line.from()]);
      }
    }
    int above = longest > 1 ? 12 * longest : 0;
    int top = bottom + MARGIN + TITLE + above;
    text(MARGIN, bottom + MARGIN + 12, "start", "#000000", " font-weight=\"bold\"", cell.title());
    int[] x = new int[depth.length];
    int[] y = new int[depth.length];
    for (int state = 0; state < depth.length; state++) {
      x[state] = MARGIN + depth[state] * COLUMN;
      y[state] = top + row[state] * ROW;
    }
    Map<String, Integer> alike = new TreeMap<>();
    for (Line line : cell.lines()) {
      int nth = alike.merge(line.from() + " " + line.to(), 1, Integer::sum) - 1;
      boolean around =
          row[line.from()] == row[line.to()] && depth[line.to()] - depth[line.from()] > 1;
      int bend = around ? 16 * (depth[line.to()] - depth[line.from()]) : 0;
      line(
          x[line.from()] + BOX_WIDTH,
          y[line.from()] + BOX_HEIGHT / 2,
          x[line.to()],
          y[line.to()] + BOX_HEIGHT / 2,
          bend - 18 * nth,
          line.label());
    }
    for (int state = 0; state < depth.length; state++) {
      box(x[state], y[state], cell.states().get(state));
      width = Math.max(width, x[state] + BOX_WIDTH);
    }
    bottom = top + rows * ROW;
  }

  /** How many lines lead to each state at most. */
  private static int[] depths(Drawn cell) {
    int[] depth = new int[cell.states().size()];
    for (int state = 0; state < depth.length; state++) {
      for (Line line : cell.lines()) {
        if (line.to() == state) {
          depth[state] = Math.max(depth[state], depth[line.from()] + 1);
        }
      }
    }
    return depth;
  }

  /** States of one depth stand below each other. */
  private static int[] rows(int[] depth) {
    int[] row = new int[depth.length];
    for (int state = 0; state < depth.length; state++) {
      for (int before = 0; before < state; before++) {
        row[state] += depth[before] == depth[state] ? 1 : 0;
      }
    }
    return row;
  }

  private void line(int x1, int y1, int x2, int y2, int bend, String label) {
    String colour =
        COLOURS.entrySet().stream()
            .filter(entry -> label.startsWith(entry.getKey()))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse("#999999");
    svg.append(
        String.format(
            Locale.ROOT,
            "<path d=\"M%d %d C%d %d %d %d %d %d\" fill=\"none\" stroke=\"%s\""
                + " stroke-width=\"1.6\"%s/>\n",
            x1,
            y1,
            x1 + COLUMN / 3,
            y1 - 2 * bend,
            x2 - COLUMN / 3,
            y2 - 2 * bend,
            x2,
            y2,
            colour,
            label.isEmpty() ? " stroke-dasharray=\"4 3\"" : ""));
    if (!label.isEmpty()) {
      // The middle of the curve, nearer to where it leads, so that labels keep apart.
      double t = 0.62;
      double s = 1 - t;
      double x =
          s * s * s * x1
              + 3 * s * s * t * (x1 + COLUMN / 3.0)
              + 3 * s * t * t * (x2 - COLUMN / 3.0)
              + t * t * t * x2;
      double y = s * s * (s + 3 * t) * y1 + t * t * (t + 3 * s) * y2 - 6 * s * t * bend;
      text(
          (int) x,
          (int) y - 3,
          "middle",
          colour,
          " paint-order=\"stroke\" stroke=\"white\" stroke-width=\"4\"",
          label);
    }
  }

  private void box(int x, int y, String label) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"5\" fill=\"#eef3f8\""
                + " stroke=\"#456\"/>\n",
            x,
            y,
            BOX_WIDTH,
            BOX_HEIGHT));
    text(x + BOX_WIDTH / 2, y + BOX_HEIGHT / 2 + 4, "middle", "#000000", "", label);
  }

  private void text(int x, int y, String anchor, String colour, String more, String text) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\" fill=\"%s\"%s>%s</text>\n",
            x,
            y,
            anchor,
            colour,
            more,
            escaped(text)));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
