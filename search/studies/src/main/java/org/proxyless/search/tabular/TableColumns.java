package org.proxyless.search.tabular;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which columns of a table are read.
 *
 * @param genotype a digit a choice
 * @param accuracy what networks are judged by
 * @param signal what strategies are told; null for the accuracy
 * @param latency in milliseconds, or any cost that a limit is set on
 * @param filter the rows that count: what columns must hold
 * @param rungs the accuracy after less training and after all of it, by column the epochs, in
 *     ascending order of these; empty where no strategy asks
 */
public record TableColumns(
    String genotype,
    String accuracy,
    String signal,
    String latency,
    Map<String, String> filter,
    LinkedHashMap<String, Double> rungs) {
  /** Without rungs. */
  public TableColumns(
      String genotype, String accuracy, String signal, String latency, Map<String, String> filter) {
    this(genotype, accuracy, signal, latency, filter, new LinkedHashMap<>());
  }
}
