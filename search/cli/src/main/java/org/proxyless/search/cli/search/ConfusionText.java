package org.proxyless.search.cli.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.proxyless.search.train.Evaluation;

/**
 * An evaluation by class: as a confusion matrix where that fits on a page, else as a list of the
 * most frequent confusions.
 */
final class ConfusionText {
  private static final int WIDEST_MATRIX = 20;
  private static final int LONGEST_NAME = 24;
  private static final int CONFUSIONS = 20;

  private final Evaluation evaluation;
  private final List<String> names;
  private final int nameColumns;

  ConfusionText(Evaluation evaluation, List<String> names) {
    this.evaluation = evaluation;
    this.names = names.stream().map(ConfusionText::shortened).toList();
    nameColumns = this.names.stream().mapToInt(String::length).max().orElseThrow();
  }

  private static String shortened(String name) {
    return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 1) + "…";
  }

  List<String> lines() {
    return names.size() <= WIDEST_MATRIX ? matrix() : list();
  }

  /** A row for each true class; the columns are the predicted ones, by number. */
  private List<String> matrix() {
    int most = Arrays.stream(evaluation.confusion()).flatMapToInt(Arrays::stream).max().orElse(0);
    int width = 1 + Math.max(String.valueOf(most).length(), 2);
    List<String> lines = new ArrayList<>();
    StringBuilder header = new StringBuilder(row("true class, predicted as", "correct"));
    for (int c = 0; c < names.size(); c++) {
      header.append(right(String.valueOf(c), width));
    }
    lines.add(header.toString());
    for (int c = 0; c < names.size(); c++) {
      StringBuilder line = new StringBuilder(row(numbered(c), accuracy(c)));
      for (int images : evaluation.confusion()[c]) {
        line.append(right(images == 0 ? "·" : String.valueOf(images), width));
      }
      lines.add(line.toString());
    }
    return lines;
  }

  private record Confusion(int actual, int predicted, int images) {}

  private List<String> list() {
    List<String> lines = new ArrayList<>();
    lines.add(row("true class", "correct").stripTrailing());
    List<Confusion> confusions = new ArrayList<>();
    for (int c = 0; c < names.size(); c++) {
      lines.add(row(numbered(c), accuracy(c)).stripTrailing());
      for (int p = 0; p < names.size(); p++) {
        int images = evaluation.confusion()[c][p];
        if (c != p && images > 0) {
          confusions.add(new Confusion(c, p, images));
        }
      }
    }
    lines.add("");
    lines.add("most often confused");
    confusions.stream()
        .sorted(Comparator.comparingInt(confusion -> -confusion.images()))
        .limit(CONFUSIONS)
        .map(c -> c.images() + " " + names.get(c.actual()) + " as " + names.get(c.predicted()))
        .forEach(lines::add);
    return lines;
  }

  private String numbered(int label) {
    return right(String.valueOf(label), String.valueOf(names.size() - 1).length())
        + " "
        + names.get(label);
  }

  private String accuracy(int label) {
    double accuracy = evaluation.accuracy(label);
    return Double.isNaN(accuracy) ? "–" : String.format(Locale.ROOT, "%.1f %%", 100 * accuracy);
  }

  private String row(String left, String right) {
    int columns = Math.max(nameColumns + 4, 24);
    return left + " ".repeat(Math.max(1, columns - left.length())) + right(right, 8) + " ";
  }

  private static String right(String text, int columns) {
    return " ".repeat(Math.max(0, columns - text.length())) + text;
  }
}
