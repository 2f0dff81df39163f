package org.proxyless.latency;

import java.util.List;
import org.proxyless.network.Operator;

/**
 * The keys of what a table says about operators. From the most to the least particular: {@code @3
 * MBConv(kernel=3,expansion=6) …} is one operator at one place of a network (its index, first 0),
 * {@code @3 *} is whatever stands there, and {@code MBConv(kernel=3,expansion=6) …} is the operator
 * wherever it stands.
 */
public final class TableKeys {
  private TableKeys() {}

  /** The key of an operator at a place. */
  public static String at(int place, Operator operator) {
    return "@" + place + " " + operator.key();
  }

  /** The key of whatever stands at a place. */
  public static String anyAt(int place) {
    return "@" + place + " *";
  }

  /** All keys that speak of an operator at a place, the most particular first. */
  static List<String> of(int place, Operator operator) {
    return List.of(at(place, operator), anyAt(place), operator.key());
  }
}
