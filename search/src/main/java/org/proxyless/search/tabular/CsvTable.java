package org.proxyless.search.tabular;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.proxyless.latency.InvalidInputException;

/**
 * A file of comma-separated values with a header; cells may be quoted, rows may not span lines.
 *
 * @param file where it was read
 * @param header the columns' names
 * @param rows with as many cells as the header
 */
record CsvTable(Path file, List<String> header, List<Row> rows) {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  /**
   * A row.
   *
   * @param line in the file, from 1
   */
  record Row(int line, List<String> cells) {}

  /**
   * Reads a file.
   *
   * @throws InvalidInputException if it is no such table
   */
  static CsvTable read(Path file) {
    List<String> lines;
    try {
      lines = Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (MalformedInputException e) {
      throw new InvalidInputException(file + " is not text in UTF-8: give a CSV file.", e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
    if (lines.isEmpty()) {
      throw new InvalidInputException(file + " is empty; it must be a CSV file with a header.");
    }
    List<String> header = cells(file, 1, lines.get(0).replace(BYTE_ORDER_MARK, ""));
    if (new HashSet<>(header).size() < header.size()) {
      throw new InvalidInputException(
          file + ", line 1: a column's name occurs twice in " + header + "; rename one.");
    }
    List<Row> rows = new ArrayList<>();
    for (int n = 1; n < lines.size(); n++) {
      if (!lines.get(n).isBlank()) {
        List<String> cells = cells(file, n + 1, lines.get(n));
        if (cells.size() != header.size()) {
          throw new InvalidInputException(
              String.format(
                  "%s, line %d: %d cells; the header has %d. Mend the row.",
                  file, n + 1, cells.size(), header.size()));
        }
        rows.add(new Row(n + 1, cells));
      }
    }
    return new CsvTable(file, header, rows);
  }

  private static List<String> cells(Path file, int line, String text) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' && quoted && i + 1 < text.length() && text.charAt(i + 1) == '"') {
        cell.append(c);
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        cells.add(cell.toString().strip());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    if (quoted) {
      throw new InvalidInputException(
          file + ", line " + line + ": a quote is not closed. Mend the row.");
    }
    cells.add(cell.toString().strip());
    return cells;
  }

  /**
   * Where a column is.
   *
   * @param option that names it
   * @throws InvalidInputException if there is no such column
   */
  int column(String option, String name) {
    int place = header.indexOf(name);
    if (place < 0) {
      throw new InvalidInputException(
          String.format(
              "%s is %s; %s has no such column, only %s.",
              option, name, file, String.join(", ", header)));
    }
    return place;
  }

  /**
   * A number.
   *
   * @throws InvalidInputException if the cell holds none
   */
  double number(Row row, int column) {
    String text = row.cells().get(column);
    try {
      double value = Double.parseDouble(text);
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw noNumber(row, column, e);
    }
    throw noNumber(row, column, null);
  }

  private InvalidInputException noNumber(Row row, int column, Throwable cause) {
    return new InvalidInputException(
        String.format(
            "%s, line %d: %s is '%s'; it must be a number. Mend the row or leave it out.",
            file, row.line(), header.get(column), row.cells().get(column)),
        cause);
  }
}
