package org.proxyless.search.tabular;

import java.util.Map;

/**
 * Which columns of a table are read.
 *
 * @param genotype a digit a choice
 * @param accuracy what networks are judged by
 * @param signal what strategies are told; null for the accuracy
 * @param latency in milliseconds, or any cost that a limit is set on
 * @param filter the rows that count: what columns must hold
 */
public record TableColumns(
    String genotype, String accuracy, String signal, String latency, Map<String, String> filter) {}
