package org.proxyless.base;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Comma-separated values under a header. Cells may be quoted; blank lines don't count.
 *
 * @param file where it was read from, for errors
 * @param header the columns' names
 * @param rows the cells as text, as many in each row as there are columns
 * @param lines the line of the file in which each row begins, counted from 1
 */
public record CsvTable(
    Path file, List<String> header, List<List<String>> rows, List<Integer> lines) {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  /**
   * Reads what a {@link CsvFile} wrote. A last row without its end is left out: a run that was
   * killed, or is still going on, may be in the middle of it.
   *
   * @throws InvalidInputException if it cannot be read, or is damaged
   */
  public static CsvTable read(Path file) {
    return parse(file, text(file), false);
  }

  /**
   * Reads a table from elsewhere, whose last line may lack its end.
   *
   * @throws InvalidInputException if it cannot be read, or is no such table
   */
  public static CsvTable readGiven(Path file) {
    return parse(file, text(file) + "\n", true);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8).replace(BYTE_ORDER_MARK, "");
    } catch (MalformedInputException e) {
      throw new InvalidInputException(file + " is not text in UTF-8: give a CSV file.", e);
    } catch (IOException e) {
      throw new InvalidInputException(file + " cannot be read (" + e + ").", e);
    }
  }

  private static CsvTable parse(Path file, String text, boolean whole) {
    List<List<String>> rows = new ArrayList<>();
    List<Integer> lines = new ArrayList<>();
    int openQuote = split(text, rows, lines);
    if (whole && openQuote > 0) {
      throw new InvalidInputException(
          file + ", line " + openQuote + ": a quote is not closed. Mend the row.");
    }
    if (rows.isEmpty()) {
      throw new InvalidInputException(file + " is empty; its first line must name the columns.");
    }
    List<String> header = rows.get(0);
    if (new HashSet<>(header).size() < header.size()) {
      throw new InvalidInputException(
          file + ", line 1: a column's name occurs twice in " + header + "; rename one.");
    }
    for (int row = 1; row < rows.size(); row++) {
      if (rows.get(row).size() != header.size()) {
        throw new InvalidInputException(
            String.format(
                "%s, line %d: %d cells under %d columns. Mend the row.",
                file, lines.get(row), rows.get(row).size(), header.size()));
      }
    }
    return new CsvTable(file, header, rows.subList(1, rows.size()), lines.subList(1, lines.size()));
  }

  /**
   * Adds the rows that have an end.
   *
   * @return the line of a quote that is not closed, or 0
   */
  private static int split(String text, List<List<String>> rows, List<Integer> lines) {
    List<String> row = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    int line = 1;
    int begun = 1;
    int quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        boolean escaped = quote > 0 && i + 1 < text.length() && text.charAt(i + 1) == '"';
        if (escaped) {
          cell.append(c);
          i++;
        } else {
          quote = quote > 0 ? 0 : line;
        }
      } else if (quote == 0 && (c == ',' || c == '\n')) {
        row.add(cell.toString().strip());
        cell.setLength(0);
        if (c == '\n') {
          if (row.size() > 1 || !row.get(0).isEmpty()) {
            rows.add(row);
            lines.add(begun);
          }
          row = new ArrayList<>();
          begun = line + 1;
        }
      } else {
        cell.append(c);
      }
      line += c == '\n' ? 1 : 0;
    }
    return quote;
  }

  /**
   * The place of a column.
   *
   * @throws InvalidInputException if there is none of this name
   */
  public int column(String name) {
    int column = header.indexOf(name);
    if (column < 0) {
      throw new InvalidInputException(
          file + " has no column '" + name + "'; it has " + String.join(", ", header) + ".");
    }
    return column;
  }

  /**
   * A number, which may be infinite or NaN.
   *
   * @param row counted from 0 below the header
   * @return null where the cell is empty
   * @throws InvalidInputException if it is none
   */
  public @Nullable Double number(int row, int column) {
    String cell = rows.get(row).get(column);
    try {
      return cell.isEmpty() ? null : Double.valueOf(cell);
    } catch (NumberFormatException e) {
      throw new InvalidInputException(noNumber(row, column), e);
    }
  }

  /**
   * A number.
   *
   * @param row counted from 0 below the header
   * @throws InvalidInputException if the cell holds none, or an infinite one
   */
  public double finite(int row, int column) {
    Double number = number(row, column);
    if (number == null || !Double.isFinite(number)) {
      throw new InvalidInputException(noNumber(row, column));
    }
    return number;
  }

  private String noNumber(int row, int column) {
    return String.format(
        "%s, line %d: %s is '%s'; it must be a number. Mend the row or leave it out.",
        file, lines.get(row), header.get(column), rows.get(row).get(column));
  }
}
