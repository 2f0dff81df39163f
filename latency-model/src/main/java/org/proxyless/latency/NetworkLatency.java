package org.proxyless.latency;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.proxyless.base.InvalidInputException;
import org.proxyless.network.Network;
import org.proxyless.network.Operator;

/**
 * The predicted latency of a network and what it is made of.
 *
 * @param network what was priced
 * @param callMillis cost of the call
 * @param operatorMillis what each operator adds, in the network's order; in a linear model some of
 *     it is negative
 * @param standardDeviationMillis of what the network takes around the prediction; empty where the
 *     model does not know how uncertain it is
 */
public record NetworkLatency(
    Network network,
    double callMillis,
    List<Double> operatorMillis,
    OptionalDouble standardDeviationMillis) {
  public NetworkLatency {
    operatorMillis = List.copyOf(operatorMillis);
    if (operatorMillis.size() != network.operators().size()) {
      throw new IllegalArgumentException(
          operatorMillis.size() + " costs for " + network.operators().size() + " operators");
    }
  }

  /** A prediction that does not say how uncertain it is. */
  public NetworkLatency(Network network, double callMillis, List<Double> operatorMillis) {
    this(network, callMillis, operatorMillis, OptionalDouble.empty());
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
    OptionalDouble deviation =
        model
            .estimate()
            .map(estimate -> OptionalDouble.of(estimate.standardDeviationMillis(network)))
            .orElse(OptionalDouble.empty());
    NetworkLatency priced = new NetworkLatency(network, model.callMillis(), millis, deviation);
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
