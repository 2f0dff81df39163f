package org.proxyless.latency;

import java.util.ArrayList;
import java.util.List;
import org.proxyless.base.InvalidInputException;

/** Gathers what is wrong with a table's file, each fault with its line where the form has lines. */
final class TableFaults {
  private final String source;
  private final List<String> found = new ArrayList<>();
  private List<Integer> entryLines = List.of();

  /**
   * @param source the file, for messages
   */
  TableFaults(String source) {
    this.source = source;
  }

  /** Says on which line each entry begins. */
  void entriesAt(List<Integer> lines) {
    entryLines = lines;
  }

  /** Runs something and keeps its complaint; whether there was none. */
  boolean check(Runnable something) {
    return check("", something);
  }

  /** Runs something about an entry and keeps its complaint. */
  void checkEntry(int index, Runnable something) {
    check(index < entryLines.size() ? line(entryLines.get(index)) : "", something);
  }

  /** Keeps a complaint about a line. */
  void add(int line, String complaint) {
    found.add(source + line(line) + ": " + complaint);
  }

  private boolean check(String line, Runnable something) {
    try {
      something.run();
      return true;
    } catch (InvalidInputException e) {
      found.add(source + line + ": " + e.getMessage());
      return false;
    }
  }

  private static String line(int line) {
    return ", line " + line;
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  List<String> found() {
    return List.copyOf(found);
  }
}
