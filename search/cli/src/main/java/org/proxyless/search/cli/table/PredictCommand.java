package org.proxyless.search.cli.table;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.proxyless.base.JsonReport;
import org.proxyless.latency.LatencyTables;
import org.proxyless.latency.NetworkLatency;
import org.proxyless.network.Operator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prices a network with a table. */
@Command(
    name = "predict",
    description = "Predicts the latency of a network from a table, operator by operator.")
public final class PredictCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private PredictOptions options;

  @Override
  public Integer call() {
    NetworkLatency latency =
        NetworkLatency.of(options.network(), LatencyTables.read(options.table()));
    print(latency);
    new JsonReport()
        .put("latencyMillis", latency.latencyMillis())
        .put("standardDeviationMillis", deviation(latency))
        .put("callMillis", latency.callMillis())
        .put("operators", operators(latency))
        .write(options.json());
    return 0;
  }

  private void print(NetworkLatency latency) {
    PrintWriter out = spec.commandLine().getOut();
    List<Operator> operators = latency.network().operators();
    int width = operators.stream().mapToInt(operator -> label(operator).length()).max().orElse(1);
    for (int i = 0; i < operators.size(); i++) {
      Operator operator = operators.get(i);
      out.printf(
          Locale.ROOT,
          "%9.4f ms  %-" + width + "s  %s → %s%n",
          latency.operatorMillis().get(i),
          label(operator),
          operator.input(),
          operator.output());
    }
    out.printf(Locale.ROOT, "%9.4f ms  call%n", latency.callMillis());
    Double deviation = deviation(latency);
    out.printf(
        Locale.ROOT,
        "%9.4f ms  %s%s%n",
        latency.latencyMillis(),
        latency.network().name(),
        deviation == null ? "" : String.format(Locale.ROOT, ", ± %.4f ms", deviation));
  }

  private static String label(Operator operator) {
    return operator.type().label() + (operator.shortcut() ? " + x" : "");
  }

  /** Or null where the table does not say. */
  private static Double deviation(NetworkLatency latency) {
    return latency.standardDeviationMillis().isPresent()
        ? latency.standardDeviationMillis().getAsDouble()
        : null;
  }

  private static List<Map<String, Object>> operators(NetworkLatency latency) {
    List<Map<String, Object>> operators = new ArrayList<>();
    for (int i = 0; i < latency.network().operators().size(); i++) {
      Map<String, Object> operator = new LinkedHashMap<>();
      operator.put("operator", latency.network().operators().get(i).key());
      operator.put("latencyMillis", latency.operatorMillis().get(i));
      operators.add(operator);
    }
    return operators;
  }
}
