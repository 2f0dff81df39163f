package org.proxyless.search.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.proxyless.latency.InvalidInputException;

/**
 * What a {@link CsvFile} wrote. A last row without its end is left out: a run that was killed, or
 * is still going on, may be in the middle of it.
 *
 * @param file where it was read from, for errors
 * @param header the columns' names
 * @param rows the cells as text, as many in each row as there are columns
 */
public record CsvTable(Path file, List<String> header, List<List<String>> rows) {
  /**
   * Reads a file.
   *
   * @throws InvalidInputException if it cannot be read, or a row has another number of cells
   */
  public static CsvTable read(Path file) {
    String text;
    try {
      text = Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new InvalidInputException(file + " cannot be read (" + e + ").", e);
    }
    List<List<String>> rows = split(text);
    if (rows.isEmpty()) {
      throw new InvalidInputException(file + " is empty; its first line must name the columns.");
    }
    List<String> header = rows.get(0);
    for (int row = 1; row < rows.size(); row++) {
      if (rows.get(row).size() != header.size()) {
        throw new InvalidInputException(
            file
                + ", row "
                + (row + 1)
                + ": there are "
                + rows.get(row).size()
                + " cells under "
                + header.size()
                + " columns; the file is damaged.");
      }
    }
    return new CsvTable(file, header, rows.subList(1, rows.size()));
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
   * A number.
   *
   * @param row counted from 0 below the header
   * @return null where the cell is empty
   * @throws InvalidInputException if it is none
   */
  public Double number(int row, int column) {
    String cell = rows.get(row).get(column);
    try {
      return cell.isEmpty() ? null : Double.valueOf(cell);
    } catch (NumberFormatException e) {
      throw new InvalidInputException(
          file
              + ", row "
              + (row + 2)
              + ": "
              + header.get(column)
              + " is '"
              + cell
              + "'; it must be a number: the file is damaged.",
          e);
    }
  }

  private static List<List<String>> split(String text) {
    List<List<String>> rows = new ArrayList<>();
    List<String> row = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        boolean escaped = quoted && i + 1 < text.length() && text.charAt(i + 1) == '"';
        if (escaped) {
          cell.append(c);
          i++;
        } else {
          quoted = !quoted;
        }
      } else if (!quoted && (c == ',' || c == '\n')) {
        row.add(cell.toString());
        cell.setLength(0);
        if (c == '\n') {
          rows.add(row);
          row = new ArrayList<>();
        }
      } else if (quoted || c != '\r') {
        cell.append(c);
      }
    }
    return rows;
  }
}
