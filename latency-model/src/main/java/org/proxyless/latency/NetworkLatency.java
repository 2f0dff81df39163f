package org.proxyless.latency;

import java.util.ArrayList;
import java.util.List;

/**
 * The predicted latency of a network and what it is made of.
 *
 * @param network what was priced
 * @param callMillis cost of the call
 * @param operatorMillis cost of each operator, in the network's order
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
   * @throws InvalidInputException if the model does not know an operator
   */
  public static NetworkLatency of(Network network, LatencyModel model) {
    List<Operator> operators = network.operators();
    List<Double> millis = new ArrayList<>();
    for (int place = 0; place < operators.size(); place++) {
      millis.add(model.operatorMillis(place, operators.get(place)));
    }
    return new NetworkLatency(network, model.callMillis(), millis);
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
