package org.proxyless.latency.fit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.proxyless.latency.LatencyTable;
import org.proxyless.network.Operator;

/**
 * What is known of operators before they are measured, as a linear model of the logarithm of their
 * latency: kind, kernel, expansion and stride as categories with effects of their own, since a
 * runtime may lack a kernel for one of them; arithmetic, weights and shapes as smooth terms.
 */
final class TermFeatures {
  private static final Pattern PARAMETER = Pattern.compile("(\\w+)=(\\d+)");

  /** Hardly known before: the level of all latencies. */
  private static final double LEVEL_VARIANCE = 100;

  private final double[][] rows;
  private final double[] variances;

  private TermFeatures(double[][] rows, double[] variances) {
    this.rows = rows;
    this.variances = variances;
  }

  /** Of the call and of operators, by their keys. */
  static TermFeatures of(List<String> keys) {
    List<Map<String, Double>> named = keys.stream().map(TermFeatures::named).toList();
    TreeSet<String> names = new TreeSet<>();
    named.forEach(row -> names.addAll(row.keySet()));
    List<String> columns = new ArrayList<>(names);
    double[][] rows = new double[keys.size()][columns.size()];
    for (int row = 0; row < rows.length; row++) {
      for (int column = 0; column < columns.size(); column++) {
        rows[row][column] = named.get(row).getOrDefault(columns.get(column), 0.0);
      }
    }
    double[] variances =
        columns.stream()
            .mapToDouble(name -> name.equals("level") || name.equals("call") ? LEVEL_VARIANCE : 1)
            .toArray();
    return new TermFeatures(rows, variances);
  }

  private static Map<String, Double> named(String key) {
    if (key.equals(LatencyTable.CALL)) {
      return Map.of("call", 1.0);
    }
    Operator operator = Operator.ofKey(key);
    String type = type(key);
    Map<String, Double> row = new HashMap<>();
    row.put("level", 1.0);
    row.put("type " + type, 1.0);
    row.put("stride " + operator.stride(), 0.5);
    row.put("shortcut " + operator.shortcut(), 0.5);
    parameters(key).forEach((name, value) -> row.put(type + " " + name + "=" + value, 1.0));
    row.put("log macs", Math.log1p((double) operator.macs()) - 14);
    row.put("log weights", Math.log1p((double) operator.parameters()) - 10);
    row.put("log read", Math.log((double) operator.input().elements()) - 9);
    row.put("log written", Math.log((double) operator.output().elements()) - 9);
    row.put("log pixels", Math.log(operator.output().height() * operator.output().width()) - 4);
    return row;
  }

  /** The kind that a key names. */
  static String type(String key) {
    return key.substring(0, key.indexOf('('));
  }

  /** The hyper-parameters that a key names, by their names. */
  static Map<String, Integer> parameters(String key) {
    Map<String, Integer> parameters = new LinkedHashMap<>();
    Matcher found = PARAMETER.matcher(key.substring(key.indexOf('('), key.indexOf(')')));
    while (found.find()) {
      parameters.put(found.group(1), Integer.parseInt(found.group(2)));
    }
    return parameters;
  }

  /** Features by term. */
  double[][] rows() {
    return rows;
  }

  /** Prior variances of the features' effects, whose prior means are 0. */
  double[] variances() {
    return variances;
  }
}
