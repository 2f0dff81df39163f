package org.proxyless.latency;

import java.util.ArrayList;
import java.util.List;

/**
 * The predicted latency of a network and what it is made of.
 *
 * @param network what was priced
 * @param callMillis cost of the call
 * @param operatorMillis what each operator adds, in the network's order; in a linear model some of
 *     it is negative
 */
public record NetworkLatency(Network network, double callMillis, List<Double> operatorMillis) {
  public NetworkLatency {
    operatorMillis = List.copyOf(operatorMillis);
    if (operatorMillis.size() != network.operators().size()) {
      throw new IllegalArgumentException(
          operatorMillis.size() + " costs for " + network.operators().size() + " operators");
    }
  }

  /**
   * Prices a network.
   *
   * @throws InvalidInputException if the model does not know an operator, or its total is not a
   *     latency
   */
  public static NetworkLatency of(Network network, LatencyModel model) {
    List<Operator> operators = network.operators();
    List<Double> millis = new ArrayList<>();
    for (int place = 0; place < operators.size(); place++) {
      millis.add(model.operatorMillis(place, operators.get(place)));
    }
    NetworkLatency priced = new NetworkLatency(network, model.callMillis(), millis);
    if (!(priced.latencyMillis() > 0)) {
      throw new InvalidInputException(
          "network '"
              + network.name()
              + "' would take "
              + priced.latencyMillis()
              + " ms by the latency model; a latency is positive, so the model does not hold for"
              + " it. Use a table that was made for networks like this.");
    }
    return priced;
  }

  /** The whole: call and operators. */
  public double latencyMillis() {
    double sum = callMillis;
    for (double millis : operatorMillis) {
      sum += millis;
    }
    return sum;
  }
}
