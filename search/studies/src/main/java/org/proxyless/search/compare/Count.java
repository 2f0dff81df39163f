package org.proxyless.search.compare;

/** Numbers of things in a sentence. */
final class Count {
  private Count() {}

  /** Like "1 epoch" or "3 epochs". */
  static String of(int number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }
}
