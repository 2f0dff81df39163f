package org.proxyless.latency;

import java.util.Optional;
import org.proxyless.base.InvalidInputException;
import org.proxyless.network.Operator;

/**
 * What prices networks on a device: a constant and one term for each operator. Everything computed
 * from latencies (expectation, gradient, choice under a limit) rests on this sum.
 */
public interface LatencyModel {
  /** What a call of any network costs besides its operators, in milliseconds. */
  double callMillis();

  /**
   * What an operator adds, in milliseconds.
   *
   * @param place the operator's index in the network, first 0; for models whose terms depend on it
   * @throws InvalidInputException if the model does not know the operator
   */
  double operatorMillis(int place, Operator operator);

  /** How uncertain its terms are; empty where that is not known. */
  default Optional<TableEstimate> estimate() {
    return Optional.empty();
  }
}
